import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { loadKey } from './load-key.ts';

/** Gives the private key that opens a key's encrypted answers, an unencrypted PKCS#8 PEM; each download is recorded. */
export function viewPrivateKey(ctx: Context, input: { clientId: string }): Promise<{ pem: string }> {
  return act(ctx, { action: 'access-key.view-private-key', target: null }, async (tx, caller, now) => {
    mustMay('access-key.view-private-key', caller);
    const { key, secrets } = await loadKey(tx, input.clientId);
    if (secrets.privateKeyPem === null) return refuse('key_without_private_key', { clientId: key.clientId });
    recordAdmin(tx, ctx, caller, 'access-key.private-key-viewed', `access-key:${key.id}`, {}, now);
    return { pem: secrets.privateKeyPem };
  });
}
