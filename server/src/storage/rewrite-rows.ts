import { resealVersion, rewrapVersion, type SealedVersion } from '../crypto/envelope.ts';
import { openColumn, sealColumn, sealedBy } from '../crypto/row-seal.ts';
import { SealBroken } from '../crypto/seal.ts';
import { isRefusal } from '../domain/errors.ts';
import type { Kind } from '../domain/kind.ts';
import { isIntact, macOf } from './authority-rows.ts';
import type { Row } from './connection.ts';
import { saveItemIndexes } from './item-index.ts';
import { findOpenItems, openFields } from './items.ts';
import type { Walked } from './row-walk.ts';
import { type AuthorityTable, authorityColumns, type Tables, type Value } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';
import { type RowChange, updateRows } from './update-rows.ts';

/** A table to walk through, and what becomes of a slice of its rows: gives those that other hands have changed. */
export type Walk = Walked & { rewrite(tx: Tx, rows: readonly Row[]): Promise<Row[]> };

type SealedColumns = { table: keyof Tables; key: readonly string[]; columns: readonly string[]; row(row: Row): string };

const byId = (row: Row) => String(row.id);

/** Each table with sealed columns, and the name that its rows are sealed under. `isSealed` in sealed-columns.ts tells of the same. */
export const sealedTables: readonly SealedColumns[] = [
  { table: 'users', key: ['id'], columns: ['profile'], row: byId },
  { table: 'second_factors', key: ['user_id'], columns: ['seed'], row: (row) => String(row.user_id) },
  { table: 'sessions', key: ['id'], columns: ['device'], row: byId },
  { table: 'proposals', key: ['id'], columns: ['input'], row: byId },
  { table: 'device_sign_ins', key: ['id'], columns: ['wish'], row: byId },
  { table: 'groups', key: ['id'], columns: ['description'], row: byId },
  { table: 'access_keys', key: ['id'], columns: ['limits', 'private'], row: byId },
  { table: 'key_use', key: ['key_id'], columns: ['address'], row: (row) => String(row.key_id) },
  {
    table: 'password_strengths',
    key: ['number'],
    columns: ['strength'],
    row: (row) => `${row.number}:${row.version}`,
  },
  { table: 'imports', key: ['id'], columns: ['details'], row: byId },
  {
    table: 'import_rows',
    key: ['import_id', 'place'],
    columns: ['row'],
    row: (row) => `${row.import_id}:${row.place}`,
  },
  { table: 'uploads', key: ['id'], columns: ['document'], row: byId },
  {
    table: 'upload_parts',
    key: ['upload_id', 'start'],
    columns: ['document'],
    row: (row) => `${row.upload_id}:${row.start}`,
  },
  {
    table: 'repeats',
    key: ['scope', 'key_hash'],
    columns: ['outcome'],
    row: (row) => `${row.scope} ${Buffer.from(row.key_hash as Uint8Array).toString('hex')}`,
  },
];

const authorityKeys: Readonly<Record<AuthorityTable, readonly string[]>> = {
  users: ['id'],
  credentials: ['user_id'],
  second_factors: ['user_id'],
  recovery_codes: ['user_id', 'code_hash'],
  sessions: ['id'],
  policy: ['id'],
  proposals: ['id'],
  groups: ['id'],
  group_members: ['user_id', 'group_id'],
  items: ['kind', 'number'],
  imports: ['id'],
  shares: ['kind', 'number', 'subject', 'subject_id'],
  access_keys: ['id'],
  device_sign_ins: ['id'],
};

const versionColumns = ['kind', 'number', 'version', 'key_id', 'wrapped_key'];

/** Wraps every version's key under the current data key; with `reseal` encrypts its contents anew, too. */
export function versionWalk(reseal: boolean): Walk {
  return {
    table: 'item_versions',
    key: ['kind', 'number', 'version'],
    columns: reseal ? [...versionColumns, 'open', 'secret'] : versionColumns,
    // A version is never changed once it is stored, but by a rotation.
    isShared: false,
    most: reseal ? 200 : 500,
    rewrite: (tx, rows) => rewriteVersions(tx, rows, reseal),
  };
}

async function rewriteVersions(tx: Tx, rows: readonly Row[], reseal: boolean): Promise<Row[]> {
  const [current] = tx.ring.data;
  const changes: RowChange[] = [];
  const broken = brokenOf(rows, (row) => {
    if (row.key_id === current.id) return;
    const place = { kind: String(row.kind), number: Number(row.number), version: Number(row.version) };
    const sealed = { keyId: String(row.key_id), wrappedKey: row.wrapped_key as Uint8Array };
    changes.push({
      key: place,
      was: sealed.wrappedKey,
      set: reseal
        ? columnsOf(resealVersion(tx.ring, place, { ...sealed, ...partsOf(row) }))
        : columnsOf(rewrapVersion(tx.ring, place, sealed)),
    });
  });
  await updateRows(await tx.writing(), 'item_versions', 'wrapped_key', changes);
  return broken;
}

