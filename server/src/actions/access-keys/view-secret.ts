import type { KeyName } from '../../domain/access-key.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { credentialsOf, type KeyCredentials, loadKey, targetOf } from './load-key.ts';
import { recordKey } from './record-key.ts';

/** Shows a key's secret again; recorded. */
export function viewKeySecret(ctx: Context, input: KeyName): Promise<KeyCredentials> {
  return act(ctx, { action: 'access-key.view-secret', target: targetOf(input) }, async (tx, caller, now) => {
    const { key, secrets } = await loadKey(tx, 'access-key.view-secret', caller, input, 'none');
    recordKey(tx, ctx, caller, 'access-key.secret-viewed', key.id, {}, now);
    return credentialsOf(key, secrets);
  });
}
