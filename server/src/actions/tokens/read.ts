import { isKeyKnown, recallToken, verifyToken } from '../../crypto/tokens.ts';
import { traced } from '../../tracing/spans.ts';
import type { Credential, Safe } from '../safe.ts';

/** Judges signature and time of a token only, remembered once checked: the state of its key is each action's matter. */
export async function readToken(safe: Safe, token: string): Promise<Credential> {
  const now = Math.floor(safe.clock().getTime() / 1000);
  const recalled = recallToken(safe.ring, token, now);
  // Another node may have a new key.
  if (recalled === undefined && !isKeyKnown(safe.ring, token)) await safe.store.refreshKeys();
  const claims =
    recalled === undefined ? await traced('crypto.verify-token', () => verifyToken(safe.ring, token, now)) : recalled;
  if (claims === null) {
    safe.tallies.tokensRefused += 1;
    return { kind: 'unreadable' };
  }
  if (recalled === undefined) safe.tallies.tokensVerified += 1;
  else safe.tallies.tokensRemembered += 1;
  return { kind: 'token', clientId: claims.clientId, issuedAt: new Date(claims.issuedAt * 1000) };
}
