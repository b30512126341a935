import { strangerOf } from '../domain/address.ts';
import { house, type Waiter } from '../domain/turns.ts';
import type { Context } from './safe.ts';

/**
 * As whom a call waits for the store. Whoever has shown nothing that nobody else could have sent waits with all others of
 * his address: anyone can make up as many tokens, client ids and usernames as he likes.
 */
export function waiterOf({ safe, credential, origin }: Context): Waiter {
  if (credential.kind === 'operator') return { party: 'operator', isKnown: true };
  if (credential.kind === 'token') return { party: `key ${credential.clientId}`, isKnown: true };
  if (credential.kind === 'session' && safe.knownSessions.has(credential.tokenHash)) {
    return { party: `session ${Buffer.from(credential.tokenHash).toString('base64')}`, isKnown: true };
  }
  if (origin.address === '') return house;
  return { party: `address ${strangerOf(origin.address)}`, isKnown: false };
}
