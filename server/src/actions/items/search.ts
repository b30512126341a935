import { setImmediate as breathe } from 'node:timers/promises';
import { openColumn, sealColumn } from '../../crypto/row-seal.ts';
import { SealBroken } from '../../crypto/seal.ts';
import { mayOnItem, mustBePerson, mustMay, type Person, reachableNumbers } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { IndexedField } from '../../domain/fields.ts';
import type { Kind } from '../../domain/kind.ts';
import type { Ailment } from '../../domain/password-health.ts';
import { normalized } from '../../domain/text.ts';
import { enabledGroupsOf } from '../../storage/groups.ts';
import { findOpenItems, openFields } from '../../storage/items.ts';
import { lastUsesOf } from '../../storage/last-use.ts';
import { sharesOfItems } from '../../storage/shares.ts';
import { strengthsOf } from '../../storage/strengths.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { findUser, usersOf } from '../../storage/users.ts';
import { type Candidate, candidates } from '../../storage/visible-items.ts';
import { actReading } from '../act.ts';
import type { Context, Safe } from '../safe.ts';
import { relationBy } from './load-item.ts';
import type { Searchable } from './open-cache.ts';
import { openCandidates } from './open-candidates.ts';
import { ownHealth } from './own-health.ts';
import { type ShownItem, shownItem } from './shown.ts';

export const sorts = ['name', 'number', 'createdAt', 'updatedAt', 'lastUsedAt'] as const;
export type Sort = { by: (typeof sorts)[number]; descending: boolean };

export type ItemSearch = {
  kinds: readonly Kind[];
  /** Words that must all occur in the open fields; '' for any. */
  words: string;
  /** Whole values, in normalized form. */
  filters: Partial<Record<IndexedField, string>>;
  /** `me`, `others`, a username, or null for anyone. */
  owner: string | null;
  enabled: boolean | null;
  /** Only the caller's own enabled passwords with which this is wrong, or null. */
  ailment: Ailment | null;
  sort: Sort;
  /** 1 to 200. */
  limit: number;
  /** As an earlier page gave it. */
  cursor: string | null;
};

export type FoundItems = { items: ShownItem[]; total: number; next: string | null };

type Hit = Candidate & { key: string | number };

/**
 * Finds what the caller may see: his own items and those shared with him, as far as his access key reaches. A page goes
 * on after the last item of the one before, wherever that now stands, so that changes between two pages lose nothing.
 */
export function searchItems(ctx: Context, search: ItemSearch): Promise<FoundItems> {
  return actReading(ctx, { action: 'item.list', target: null }, async (tx, caller, now) => {
    mustMay('item.list', caller);
    if (search.ailment !== null) mustMay('password.read-health', caller);
    const person = mustBePerson(caller);
    const groupIds = (await enabledGroupsOf(tx, person.user.id)).map((group) => group.id);
    const after = search.cursor === null ? null : openCursor(tx, search);
    const found = await siftWhole(tx, ctx.safe, person, groupIds, search, now);
    const hits = search.ailment === null ? found : await ailingOf(tx, ctx, person, found, search.ailment, now);
    hits.sort((a, b) => compare(a, b, search.sort));
    const start = after === null ? 0 : firstAfter(hits, after, search.sort);
    const page = hits.slice(start, start + search.limit);
    const end = start + page.length < hits.length ? page.at(-1) : undefined;
    return {
      items: await show(tx, person, groupIds, page, now),
      total: hits.length,
      next: end ? sealCursor(tx, search, end) : null,
    };
  });
}

const mostTries = 3;

/**
 * A search reads in slices, each as the store then is. Where an import is undone meanwhile, all that it had made vanishes
 * at once: the search begins anew rather than tell a part of it.
 */
async function siftWhole(...search: Parameters<typeof sift>): Promise<Hit[]> {
  for (let tries = 1; ; tries += 1) {
    const { hits, hasVanished } = await sift(...search);
    if (!hasVanished || tries === mostTries) return hits;
  }
}

async function sift(
  tx: ReadTx,
  { openCache, searchWish }: Safe,
  person: Person,
  groupIds: readonly number[],
  search: ItemSearch,
  now: Date,
): Promise<{ hits: Hit[]; hasVanished: boolean }> {
  const owner = await ownerWanted(tx, person, search.owner);
  const { words, filters, sort } = search;
  const wanted = matcher(search);
  // What is sifted and sorted without its content stays sealed. Whoever looks at such a list may search next.
  const looksInside = words.trim() !== '' || Object.keys(filters).length > 0 || sort.by === 'name';
  if (!looksInside && person.kind === 'session') searchWish.expect(person.user.id);
  const hits: Hit[] = [];
  let hasVanished = false;
  for (const kind of search.kinds) {
    const chosen = reachableNumbers(person, kind);
    if (chosen?.length === 0) continue;
    const sortedBy = sort.by === 'name' || sort.by === 'number' ? null : sort.by;
    const query = { userId: person.user.id, groupIds, kind, enabled: search.enabled, now, chosen, sortedBy };
    for await (const slice of candidates(tx, query)) {
      const mine = slice.filter((one) => owner(one.ownerId));
      const entries = looksInside ? await openCandidates(tx, openCache, kind, mine) : null;
      for (const one of mine) {
        const entry = entries?.get(one.number);
        hasVanished ||= entries !== null && entry === undefined;
        if (entries && !(entry && wanted(entry))) continue;
        hits.push({ ...one, key: keyOf(one, entry, sort) });
      }
      await breathe();
    }
  }
  return { hits, hasVanished };
}

