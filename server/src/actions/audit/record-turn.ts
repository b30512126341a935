import { record } from '../../storage/audit.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';

/** Records that a process opened or closed the safe. */
export function recordTurn(ctx: Context, event: 'safe.opened' | 'safe.closed'): Promise<void> {
  const known = { caller: null, account: '' };
  return submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
    const nobody = { userId: null, accessKeyId: null, target: null };
    record(tx, { event, ...nobody, details: { lane: tx.chain.lane } }, now, ctx.requestId);
  });
}
