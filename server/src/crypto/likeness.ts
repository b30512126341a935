import { createSecretKey } from 'node:crypto';
import { hmacSha256 } from './digests.ts';
import { encodeFields } from './length-prefixed.ts';
import { takeRandom } from './random-pool.ts';

/** 22 characters that tell equal passwords of one owner from others, and nothing across owners. */
export type Likeness = (owner: number, password: string) => string;

const FORMAT = 'arca likeness 1';

/** Its key is made anew with each start, lives in this memory alone and is never stored: nor is what it makes. */
export function startLikeness(): Likeness {
  const key = createSecretKey(takeRandom(32));
  return (owner, password) =>
    hmacSha256(key, encodeFields([FORMAT, owner, password]))
      .subarray(0, 16)
      .toString('base64url');
}