function partsOf(row: Row): Pick<SealedVersion, 'open' | 'secret'> {
  return { open: row.open as Uint8Array, secret: row.secret as Uint8Array };
}

function columnsOf(sealed: Pick<SealedVersion, 'keyId' | 'wrappedKey'> & Partial<SealedVersion>): Row {
  const { keyId, wrappedKey, open, secret } = sealed;
  return { key_id: keyId, wrapped_key: wrappedKey, ...(open && secret ? { open, secret } : {}) };
}

/** Seals the columns of one table anew under the current data key, and signs its rows anew where they are signed. */
export function sealedWalk(sealed: SealedColumns): Walk {
  const { table, key, columns } = sealed;
  const authority = table in authorityColumns ? (table as AuthorityTable) : null;
  const all = authority === null ? [...key, ...columns] : [...authorityColumns[authority], 'mac'];
  return {
    table,
    key,
    columns: table === 'password_strengths' ? [...all, 'version'] : all,
    isShared: true,
    most: 500,
    rewrite: async (tx, rows) => {
      const compare = authority === null ? (columns[0] as string) : 'mac';
      const changes: RowChange[] = [];
      const broken = brokenOf(rows, (row) => {
        if (columns.every((name) => sealedBy(row[name] as Uint8Array) === tx.ring.data[0].id)) return;
        if (authority !== null && !isIntact(tx, authority, row)) throw new SealBroken();
        const set = Object.fromEntries(columns.map((name) => [name, resealed(tx, sealed, row, name)]));
        const mac = authority === null ? {} : { mac: macOf(tx, authority, { ...row, ...set }, row.mac as Uint8Array) };
        changes.push({ key: pick(row, key), was: row[compare] as Uint8Array, set: { ...set, ...mac } });
      });
      await updateRows(await tx.writing(), table, compare, changes);
      return broken;
    },
  };
}

function resealed(tx: ReadTx, { table, row: nameOf }: SealedColumns, row: Row, column: string): Uint8Array {
  const place = { table, row: nameOf(row), column };
  return sealColumn(tx.ring, place, openColumn(tx.ring, place, row[column] as Uint8Array));
}

/** Signs the rows of one table with the current row-MAC key. */
export function macWalk(table: AuthorityTable): Walk {
  const key = authorityKeys[table];
  return {
    table,
    key,
    columns: [...authorityColumns[table], 'mac'],
    isShared: true,
    most: 500,
    rewrite: async (tx, rows) => {
      const changes: RowChange[] = [];
      const broken = brokenOf(rows, (row) => {
        if (!isIntact(tx, table, row)) throw new SealBroken();
        const was = row.mac as Uint8Array;
        const mac = macOf(tx, table, row, was);
        if (!Buffer.from(mac).equals(was)) changes.push({ key: pick(row, key), was, set: { mac } });
      });
      await updateRows(await tx.writing(), table, 'mac', changes);
      return broken;
    },
  };
}

/** Computes the blind indexes of every item anew under the current index key. */
export const indexWalk: Walk = {
  table: 'items',
  key: ['kind', 'number'],
  columns: ['kind', 'number'],
  isShared: true,
  most: 200,
  async rewrite(tx, rows) {
    const broken: Row[] = [];
    for (const kind of new Set(rows.map((row) => row.kind as Kind))) {
      const some = rows.filter((row) => row.kind === kind);
      const items: Parameters<typeof saveItemIndexes>[2][number][] = [];
      // Each by itself: one that other hands have changed must not keep the others of its slice.
      const found = await openItems(tx, kind, some, broken);
      for (const item of found) items.push(item);
      await saveItemIndexes(tx, kind, items);
    }
    return broken;
  },
};

async function openItems(tx: Tx, kind: Kind, rows: readonly Row[], broken: Row[]) {
  const numbersOf = (some: readonly Row[]) => some.map((row) => Number(row.number));
  const open = async (some: readonly Row[]) =>
    (await findOpenItems(tx, kind, numbersOf(some))).map((item) => ({ head: item.head, open: openFields(tx, item) }));
  try {
    return await open(rows);
  } catch (thrown) {
    if (!isBroken(thrown)) throw thrown;
  }
  const opened: Awaited<ReturnType<typeof open>> = [];
  for (const row of rows) {
    try {
      opened.push(...(await open([row])));
    } catch (thrown) {
      if (!isBroken(thrown)) throw thrown;
      broken.push(row);
    }
  }
  return opened;
}

/** Does something with each row and gives those that did not open. */
function brokenOf(rows: readonly Row[], work: (row: Row) => void): Row[] {
  return rows.filter((row) => {
    try {
      work(row);
      return false;
    } catch (thrown) {
      if (!isBroken(thrown)) throw thrown;
      return true;
    }
  });
}

function isBroken(thrown: unknown): boolean {
  return thrown instanceof SealBroken || isRefusal(thrown, 'integrity_broken');
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, row[name] as Value]));
}
