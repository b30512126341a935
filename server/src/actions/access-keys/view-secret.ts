import { mustMay } from '../../domain/access.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import type { KeyCredentials } from './add.ts';
import { loadKey } from './load-key.ts';

/** Shows a key's secret again; recorded. */
export function viewKeySecret(ctx: Context, input: { clientId: string }): Promise<KeyCredentials> {
  return act(ctx, { action: 'access-key.view-secret', target: null }, async (tx, caller, now) => {
    mustMay('access-key.view-secret', caller);
    const { key, secrets } = await loadKey(tx, input.clientId);
    recordAdmin(tx, ctx, caller, 'access-key.secret-viewed', `access-key:${key.id}`, {}, now);
    return { clientId: key.clientId, clientSecret: secrets.clientSecret };
  });
}
