import { createHmac, hash, type KeyObject } from 'node:crypto';

// Both go through a text of one character a byte, `binary` to the one and `latin1` to the other: asked for a buffer, node
// takes up to three times as long, and hex twice.

/** SHA-256, 32 bytes; of a text, its UTF-8. */
export function sha256(input: string | Uint8Array): Buffer {
  return Buffer.from(hash('sha256', input, 'binary'), 'latin1');
}

/** HMAC-SHA-256, 32 bytes. */
export function hmacSha256(key: KeyObject, input: Uint8Array): Buffer {
  return Buffer.from(createHmac('sha256', key).update(input).digest('binary'), 'latin1');
}
