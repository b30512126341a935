import { timingSafeEqual } from 'node:crypto';
import { hmacSha256 } from './digests.ts';
import type { Keyring, SecretKey } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';
import { takeRandom } from './random-pool.ts';

/** Whose device it is. Another password, or an end of all his tokens, makes it a stranger's again. */
export type DeviceOwner = { userId: number; passwordHash: string; tokensFrom: Date | null };

const FORMAT = 'arca device 1';
const TOKEN = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;

/**
 * What a browser keeps to show that its owner signed in with it before: 32 random bytes and their MAC, in base64url with a
 * dot between. It opens nothing; wrong passwords that come with it are counted apart from those of strangers.
 */
export function makeDeviceToken(ring: Keyring, owner: DeviceOwner): string {
  const id = takeRandom(32).toString('base64url');
  return `${id}.${macOf(ring, ring.rowMac[0], owner, id).toString('base64url')}`;
}

/** The device's id; null when the token is not one that this safe made for this owner as he now is. */
export function readDeviceToken(ring: Keyring, owner: DeviceOwner, token: string): string | null {
  const [, id, mac] = TOKEN.exec(token) ?? [];
  if (id === undefined || mac === undefined) return null;
  const sent = Buffer.from(mac, 'base64url');
  return ring.rowMac.some((key) => timingSafeEqual(macOf(ring, key, owner, id), sent)) ? id : null;
}

function macOf(ring: Keyring, { key }: SecretKey, { userId, passwordHash, tokensFrom }: DeviceOwner, id: string) {
  return hmacSha256(key, encodeFields([FORMAT, ring.safeId, userId, passwordHash, tokensFrom?.getTime() ?? null, id]));
}
