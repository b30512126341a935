import { createPublicKey, type KeyObject } from 'node:crypto';
import { BoundedMemo } from './bounded-memo.ts';

const parsed = new BoundedMemo<string, KeyObject>(256);

/** The key of an SPKI DER; up to 256 stay parsed. Throws node's error on other bytes. */
export function publicKeyOf(der: Uint8Array): KeyObject {
  const name = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('latin1');
  let key = parsed.get(name);
  if (!key) {
    key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    parsed.set(name, key);
  }
  return key;
}
