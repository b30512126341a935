import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isListed, mayCallOut } from '../../domain/outbound.ts';

/** A receiver could not be reached, or may not be. The message is for the log: it names no content and no answer's body. */
export class NotDelivered extends Error {
  override name = 'NotDelivered';
}

/** Where a connection goes: the address that was checked, and whether the operator listed it. */
export type Place = { address: string; isListed: boolean };

/**
 * Resolves a host once and gives the address to connect to, so that a name that changes its mind meanwhile changes
 * nothing. Every address that the name has must be allowed.
 */
export async function resolveOnce(host: string, listed: readonly string[]): Promise<Place> {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const found = isIP(bare) ? [bare] : (await lookup(bare, { all: true })).map(({ address }) => address);
  const [address] = found;
  if (address === undefined || !found.every((one) => mayCallOut(one, listed))) {
    throw new NotDelivered('its address is not one that ARCA_OUTBOUND_ALLOWED lists, and not a public one');
  }
  return { address, isListed: found.every((one) => isListed(one, listed)) };
}
