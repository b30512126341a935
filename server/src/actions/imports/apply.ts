import { refuse } from '../../domain/errors.ts';
import type { Import } from '../../domain/import.ts';
import { saveImport } from '../../storage/imports.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type ImportName, loadImport, mustWait, rowsKept, targetOf } from './load-import.ts';

/**
 * Begins to do what the plan says; the safe goes on by itself, slice by slice. New items are seen by nobody until all are
 * there. With `updates` false, items that stand otherwise are left as they are.
 */
export async function applyImport(ctx: Context, input: ImportName & { updates: boolean }): Promise<Import> {
  const attempt = { action: 'import.apply', target: targetOf(input) } as const;
  const begun = await act(ctx, attempt, async (tx, caller, now) => {
    const { found } = await loadImport(tx, caller, 'import.apply', input, 'update');
    mustWait(found);
    if (+now - +found.createdAt >= rowsKept) refuse('import_impossible', { why: 'expired' });
    const next: Import = { ...found, phase: 'staging', unseen: true, place: 0, done: 0, updates: input.updates };
    await saveImport(tx, next);
    const told = { address: ctx.origin.address, updates: input.updates };
    recordAdmin(tx, ctx, caller, 'import.applied', targetOf(input), told, now);
    return next;
  });
  ctx.safe.importWish.made();
  return begun;
}
