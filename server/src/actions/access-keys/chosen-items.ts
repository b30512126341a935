import { type Caller, mayOnItem } from '../../domain/access.ts';
import type { KeyLimits } from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import { kinds } from '../../domain/kind.ts';
import { enabledGroupsOf } from '../../storage/groups.ts';
import { findOpenItems } from '../../storage/items.ts';
import { sharesWith } from '../../storage/shares.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { relationBy } from '../items/load-item.ts';

/**
 * A chosen item that is not there is a slip of the pen: refused by name. What a person cannot see is not there for him;
 * for the operator it must exist.
 */
export async function mustReachItems(tx: ReadTx, caller: Caller, items: KeyLimits['items'], now: Date): Promise<void> {
  for (const kind of kinds) {
    const numbers = (items ?? []).filter((item) => item.kind === kind).map((item) => item.number);
    if (numbers.length === 0) continue;
    const seen = await seenBy(tx, caller, kind, numbers, now);
    const missing = numbers.find((number) => !seen.has(number));
    if (missing === undefined) continue;
    const why = caller.kind === 'operator' ? 'does not exist' : 'does not exist, or you have no access to it';
    refuse('field_invalid', { field: 'items', why: `${kind}:${missing} ${why}` });
  }
}

async function seenBy(
  tx: ReadTx,
  caller: Caller,
  kind: (typeof kinds)[number],
  numbers: readonly number[],
  now: Date,
): Promise<Set<number>> {
  const heads = (await findOpenItems(tx, kind, numbers)).map((item) => item.head);
  if (caller.kind === 'operator') return new Set(heads.map((head) => head.number));
  const { user } = caller;
  const groupIds = (await enabledGroupsOf(tx, user.id)).map((group) => group.id);
  const shares = await sharesWith(tx, user.id, groupIds, kind, numbers);
  const seen = heads.filter((head) => {
    const ofItem = shares.get(head.number) ?? [];
    const relation = head.ownerId === user.id ? 'owner' : relationBy(ofItem, user.id, groupIds, now);
    return mayOnItem('item.read', caller, relation, head);
  });
  return new Set(seen.map((head) => head.number));
}
