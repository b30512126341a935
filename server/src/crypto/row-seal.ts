import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Keyring, SecretKey } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';
import { pad, unpad } from './padding.ts';
import { asBuffer, SealBroken, seal, unseal } from './seal.ts';

/** Which cell of the database: a sealed column opens nowhere else. */
export type ColumnPlace = { table: string; row: string; column: string };

// Layout: 1 byte format, 8 bytes data key id, 12 bytes nonce, ciphertext, 16 bytes tag.
const FORMAT = 'arca column 1';
const FORMAT_BYTE = 1;
const KEY_ID_BYTES = 8;
const HEAD_BYTES = 1 + KEY_ID_BYTES;

type TableKey = { key: KeyObject; head: Buffer };
const tableKeys = new WeakMap<SecretKey, Map<string, TableKey>>();

/** Seals one text for one cell. Its size shows in steps of 64 bytes only. */
export function sealColumn(ring: Keyring, place: ColumnPlace, text: string): Uint8Array {
  const { key, head } = tableKey(ring, ring.data[0], place.table);
  const padded = pad(text);
  const sealed = seal(key, cell(ring, place), head, padded);
  padded.fill(0);
  return sealed;
}

/** The text again. Throws SealBroken when it was changed, cut, or comes from another cell or safe. */
export function openColumn(ring: Keyring, place: ColumnPlace, sealed: Uint8Array): string {
  const bytes = asBuffer(sealed);
  if (bytes[0] !== FORMAT_BYTE) throw new SealBroken();
  const key = keyFor(ring, sealedBy(bytes), place.table);
  if (!key) throw new SealBroken();
  const padded = unseal(key, cell(ring, place), bytes, HEAD_BYTES);
  const text = unpad(padded);
  padded.fill(0);
  if (text === null) throw new SealBroken();
  return text;
}

/** The id of the data key that a column is sealed under. */
export function sealedBy(sealed: Uint8Array): string {
  return asBuffer(sealed).toString('hex', 1, HEAD_BYTES);
}

/** Where that id stands in a sealed column: counted from 1, as SQL counts, and in bytes. */
export const keyIdSpan = { from: 2, length: KEY_ID_BYTES } as const;

/** What must outlive a data key: the key of the table whose sealed columns cannot be sealed anew. */
export function auditDetailsKey(ring: Keyring, dataKey: SecretKey): Uint8Array {
  return tableKey(ring, dataKey, AUDIT_TABLE).key.export();
}

const AUDIT_TABLE = 'audit_entries';

function keyFor(ring: Keyring, id: string, table: string): KeyObject | undefined {
  const dataKey = ring.data.find((one) => one.id === id);
  if (dataKey) return tableKey(ring, dataKey, table).key;
  return table === AUDIT_TABLE ? ring.auditDetails.find((one) => one.id === id)?.key : undefined;
}

function cell(ring: Keyring, place: ColumnPlace): Buffer {
  return encodeFields([FORMAT, ring.safeId, place.table, place.row, place.column]);
}

// HKDF-SHA-256 (RFC 5869): each table has a key of its own, so that none wears out the nonces of another.
function tableKey(ring: Keyring, dataKey: SecretKey, table: string): TableKey {
  let tables = tableKeys.get(dataKey);
  if (!tables) {
    tables = new Map();
    tableKeys.set(dataKey, tables);
  }
  let known = tables.get(table);
  if (!known) {
    const derived = Buffer.from(hkdfSync('sha256', dataKey.key, '', encodeFields([FORMAT, ring.safeId, table]), 32));
    known = { key: createSecretKey(derived), head: Buffer.from(`01${dataKey.id}`, 'hex') };
    derived.fill(0);
    tables.set(table, known);
  }
  return known;
}
