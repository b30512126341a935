import { sha256 } from '../../crypto/digests.ts';
import type { Credential } from '../safe.ts';

/** The token of a session, as its cookie carries it: 32 random bytes in base64url. Its state is each action's matter. */
export function readSessionToken(token: string): Credential {
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? { kind: 'session', tokenHash: sha256(token) } : { kind: 'unreadable' };
}