async function ailingOf(tx: ReadTx, ctx: Context, person: Person, hits: Hit[], ailment: Ailment, now: Date) {
  const { ailing } = await ownHealth(tx, ctx.safe.passwordTags, person, now);
  return hits.filter(({ kind, number }) => kind === 'password' && ailing.get(number)?.includes(ailment));
}

async function ownerWanted(tx: ReadTx, person: Person, owner: string | null): Promise<(id: number) => boolean> {
  if (owner === null) return () => true;
  if (owner === 'me') return (id) => id === person.user.id;
  if (owner === 'others') return (id) => id !== person.user.id;
  const user = await findUser(tx, owner.trim().toLowerCase());
  return (id) => id === user?.id;
}

function matcher({ words, filters }: ItemSearch): (entry: Searchable) => boolean {
  const parts = normalized(words).split(/\s+/).filter(Boolean);
  const exact = Object.entries(filters).map(([field, value]) => [field as IndexedField, normalized(value)] as const);
  return ({ text, fields }) =>
    parts.every((part) => text.includes(part)) && exact.every(([field, value]) => fields[field]?.includes(value));
}

function keyOf(one: Candidate, entry: Searchable | undefined, { by }: Sort): string | number {
  if (by === 'name') return entry?.name ?? '';
  return by === 'number' ? one.number : one.at;
}

type Place = Pick<Hit, 'key' | 'kind' | 'number'>;

function compare(a: Place, b: Place, { descending }: Sort): number {
  const order = inOrder(a.key, b.key) || inOrder(a.kind, b.kind) || a.number - b.number;
  return descending ? -order : order;
}

function inOrder<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function firstAfter(hits: readonly Hit[], place: Place, sort: Sort): number {
  const at = hits.findIndex((hit) => compare(hit, place, sort) > 0);
  return at < 0 ? hits.length : at;
}

// A cursor may hold an item's name, and goes into URLs: sealed, and bound to the list that it is of.
const cursorPlace = ({ cursor: _, limit: __, ...list }: ItemSearch) => ({
  table: 'cursors',
  row: JSON.stringify(list),
  column: 'place',
});

function sealCursor(tx: ReadTx, search: ItemSearch, { key, kind, number }: Place): string {
  const sealed = sealColumn(tx.ring, cursorPlace(search), JSON.stringify({ key, kind, number }));
  return Buffer.from(sealed).toString('base64url');
}

function openCursor(tx: ReadTx, search: ItemSearch): Place {
  try {
    const sealed = Buffer.from(search.cursor ?? '', 'base64url');
    return JSON.parse(openColumn(tx.ring, cursorPlace(search), sealed)) as Place;
  } catch (thrown) {
    if (thrown instanceof SealBroken) return refuse('cursor_invalid', {});
    throw thrown;
  }
}

/** Reads the items of a page anew: what is shown was checked as a whole. */
async function show(
  tx: ReadTx,
  person: Person,
  groupIds: readonly number[],
  page: readonly Hit[],
  now: Date,
): Promise<ShownItem[]> {
  const shown = new Map<string, ShownItem>();
  const owners = await usersOf(
    tx,
    page.map((hit) => hit.ownerId),
  );
  for (const kind of new Set(page.map((hit) => hit.kind))) {
    const numbers = page.filter((hit) => hit.kind === kind).map((hit) => hit.number);
    const shares = await sharesOfItems(tx, kind, numbers);
    const uses = await lastUsesOf(tx, kind, numbers);
    const judged =
      kind === 'password'
        ? await strengthsOf(
            tx,
            page.filter((hit) => hit.kind === kind),
          )
        : new Map();
    for (const item of await findOpenItems(tx, kind, numbers)) {
      const { head } = item;
      const ofItem = shares.get(head.number) ?? [];
      const isOwner = head.ownerId === person.user.id;
      const relation = isOwner ? 'owner' : relationBy(ofItem, person.user.id, groupIds, now);
      if (!mayOnItem('item.read', person, relation, head)) continue;
      const owner = owners.get(head.ownerId)?.username ?? '';
      const found = { head, open: openFields(tx, item), relation, shares: ofItem };
      const facts = { lastUsedAt: uses.get(head.number) ?? null, strength: judged.get(head.number) };
      shown.set(`${kind}:${head.number}`, shownItem(person, found, owner, facts, now));
    }
  }
  return page.flatMap(({ kind, number }) => shown.get(`${kind}:${number}`) ?? []);
}
