import { mayOnItem, mustBePerson, mustMay, reachableNumbers } from '../../domain/access.ts';
import type { FieldValues, IndexedField } from '../../domain/fields.ts';
import type { ItemHead } from '../../domain/item.ts';
import type { Kind } from '../../domain/kind.ts';
import { normalized } from '../../domain/text.ts';
import { listFiltered } from '../../storage/filtered-items.ts';
import { enabledGroupsOf } from '../../storage/groups.ts';
import { openFields } from '../../storage/items.ts';
import { sharesWith } from '../../storage/shares.ts';
import { listVisible } from '../../storage/visible-items.ts';
import { actReading } from '../act.ts';
import { giveWay } from '../give-way.ts';
import type { Context } from '../safe.ts';
import { relationBy } from './load-item.ts';

export type ListedItem = { head: ItemHead; open: FieldValues; mayUpdate: boolean };

export type ListInput = {
  kind: Kind;
  /** Whole values, compared in normalized form and combined with AND. */
  filters: Partial<Record<IndexedField, string>>;
  /** Only enabled ones, only disabled ones, or all (null). */
  enabled: boolean | null;
  /** Numbers greater than this. */
  after: number;
  /** At most so many; null for all. */
  most: number | null;
};

// Two to five milliseconds' work: whoever reads beside a long list waits for one slice at the most.
const slice = 50;

/**
 * The items that the caller owns and those shared with him, by ascending number, as far as his access key reaches.
 * Long lists are read in slices, and others are served between two of them.
 */
export function listItems(ctx: Context, read: () => ListInput): Promise<ListedItem[]> {
  return actReading(ctx, { action: 'item.list', target: null }, async (tx, caller, now) => {
    mustMay('item.list', caller);
    const person = mustBePerson(caller);
    const { user } = person;
    const input = read();
    const groupIds = (await enabledGroupsOf(tx, user.id)).map((group) => group.id);
    const filters = Object.entries(input.filters).map(([field, value]) => ({ field: field as IndexedField, value }));
    const chosen = reachableNumbers(person, input.kind);
    const listed: ListedItem[] = [];
    if (chosen?.length === 0) return listed;
    let after = input.after;
    for (;;) {
      const began = performance.now();
      const most = Math.min(slice, (input.most ?? Number.POSITIVE_INFINITY) - listed.length);
      if (most <= 0) return listed;
      const query = { ...input, userId: user.id, groupIds, now, chosen, after, most };
      const found = await (filters.length === 0 ? listVisible(tx, query) : listFiltered(tx, query, filters));
      const numbers = found.filter(({ head }) => head.ownerId !== user.id).map(({ head }) => head.number);
      const shares = await sharesWith(tx, user.id, groupIds, input.kind, numbers);
      for (const item of found) {
        const { head } = item;
        const isOwner = head.ownerId === user.id;
        const relation = isOwner ? 'owner' : relationBy(shares.get(head.number) ?? [], user.id, groupIds, now);
        if (!mayOnItem('item.reveal', caller, relation, head)) continue;
        const open = openFields(tx, item);
        if (matches(open, input.filters)) {
          listed.push({ head, open, mayUpdate: mayOnItem('item.update', caller, relation, head) });
        }
      }
      const end = found.at(-1);
      if (!end || found.length < most) return listed;
      after = end.head.number;
      await giveWay(ctx.safe.store, began);
    }
  });
}

/** Blind indexes are short: what they found is compared in clear. */
function matches(open: FieldValues, filters: ListInput['filters']): boolean {
  return Object.entries(filters).every(([field, value]) => {
    const values = [open[field]].flat().filter((one) => typeof one === 'string');
    return values.some((one) => normalized(one) === normalized(value));
  });
}
