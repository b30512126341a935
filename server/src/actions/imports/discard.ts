import { saveImport } from '../../storage/imports.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type ImportName, loadImport, mustWait, targetOf } from './load-import.ts';

/**
 * Gives a plan up before its day is over: from now on there is none for anybody, and the safe takes its rows away by itself,
 * and what they hold of the room for files.
 */
export async function discardImport(ctx: Context, input: ImportName): Promise<void> {
  const attempt = { action: 'import.discard', target: targetOf(input) } as const;
  await act(ctx, attempt, async (tx, caller, now) => {
    const { found } = await loadImport(tx, caller, 'import.discard', input, 'update');
    mustWait(found);
    await saveImport(tx, { ...found, phase: 'discarding' });
    recordAdmin(tx, ctx, caller, 'import.discarded', targetOf(input), { address: ctx.origin.address }, now);
  });
  ctx.safe.importWish.made();
}
