import { sql } from 'kysely';
import type { KeyPurpose, WrappedKey } from '../crypto/keyring.ts';
import { fromDate, toDate } from './column-forms.ts';
import type { Connection } from './connection.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

/** `keysRevision` counts every change of the keys. */
export type StoredSafe = { id: string; keysRevision: number; keys: WrappedKey[] };

/** The safe's id and its wrapped keys, the current one of each purpose first; undefined before it was made. */
export async function findSafe(on: Connection): Promise<StoredSafe | undefined> {
  const row = await safe.first(on, {});
  return row && { id: row.id, keysRevision: row.keys_revision, keys: await storedKeys({ on }) };
}

/** The wrapped keys, the current one of each purpose first. */
export async function storedKeys({ on }: { on: Connection }): Promise<WrappedKey[]> {
  return (await keys.all(on, {})).map((key) => ({
    id: key.id,
    purpose: key.purpose as KeyPurpose,
    wrapped: key.wrapped,
    publicKey: key.public_key,
  }));
}

/** Stores a new safe's identity and keys, in the caller's transaction. */
export async function insertSafe(on: Connection, id: string, made: readonly WrappedKey[], now: number): Promise<void> {
  await insertIdentity.run(on, { id, now });
  for (const key of made) {
    await insertKey.run(on, { id: key.id, purpose: key.purpose, wrapped: key.wrapped, publicKey: key.publicKey });
  }
}

const safe = statement((db) => db.selectFrom('safe').selectAll());

const keys = statement((db) => db.selectFrom('safe_keys').selectAll().orderBy('purpose').orderBy('rank', 'desc'));

const insertIdentity = statement((db, p: { id: string; now: number }) =>
  db.insertInto('safe').values({ id: p.id, created_at: p.now, keys_revision: 1 }),
);

const insertKey = statement(
  (db, p: { id: string; purpose: string; wrapped: Uint8Array; publicKey: Uint8Array | null }) =>
    db.insertInto('safe_keys').values({
      id: p.id,
      purpose: p.purpose,
      rank: 1,
      wrapped: p.wrapped,
      public_key: p.publicKey,
      created_at: null,
      replaced_at: null,
      entries_before: 0,
      linked_by: null,
      linked_at: null,
      link: null,
    }),
);

/** Which audit key has signed another one, when, and its signature. */
export type KeyLink = { by: string; at: Date; signature: Uint8Array };

/** A safe key as it is listed: without what it wraps. */
export type ListedKey = {
  id: string;
  purpose: KeyPurpose;
  /** 0: the next key, which is read but not yet written with. The highest of its purpose is the current one. */
  rank: number;
  createdAt: Date;
  replacedAt: Date | null;
  publicKey: Uint8Array | null;
  entriesBefore: number;
  /** Null for all but audit keys, and for the first of those. */
  link: KeyLink | null;
};

/** By purpose, the current one first. */
export async function listKeys(tx: ReadTx): Promise<ListedKey[]> {
  const made = (await safe.first(tx.on, {}))?.created_at ?? 0;
  return (await keys.all(tx.on, {})).map((row) => ({
    id: row.id,
    purpose: row.purpose as KeyPurpose,
    rank: row.rank,
    createdAt: toDate(row.created_at ?? made),
    replacedAt: toDate(row.replaced_at),
    publicKey: row.public_key,
    entriesBefore: row.entries_before,
    link:
      row.linked_by !== null && row.linked_at !== null && row.link !== null
        ? { by: row.linked_by, at: toDate(row.linked_at), signature: row.link }
        : null,
  }));
}

/** Makes a key known to every transaction that begins from now on, which reads but does not write with it. */
export async function announceKey(tx: Tx, key: WrappedKey, now: Date): Promise<void> {
  await insertLater.run(await tx.writing(), laterRow(key, 0, now));
  await countChange(tx);
}

/**
 * Makes the announced key of a purpose the current one. `entries` is how many audit entries there are; `link` is what the
 * audit key before says of it.
 */
