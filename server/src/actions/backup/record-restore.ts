import { record } from '../../storage/audit.ts';
import { endAllTokens, holdAllKeys, takeRestored } from '../../storage/restored.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';

/**
 * Ends, once, what must not outlive a restore, and records it: tokens and sessions have ended and access keys are held
 * until they are confirmed, for they may have been revoked after the backup was made. Called whenever a safe is opened,
 * before anything is served.
 */
export function recordRestore(ctx: Context): Promise<void> {
  const known = { caller: null, account: '' };
  return submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
    const mark = await takeRestored(tx);
    if (mark === null) return;
    await endAllTokens(tx, now);
    const heldKeys = mark.keepsKeys ? 0 : await holdAllKeys(tx, now);
    const nobody = { userId: null, accessKeyId: null, target: null };
    const details = { madeAt: mark.madeAt.toISOString(), heldKeys };
    record(tx, { event: 'safe.restored', ...nobody, details }, now, ctx.requestId);
  });
}
