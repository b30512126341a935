import type { KeyName } from '../../domain/access-key.ts';
import { refuse } from '../../domain/errors.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { loadKey, targetOf } from './load-key.ts';
import { recordKey } from './record-key.ts';

/** Gives the private key that opens a key's encrypted answers, an unencrypted PKCS#8 PEM; each download is recorded. */
export function viewPrivateKey(ctx: Context, input: KeyName): Promise<{ clientId: string; pem: string }> {
  return act(ctx, { action: 'access-key.view-private-key', target: targetOf(input) }, async (tx, caller, now) => {
    const { key, secrets } = await loadKey(tx, 'access-key.view-private-key', caller, input, 'none');
    const { clientId } = key;
    if (secrets.privateKeyPem === null) return refuse('key_without_private_key', { clientId });
    recordKey(tx, ctx, caller, 'access-key.private-key-viewed', key.id, {}, now);
    return { clientId, pem: secrets.privateKeyPem };
  });
}
