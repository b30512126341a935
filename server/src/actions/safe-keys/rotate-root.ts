import { WrongRootKey } from '../../crypto/keyring.ts';
import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { holdKeys } from '../../storage/live-keys.ts';
import { findLastRotation, insertRootRotation } from '../../storage/rotations.ts';
import { countChange, replaceWrapping, storedKeys } from '../../storage/safe-keys.ts';
import { act, whoOf } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';

/**
 * Wraps every safe key under another root key: 32 bytes in base64. One transaction, each key by comparing and swapping:
 * before it the old root key opens the safe, after it the new one alone. This process goes on with the new one.
 */
export function rotateRootKey(ctx: Context, { rootKey }: { rootKey: string }): Promise<{ keys: number }> {
  const next = Buffer.from(rootKey, 'base64');
  return act(ctx, { action: 'safe-key.rotate-root', target: null }, async (tx, caller, now) => {
    mustMay('safe-key.rotate-root', caller);
    if (next.length !== 32) refuse('field_invalid', { field: 'rootKey', why: 'must be 32 bytes' });
    await holdKeys(tx);
    const last = await findLastRotation(tx);
    if (last && last.finishedAt === null) refuse('rotation_running', { what: last.what });
    const before = await storedKeys(tx);
    const after = rewrapped(ctx, next, before);
    if (after.from === after.to) refuse('root_key_unfit', { why: 'same' });
    for (const [at, key] of after.keys.entries()) {
      const old = before[at];
      if (!old || !(await replaceWrapping(tx, old, key))) refuse('root_key_unfit', { why: 'changed' });
    }
    await countChange(tx);
    await insertRootRotation(tx, after.from, whoOf(caller).userId, now);
    recordAdmin(tx, ctx, caller, 'safe-key.root-replaced', null, { keys: before.length }, now);
    // Known from now on, whether or not the commit is: the keys are opened by whichever root key fits.
    ctx.safe.keys.learnRoot(Buffer.from(next));
    return { keys: before.length };
  });
}

function rewrapped({ safe }: Context, next: Uint8Array, keys: Parameters<typeof safe.keys.rewrapAll>[1]) {
  try {
    return safe.keys.rewrapAll(next, keys);
  } catch (thrown) {
    if (thrown instanceof WrongRootKey) return refuse('root_key_unfit', { why: 'unknown' });
    throw thrown;
  }
}
