import { refuse } from '../../domain/errors.ts';
import type { Import } from '../../domain/import.ts';
import { saveImport } from '../../storage/imports.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type ImportName, loadImport, rowsKept, targetOf } from './load-import.ts';

/**
 * Begins to take an import back: what nobody has touched since vanishes, or is again what it was; what somebody has
 * changed stays, disabled if the import had made it, and is told in the log.
 */
export async function undoImport(ctx: Context, input: ImportName): Promise<Import> {
  const attempt = { action: 'import.undo', target: targetOf(input) } as const;
  const begun = await act(ctx, attempt, async (tx, caller, now) => {
    const { found } = await loadImport(tx, caller, 'import.undo', input, 'update');
    if (found.phase !== 'finished') refuse('import_impossible', { why: 'not_finished' });
    if (+now - +found.createdAt >= rowsKept) refuse('import_impossible', { why: 'expired' });
    const next: Import = { ...found, phase: 'undoing', place: 0, done: 0, endedAt: null };
    await saveImport(tx, next);
    recordAdmin(tx, ctx, caller, 'import.undo-begun', targetOf(input), { address: ctx.origin.address }, now);
    return next;
  });
  ctx.safe.importWish.made();
  return begun;
}
