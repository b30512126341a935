import { isDeepStrictEqual } from 'node:util';
import { type Caller, may, mustMay, type Relation } from '../../domain/access.ts';
import type { FieldValues } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kind.ts';
import type { User } from '../../domain/user.ts';
import { entryOf, searchAudit } from '../../storage/audit.ts';
import { auditBegins } from '../../storage/audit-archives.ts';
import { findVersion, openVersionContent } from '../../storage/item-versions.ts';
import { openContent } from '../../storage/items.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { usersOf } from '../../storage/users.ts';
import { act, actReading } from '../act.ts';
import { loadUser } from '../groups/load-group.ts';
import { type LoadedItem, loadItem, relationTo } from '../items/load-item.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { addKnown, type KnownItem, type KnownItems, tellingEvents } from './known-fields.ts';

/** One item of which a person knows secrets. */
export type LeaverRow = {
  kind: Kind;
  number: number;
  /** Null for who may not list the item. */
  name: string | null;
  owner: string;
  /** When he last saw or set one of its secrets. */
  lastAt: Date;
  /** The secret fields that he saw or set, and those of them that hold today what they held then. */
  fields: string[];
  unchanged: string[];
  disabled: boolean;
  /** How he stands to the item now. */
  access: Relation;
};

/** `since`: what he did before is in archives of the audit, and not told here; null while all is. */
export type LeaverReport = { since: Date | null; items: LeaverRow[] };

const entriesAtOnce = 500;
const itemsAtOnce = 50;

/**
 * What a person knows, and which of it has not changed since: from all that he revealed, created and updated, himself
 * or through his access keys. Values are compared here and none leaves. Administrators and the operator are told of
 * every item, others of their own.
 */
export async function leaverReport(ctx: Context, input: { username: string }): Promise<LeaverReport> {
  const { leaver: user, since } = await act(ctx, { action: 'audit.leaver', target: null }, async (tx, caller, now) => {
    mustMay('audit.leaver', caller, ownId(caller));
    const leaver = await loadUser(tx, input.username);
    recordAdmin(tx, ctx, caller, 'audit.leaver-reported', `user:${leaver.id}`, {}, now);
    return { leaver, since: await auditBegins(tx) };
  });
  const known = [...(await knownBy(ctx, user)).values()].sort(
    (a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0) || a.number - b.number,
  );
  const rows: LeaverRow[] = [];
  for (let from = 0; from < known.length; from += itemsAtOnce) {
    const some = known.slice(from, from + itemsAtOnce);
    rows.push(...(await reading(ctx, (tx, caller, now) => rowsOf(tx, caller, user, some, now))));
  }
  return { since, items: rows };
}

/** A person may ask for what is his own; what others own is told to administrators and the operator. */
const ownId = (caller: Caller): number | null => (caller.kind === 'operator' ? null : caller.user.id);

function reading<T>(ctx: Context, work: (tx: ReadTx, caller: Caller, now: Date) => Promise<T>): Promise<T> {
  return actReading(ctx, { action: 'audit.leaver', target: null }, (tx, caller, now) => {
    mustMay('audit.leaver', caller, ownId(caller));
    return work(tx, caller, now);
  });
}

async function knownBy(ctx: Context, user: User): Promise<KnownItems> {
  const known: KnownItems = new Map();
  for (const event of tellingEvents) {
    let before: Parameters<typeof searchAudit>[1]['before'];
    do {
      const sought = { events: [event], userId: user.id, before, most: entriesAtOnce };
      const entries = await reading(ctx, async (tx) => (await searchAudit(tx, sought)).map((row) => entryOf(tx, row)));
      for (const entry of entries) addKnown(known, entry);
      before = entries.length < entriesAtOnce ? undefined : entries.at(-1);
    } while (before);
  }
  return known;
}

async function rowsOf(
  tx: ReadTx,
  caller: Caller,
  user: User,
  items: readonly KnownItem[],
  now: Date,
): Promise<LeaverRow[]> {
  const rows: LeaverRow[] = [];
  for (const item of items) {
    const loaded = await loadItem(tx, caller, { kind: item.kind, number: String(item.number) }, 'none', now);
    const { head, relation, shares } = loaded;
    if (relation !== 'owner' && !may('audit.leaver', caller, null)) continue;
    const owner = (await usersOf(tx, [head.ownerId])).get(head.ownerId)?.username ?? '';
    const content = openContent(tx, loaded.stored);
    const fields = [...item.fields.keys()].sort();
    rows.push({
      kind: item.kind,
      number: item.number,
      name: relation === 'none' ? null : String(content.name),
      owner,
      lastAt: item.lastAt,
      fields,
      unchanged: await unchangedOf(tx, loaded, content, item),
      disabled: head.disabledAt !== null,
      access: await relationTo(tx, user, head, shares, now),
    });
  }
  return rows;
}

/** The fields that hold something, and the very thing that they held in a version that he knows. */
async function unchangedOf(
  tx: ReadTx,
  { head }: LoadedItem,
  content: FieldValues,
  { fields }: KnownItem,
): Promise<string[]> {
  const unchanged = new Set<string>();
  const versions = new Set([...fields.values()].flatMap((one) => [...one]));
  for (const version of versions) {
    const found = version === head.version ? undefined : await findVersion(tx, head, version);
    const then = version === head.version ? content : found && openVersionContent(tx, found);
    if (!then) continue;
    for (const [field, seen] of fields) {
      const value = content[field] ?? '';
      if (seen.has(version) && value !== '' && isDeepStrictEqual(value, then[field])) unchanged.add(field);
    }
  }
  return [...unchanged].sort();
}
