import type { ExpressionBuilder } from 'kysely';
import { hasDigest, textDigest } from '../crypto/credentials.ts';
import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import type { AccessKey, Encryption, KeyLimits, KeyName, KeyPrivate, KeyState } from '../domain/access-key.ts';
import type { User } from '../domain/user.ts';
import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, toDate } from './column-forms.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';
import { userOf } from './users.ts';

type KeyRow = Tables['access_keys'];

const place = (id: number, column: 'limits' | 'private') => ({ table: 'access_keys', row: String(id), column });

export async function insertAccessKey(tx: Tx, key: AccessKey, secrets: KeyPrivate): Promise<void> {
  await insert.run(await tx.writing(), rowOf(tx, key, secrets));
}

export async function saveAccessKey(tx: Tx, key: AccessKey, secrets: KeyPrivate): Promise<void> {
  await update.run(await tx.writing(), rowOf(tx, key, secrets));
}

type KeyWithOwner = {
  key: AccessKey;
  owner: User;
  /** Whether a text is the key's client secret, in a time that does not tell where it differs. */
  hasSecret(text: string): boolean;
};

/** A key with its owner as both stand in this transaction, held against change until it ends. */
export async function findKeyWithOwner(
  tx: ReadTx,
  clientId: string,
  hold: 'none' | 'share',
): Promise<KeyWithOwner | undefined> {
  const memoKey = `access key ${clientId}`;
  const known = tx.memo.get(memoKey) as KeyWithOwner | undefined;
  if (known) return known;
  // Nothing else is a client id, and PostgreSQL refuses a text with NUL.
  if (!/^[0-9a-f]{41}$/.test(clientId)) return undefined;
  const row = await withOwner[hold].first(tx.on, { clientId });
  if (!row) return undefined;
  const owner = userOf(tx, {
    id: row.owner_id,
    username: row.owner_username,
    role: row.owner_role,
    disabled_at: row.owner_disabled_at,
    tokens_from: row.owner_tokens_from,
    profile: row.owner_profile,
    created_at: row.owner_created_at,
    mac: row.owner_mac,
  });
  const found = { key: keyOf(tx, row), owner, hasSecret: secretTest(tx, row) };
  tx.memo.set(memoKey, found);
  return found;
}

/** Opened when first asked; of the secret only its digest stays, until the transaction ends. */
function secretTest(tx: ReadTx, row: Pick<KeyRow, 'id' | 'private'>): (text: string) => boolean {
  let digest: Uint8Array | undefined;
  return (text) => {
    digest ??= textDigest(privateOf(tx, row).clientSecret);
    return hasDigest(text, digest);
  };
}

/** A key with what only its owner reads, held against change for `update`. */
export async function findKey(
  tx: ReadTx,
  name: KeyName,
  hold: 'none' | 'update',
): Promise<{ key: AccessKey; secrets: KeyPrivate } | undefined> {
  if ('clientId' in name && !/^[0-9a-f]{41}$/.test(name.clientId)) return undefined;
  const row =
    'clientId' in name
      ? await byClientId[hold].first(tx.on, { clientId: name.clientId })
      : await byId[hold].first(tx.on, { id: name.id });
  return row && { key: keyOf(tx, row), secrets: privateOf(tx, row) };
}

export type ListedKey = AccessKey &
  Omit<KeyPrivate, 'clientSecret' | 'privateKeyPem'> & {
    owner: string;
    lastUsedAt: Date | null;
    uses: number;
    lastAddress: string | null;
  };

export type KeyQuery = {
  /** Null for the keys of everyone. */
  ownerId: number | null;
  state: { is: KeyState; now: Date } | null;
  /** Keys older than this one. */
  before: number | null;
  /** At most so many; null for all. */
  most: number | null;
};

/** Keys, newest first, each with its owner's username and its use; never its secret. */
export async function listAccessKeys(tx: ReadTx, query: KeyQuery): Promise<ListedKey[]> {
  const { ownerId, state, before, most } = query;
  const found = listed(builders[tx.on.engine])
    .$if(ownerId !== null, (keys) => keys.where('access_keys.owner_id', '=', ownerId))
    .$if(before !== null, (keys) => keys.where('access_keys.id', '<', before))
    .$if(state !== null, (keys) => keys.where(isInState(state?.is ?? 'live', state?.now ?? new Date(0))))
    .$if(most !== null, (keys) => keys.limit(most ?? 0))
    .orderBy('access_keys.id', 'desc');
  return (await runQuery(tx.on, found.compile())).map((row) => listedKey(tx, row));
}

