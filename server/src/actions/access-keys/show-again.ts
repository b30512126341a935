import type { RepeatMemory } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { credentialsOf, type KeyCredentials, loadKey } from './load-key.ts';
import { mustMayMakeKeys } from './may-make.ts';
import { recordKey } from './record-key.ts';

/** Of a request that made a key before, its credentials again: checked like the first time, and recorded as shown. */
export function shownAgain(ctx: Context, action: 'access-key.add' | 'access-key.clone'): RepeatMemory<KeyCredentials> {
  return {
    keep: ({ id }) => id,
    async rebuild(tx, caller, id, now) {
      const { key, secrets } = await loadKey(tx, action, caller, { id: id as number }, 'none');
      await mustMayMakeKeys(tx, caller);
      recordKey(tx, ctx, caller, 'access-key.secret-viewed', key.id, { repeated: true }, now);
      return credentialsOf(key, secrets);
    },
  };
}
