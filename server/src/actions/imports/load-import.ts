import { type Action, type Caller, mustBePerson, mustMay, type Person } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { Import } from '../../domain/import.ts';
import { findImport } from '../../storage/imports.ts';
import type { ReadTx } from '../../storage/transaction.ts';

export type ImportName = { id: number };

type ImportAction = Extract<Action, 'import.read' | 'import.apply' | 'import.undo'>;

/** How long the rows of an import are kept: its plan, its log, and with them the way back. */
export const rowsKept = 24 * 3_600_000;

export const targetOf = ({ id }: ImportName): string => `import:${id}`;

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
  if (!found || found.ownerId !== me.user.id || found.phase === 'planning') return refuse('import_not_found', {});
  return { me, found };
}
