import { timingSafeEqual } from 'node:crypto';
import { BoundedMemo } from './bounded-memo.ts';
import { hmacSha256 } from './digests.ts';
import type { Keyring, SecretKey } from './keyring.ts';
import { encodeFields, type Field } from './length-prefixed.ts';

export type MacValue = Field;

const FORMAT = 'arca row 1';
const MEMO_ROWS = 4096;
// A longer row costs more memory than its HMAC is worth.
const MEMO_ROW_BYTES = 2048;

// A MAC is a pure function of key and encoded row, so a row that was computed before need not be computed again.
const memos = new WeakMap<SecretKey, BoundedMemo<string, Uint8Array>>();

/** 32 bytes: HMAC-SHA-256 over safe id, table and every column in order, under the current row-MAC key. */
export function rowMac(ring: Keyring, table: string, columns: readonly MacValue[]): Uint8Array {
  const row = encodeRow(ring, table, columns);
  const [key] = ring.rowMac;
  // What is stored now is soon read again.
  return row.length <= MEMO_ROW_BYTES
    ? Buffer.from(recall(key, row.toString('latin1'), row))
    : hmacSha256(key.key, row);
}

/** Whether what is computed stays in mind: not of long lists, which would drive out what single reads come back to. */
export type Keeping = 'remembered' | 'passing';

/** Whether the row is the one that was signed, by the current or a retired key. Compares in constant time. */
export function rowMacHolds(
  ring: Keyring,
  table: string,
  columns: readonly MacValue[],
  mac: Uint8Array,
  keeping: Keeping = 'remembered',
): boolean {
  const row = encodeRow(ring, table, columns);
  if (mac.length !== 32) return false;
  const memoKey = row.length <= MEMO_ROW_BYTES ? row.toString('latin1') : null;
  for (const key of ring.rowMac) {
    if (timingSafeEqual(memoKey === null ? hmacSha256(key.key, row) : recall(key, memoKey, row, keeping), mac))
      return true;
  }
  return false;
}

function encodeRow(ring: Keyring, table: string, columns: readonly MacValue[]): Buffer {
  return encodeFields([FORMAT, ring.safeId, table, columns.length, ...columns]);
}

function recall(key: SecretKey, memoKey: string, row: Buffer, keeping: Keeping = 'remembered'): Uint8Array {
  let memo = memos.get(key);
  if (!memo) {
    memo = new BoundedMemo(MEMO_ROWS);
    memos.set(key, memo);
  }
  let known = memo.get(memoKey);
  if (!known) {
    // A copy of its own: a short Buffer is a piece of 64 KiB that many share, and keeps all of that for as long as it lives.
    known = new Uint8Array(hmacSha256(key.key, row));
    if (keeping === 'remembered') memo.set(memoKey, known);
  }
  return known;
}