export async function findListedKey(tx: ReadTx, id: number): Promise<ListedKey | undefined> {
  const row = await oneListed.first(tx.on, { id });
  return row && listedKey(tx, row);
}

/** `keyState` of the domain, for the store to sift by. */
export function isInState(state: KeyState, now: Date) {
  return (key: ExpressionBuilder<Tables, 'access_keys'>) => {
    if (state === 'revoked') return key('access_keys.revoked_at', 'is not', null);
    const isLeft = key('access_keys.revoked_at', 'is', null);
    if (state === 'held') return key.and([isLeft, key('access_keys.held_at', 'is not', null)]);
    const end = key.ref('access_keys.expires_at');
    const hasEnded = key(end, '<=', fromDate(now));
    const isOpen = key.or([key(end, 'is', null), key(end, '>', fromDate(now))]);
    return key.and([isLeft, key('access_keys.held_at', 'is', null), state === 'expired' ? hasEnded : isOpen]);
  };
}

/** The client ids of some keys, by their number. */
export async function clientIdsOf(tx: ReadTx, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const query = builders[tx.on.engine]
    .selectFrom('access_keys')
    .select(['id', 'client_id'])
    .where('id', 'in', [...new Set(ids)]);
  return new Map((await runQuery(tx.on, query.compile())).map((row) => [row.id, row.client_id]));
}

/** Uses since the last flush, added to what is stored. */
export async function addKeyUse(tx: Tx, keyId: number, uses: number, usedAt: Date, address: string): Promise<void> {
  const sealed = sealColumn(tx.ring, usePlace(keyId), address);
  await countUse.run(await tx.writing(), { key_id: keyId, uses, used_at: fromDate(usedAt), address: sealed });
}

type ListedRow = KeyRow & { owner: string; used_at: number | null; uses: number | null; address: Uint8Array | null };

function listedKey(tx: ReadTx, row: ListedRow): ListedKey {
  const { name, description, tags } = privateOf(tx, row);
  return {
    ...keyOf(tx, row),
    name,
    description,
    tags,
    owner: row.owner,
    lastUsedAt: toDate(row.used_at),
    uses: row.uses ?? 0,
    lastAddress: row.address && openColumn(tx.ring, usePlace(row.id), row.address),
  };
}

const usePlace = (keyId: number) => ({ table: 'key_use', row: String(keyId), column: 'address' });

function keyOf(tx: ReadTx, row: KeyRow): AccessKey {
  mustBeIntact(tx, 'access_keys', row);
  return {
    id: row.id,
    clientId: row.client_id,
    ownerId: row.owner_id,
    encryption: row.encryption as Encryption,
    publicKey: row.public_key,
    limits: limitsOf(tx, row),
    expiresAt: toDate(row.expires_at),
    revokedAt: toDate(row.revoked_at),
    heldAt: toDate(row.held_at),
    createdAt: toDate(row.created_at),
  };
}

// The MAC was checked and covers the sealed limits, so they open to the same value as long as it is the same.
const openedLimits = new WeakMap<ReadTx['ring'], Map<string, KeyLimits>>();
const mostOpenedLimits = 1000;

function limitsOf(tx: ReadTx, row: KeyRow): KeyLimits {
  let memo = openedLimits.get(tx.ring);
  if (!memo) {
    memo = new Map();
    openedLimits.set(tx.ring, memo);
  }
  const memoKey = Buffer.from(row.mac).toString('latin1');
  let limits = memo.get(memoKey);
  if (!limits) {
    limits = JSON.parse(openColumn(tx.ring, place(row.id, 'limits'), row.limits)) as KeyLimits;
    if (memo.size >= mostOpenedLimits) memo.clear();
    memo.set(memoKey, limits);
  }
  return limits;
}

