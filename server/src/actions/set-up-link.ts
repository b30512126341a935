import { makeLinkToken, sameText } from '../crypto/credentials.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { rowMac, rowMacHolds } from '../crypto/row-mac.ts';

const lifeMilliseconds = 30 * 60_000;
const form = /^([0-9a-z]{1,10})\.([\w-]{43})\.([\w-]{43})$/;

/**
 * The link by which a browser makes the first administrator. Nothing of it is stored: it carries its end and a MAC under
 * a key of the safe, so that each of several nodes knows the links of the others.
 */
export type SetUpLink = {
  /** A new token, good for 30 minutes or until the safe has its first user; the one before it is good no more. */
  make(now: Date): string;
  holds(token: string, now: Date): boolean;
};

export function startSetUpLink(ring: () => Keyring): SetUpLink {
  const maker = makeLinkToken();
  let latest = '';
  return {
    make(now) {
      const end = (+now + lifeMilliseconds).toString(36);
      const mac = rowMac(ring(), 'set_up_link', [end, maker]);
      latest = `${end}.${maker}.${Buffer.from(mac).toString('base64url')}`;
      return latest;
    },
    holds(token, now) {
      const [, end = '', by = '', mac = ''] = form.exec(token) ?? [];
      if (by === maker && !sameText(token, latest)) return false;
      return (
        +now < Number.parseInt(end, 36) && rowMacHolds(ring(), 'set_up_link', [end, by], Buffer.from(mac, 'base64url'))
      );
    },
  };
}
