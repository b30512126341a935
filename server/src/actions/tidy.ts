import { deleteDeviceSignInsEndedBefore } from '../storage/device-sign-ins.ts';
import { deleteRepeatsBefore } from '../storage/repeats.ts';
import { deleteSessionsEndedBefore } from '../storage/sessions.ts';
import { submit } from './act.ts';
import { expireImports } from './imports/expire.ts';
import type { Context } from './safe.ts';

const repeatsKept = 24 * 3_600_000;
// A device that asks a little late is told that its time is over.
const deviceSignInsKept = 3_600_000;

/** Removes sessions and device sign-ins that have ended, and idempotency keys, plans and logs of imports older than a day. */
export async function tidy(ctx: Context): Promise<void> {
  const known = { caller: null, account: '' };
  await submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
    await deleteSessionsEndedBefore(tx, now);
    await deleteDeviceSignInsEndedBefore(tx, new Date(+now - deviceSignInsKept));
    await deleteRepeatsBefore(tx, new Date(+now - repeatsKept));
  });
  await expireImports(ctx);
}
