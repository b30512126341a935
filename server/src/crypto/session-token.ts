import { randomUUID } from 'node:crypto';
import { sha256 } from './digests.ts';
import { takeRandom } from './random-pool.ts';

/** A new session: its id for lists, its token (32 random bytes in base64url) and the hash of that, which is stored. */
export function makeSessionToken(): { id: string; token: string; tokenHash: Uint8Array } {
  const token = takeRandom(32).toString('base64url');
  return { id: randomUUID(), token, tokenHash: sha256(token) };
}
