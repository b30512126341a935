import { record } from '../../storage/audit.ts';
import { takeRestored } from '../../storage/restored.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';

/** Records, once, that this store was restored from a backup. Called when a safe is opened. */
export function recordRestore(ctx: Context): Promise<void> {
  const known = { caller: null, account: '' };
  return submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
    const madeAt = await takeRestored(tx);
    if (madeAt === null) return;
    const nobody = { userId: null, accessKeyId: null, target: null };
    record(tx, { event: 'safe.restored', ...nobody, details: { madeAt: madeAt.toISOString() } }, now, ctx.requestId);
  });
}
