import { publicTokenKeys } from '../../crypto/tokens.ts';
import type { Safe } from '../safe.ts';

/** The public keys of this safe's tokens as a JWK set (RFC 7517), for whoever wants to check one by himself. */
export async function tokenKeys(safe: Safe): Promise<{ keys: object[] }> {
  await safe.store.refreshKeys();
  return publicTokenKeys(safe.ring);
}
