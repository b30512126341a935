import { createHash, createHmac, hash, type KeyObject } from 'node:crypto';

// Both go through a text of one character a byte, `binary` to the one and `latin1` to the other: asked for a buffer, node
// takes up to three times as long, and hex twice.

/** SHA-256, 32 bytes; of a text, its UTF-8. */
export function sha256(input: string | Uint8Array): Buffer {
  return Buffer.from(hash('sha256', input, 'binary'), 'latin1');
}

/** SHA-256 of what comes piece by piece. */
export function startSha256(): { add(piece: Uint8Array): void; end(): Buffer } {
  const running = createHash('sha256');
  return { add: (piece) => void running.update(piece), end: () => running.digest() };
}

/** HMAC-SHA-256, 32 bytes. */
export function hmacSha256(key: KeyObject, input: Uint8Array): Buffer {
  return Buffer.from(createHmac('sha256', key).update(input).digest('binary'), 'latin1');
}