export async function promoteKey(
  tx: Tx,
  purpose: KeyPurpose,
  entries: number,
  link: KeyLink | null,
  now: Date,
): Promise<void> {
  const on = await tx.writing();
  await markReplaced.run(on, { purpose, now: fromDate(now) });
  await raise.run(on, { purpose, entries, ...linkColumns(link) });
  await countChange(tx);
}

/** Takes a key away for good; `rest` is what must stay of it. */
export async function removeKey(tx: Tx, key: ListedKey, rest: WrappedKey | null, now: Date): Promise<void> {
  const on = await tx.writing();
  await remove.run(on, { id: key.id });
  const left = { replaced_at: fromDate(now), ...linkColumns(key.link) };
  if (rest) await insertLater.run(on, { ...laterRow(rest, key.rank, key.createdAt), ...left });
  await countChange(tx);
}

/** Puts one wrapping in the place of another. False when that is no longer the stored one. */
export async function replaceWrapping(tx: Tx, before: WrappedKey, after: WrappedKey): Promise<boolean> {
  const parameters = { id: before.id, before: before.wrapped, after: after.wrapped };
  return (await swapWrapping.first(await tx.writing(), parameters)) !== undefined;
}

export async function countChange(tx: Tx): Promise<void> {
  await count.run(await tx.writing(), {});
}

function laterRow(key: WrappedKey, rank: number, createdAt: Date): Tables['safe_keys'] {
  return {
    id: key.id,
    purpose: key.purpose,
    rank,
    wrapped: key.wrapped,
    public_key: key.publicKey,
    created_at: fromDate(createdAt),
    replaced_at: null,
    entries_before: 0,
    ...linkColumns(null),
  };
}

function linkColumns(link: KeyLink | null): Pick<Tables['safe_keys'], 'linked_by' | 'linked_at' | 'link'> {
  return { linked_by: link?.by ?? null, linked_at: link ? fromDate(link.at) : null, link: link?.signature ?? null };
}

const insertLater = statement((db, p: Tables['safe_keys']) =>
  db.insertInto('safe_keys').values({
    id: p.id,
    purpose: p.purpose,
    rank: p.rank,
    wrapped: p.wrapped,
    public_key: p.public_key,
    created_at: p.created_at,
    replaced_at: p.replaced_at,
    entries_before: p.entries_before,
    linked_by: p.linked_by,
    linked_at: p.linked_at,
    link: p.link,
  }),
);

const markReplaced = statement((db, p: { purpose: string; now: number }) =>
  db
    .updateTable('safe_keys')
    .set({ replaced_at: p.now })
    .where('purpose', '=', p.purpose)
    .where('rank', '>', 0)
    .where('replaced_at', 'is', null),
);

type Raised = { purpose: string; entries: number } & ReturnType<typeof linkColumns>;

const raise = statement((db, p: Raised) =>
  db
    .updateTable('safe_keys')
    .set({
      rank: sql<number>`(select max(others.rank) + 1 from safe_keys as others where others.purpose = ${p.purpose})`,
      entries_before: p.entries,
      linked_by: p.linked_by,
      linked_at: p.linked_at,
      link: p.link,
    })
    .where('purpose', '=', p.purpose)
    .where('rank', '=', 0),
);

const remove = statement((db, p: { id: string }) => db.deleteFrom('safe_keys').where('id', '=', p.id));

const swapWrapping = statement((db, p: { id: string; before: Uint8Array; after: Uint8Array }) =>
  db
    .updateTable('safe_keys')
    .set({ wrapped: p.after })
    .where('id', '=', p.id)
    .where('wrapped', '=', p.before)
    .returning('id'),
);

const count = statement((db) => db.updateTable('safe').set((set) => ({ keys_revision: set('keys_revision', '+', 1) })));

/** Holds the safe as a whole until the transaction ends: for what may happen once, whichever lane or node is first. */
export async function holdSafe(tx: Tx): Promise<void> {
  await hold.first(tx.on, {});
}

const hold = statement((db, _p: Record<string, never>, engine) =>
  db
    .selectFrom('safe')
    .select('id')
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);
