import { type Action, type Caller, mustBePerson, mustMay, type Person } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { hiddenPhases, type Import } from '../../domain/import.ts';
import { findImport } from '../../storage/imports.ts';
import type { ReadTx } from '../../storage/transaction.ts';

export type ImportName = { id: number };

type ImportAction = Extract<Action, 'import.read' | 'import.apply' | 'import.undo' | 'import.discard'>;

/** How long the rows of an import are kept: its plan, its log, and with them the way back. */
export const rowsKept = 24 * 3_600_000;

export const targetOf = ({ id }: ImportName): string => `import:${id}`;

/** Refuses what waits for no decision any more. */
export function mustWait({ phase }: Import): void {
  if (phase === 'expired') refuse('import_impossible', { why: 'expired' });
  if (phase !== 'waiting') refuse('import_impossible', { why: 'not_waiting' });
}

/** An import of the caller's own. That of someone else looks like none. */
export async function loadImport(
  tx: ReadTx,
  caller: Caller,
  action: ImportAction,
  { id }: ImportName,
  hold: 'none' | 'update',
): Promise<{ me: Person; found: Import }> {
  mustMay(action, caller, caller.kind === 'operator' ? null : caller.user.id);
  const me = mustBePerson(caller);
  const found = await findImport(tx, id, hold);
  if (!found || found.ownerId !== me.user.id || hiddenPhases.includes(found.phase))
    return refuse('import_not_found', {});
  return { me, found };
}