function privateOf(tx: ReadTx, row: Pick<KeyRow, 'id' | 'private'>): KeyPrivate {
  return JSON.parse(openColumn(tx.ring, place(row.id, 'private'), row.private)) as KeyPrivate;
}

function rowOf(tx: Tx, key: AccessKey, secrets: KeyPrivate): KeyRow {
  return signed(tx, 'access_keys', {
    id: key.id,
    client_id: key.clientId,
    owner_id: key.ownerId,
    encryption: key.encryption,
    public_key: key.publicKey,
    limits: sealColumn(tx.ring, place(key.id, 'limits'), JSON.stringify(key.limits)),
    private: sealColumn(tx.ring, place(key.id, 'private'), JSON.stringify(secrets)),
    expires_at: fromDate(key.expiresAt),
    revoked_at: fromDate(key.revokedAt),
    held_at: fromDate(key.heldAt),
    created_at: fromDate(key.createdAt),
  });
}

const withOwnerHeld = (hold: 'none' | 'share') =>
  statement((db, p: { clientId: string }, engine) =>
    db
      .selectFrom('access_keys')
      .innerJoin('users', 'users.id', 'access_keys.owner_id')
      .selectAll('access_keys')
      .select([
        'users.username as owner_username',
        'users.role as owner_role',
        'users.disabled_at as owner_disabled_at',
        'users.tokens_from as owner_tokens_from',
        'users.profile as owner_profile',
        'users.created_at as owner_created_at',
        'users.mac as owner_mac',
      ])
      .where('access_keys.client_id', '=', p.clientId)
      .$if(engine === 'postgres' && hold === 'share', (query) => query.forShare(['access_keys', 'users'])),
  );

const withOwner = { none: withOwnerHeld('none'), share: withOwnerHeld('share') };

const byClientIdHeld = (hold: 'none' | 'update') =>
  statement((db, p: { clientId: string }, engine) =>
    db
      .selectFrom('access_keys')
      .selectAll()
      .where('client_id', '=', p.clientId)
      .$if(engine === 'postgres' && hold === 'update', (query) => query.forUpdate()),
  );

const byIdHeld = (hold: 'none' | 'update') =>
  statement((db, p: { id: number }, engine) =>
    db
      .selectFrom('access_keys')
      .selectAll()
      .where('id', '=', p.id)
      .$if(engine === 'postgres' && hold === 'update', (query) => query.forUpdate()),
  );

const byClientId = { none: byClientIdHeld('none'), update: byClientIdHeld('update') };
const byId = { none: byIdHeld('none'), update: byIdHeld('update') };

const listed = (db: (typeof builders)['sqlite']) =>
  db
    .selectFrom('access_keys')
    .innerJoin('users', 'users.id', 'access_keys.owner_id')
    .leftJoin('key_use', 'key_use.key_id', 'access_keys.id')
    .selectAll('access_keys')
    .select(['users.username as owner', 'key_use.used_at', 'key_use.uses', 'key_use.address']);

const oneListed = statement((db, p: { id: number }) => listed(db).where('access_keys.id', '=', p.id));

const insert = statement((db, p: KeyRow) =>
  db.insertInto('access_keys').values({
    id: p.id,
    client_id: p.client_id,
    owner_id: p.owner_id,
    encryption: p.encryption,
    public_key: p.public_key,
    limits: p.limits,
    private: p.private,
    expires_at: p.expires_at,
    revoked_at: p.revoked_at,
    held_at: p.held_at,
    created_at: p.created_at,
    mac: p.mac,
  }),
);

const update = statement((db, p: KeyRow) =>
  db
    .updateTable('access_keys')
    .set({
      limits: p.limits,
      private: p.private,
      expires_at: p.expires_at,
      revoked_at: p.revoked_at,
      held_at: p.held_at,
      mac: p.mac,
    })
    .where('id', '=', p.id),
);

const countUse = statement((db, p: Tables['key_use']) =>
  db
    .insertInto('key_use')
    .values({ key_id: p.key_id, used_at: p.used_at, uses: p.uses, address: p.address })
    .onConflict((conflict) =>
      conflict.column('key_id').doUpdateSet((set) => ({
        used_at: p.used_at,
        uses: set('key_use.uses', '+', p.uses),
        address: p.address,
      })),
    ),
);
