import { createPublicKey, type KeyObject } from 'node:crypto';
import { remember } from './bounded-memo.ts';

const parsed = new Map<string, KeyObject>();
const LIMIT = 256;

/** The key of an SPKI DER; the last 256 stay parsed. Throws node's error on other bytes. */
export function publicKeyOf(der: Uint8Array): KeyObject {
  const name = Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('latin1');
  let key = parsed.get(name);
  if (!key) {
    key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    remember(parsed, LIMIT, name, key);
  }
  return key;
}
