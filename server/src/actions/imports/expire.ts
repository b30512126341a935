import { deleteImportRows, findImport, importWithRowsBefore, saveImport } from '../../storage/imports.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';
import { rowsKept, targetOf } from './load-import.ts';

const slice = 2000;

/** Removes plans and logs older than a day, in slices; what an import was and how it ended stays. */
export async function expireImports(ctx: Context): Promise<void> {
  const { store, clock } = ctx.safe;
  for (;;) {
    const id = await store.read((tx) => importWithRowsBefore(tx, new Date(+clock() - rowsKept)));
    if (id === undefined) return;
    const attempt = { action: 'safe.tend', target: targetOf({ id }) } as const;
    await submit(ctx, attempt, { caller: null, account: '' }, async (tx, now) => {
      const found = await findImport(tx, id, 'update');
      if (!found) return;
      const isMore = await deleteImportRows(tx, id, slice);
      if (isMore || (found.phase !== 'waiting' && found.phase !== 'planning')) return;
      await saveImport(tx, { ...found, phase: 'expired', endedAt: now });
    });
  }
}
