import { deviceCodeHash, makeDeviceCode, makeUserCode, userCodeHash } from '../../crypto/device-codes.ts';
import { type DeviceSignIn, type DeviceWish, mostWaiting, newDeviceSignIn } from '../../domain/device-sign-in.ts';
import { refuse } from '../../domain/errors.ts';
import { record } from '../../storage/audit.ts';
import { countDeviceSignIns, insertDeviceSignIn } from '../../storage/device-sign-ins.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';

/** The codes are given once; `userCode` is for a person to type, `deviceCode` for the device alone. */
type BegunSignIn = { deviceCode: string; userCode: string; signIn: DeviceSignIn };

/** Lets a device that shows no credential ask to be let in. It has nothing until somebody says yes. */
export function beginDeviceSignIn(ctx: Context, wish: Omit<DeviceWish, 'address'>): Promise<BegunSignIn> {
  const attempt = { action: 'device-sign-in.begin', target: null } as const;
  return submit(ctx, attempt, { caller: null, account: '' }, async (tx, now) => {
    if ((await countDeviceSignIns(tx, now)) >= mostWaiting) refuse('too_many_requests', { retryAfterSeconds: 60 });
    // Should another have the same code, the pump does this again, and makes others.
    const { id, deviceCode } = makeDeviceCode();
    const userCode = makeUserCode();
    const { address } = ctx.origin;
    const signIn = newDeviceSignIn(id, { ...wish, address }, now);
    const hashes = { deviceCode: deviceCodeHash(deviceCode), userCode: userCodeHash(ctx.safe.ring, userCode) };
    await insertDeviceSignIn(tx, signIn, hashes);
    const who = { userId: null, accessKeyId: null, target: null };
    const details = { address, device: wish.device, days: wish.days, readOnly: wish.readOnly };
    record(tx, { event: 'device-sign-in.begun', ...who, details }, now, ctx.requestId);
    return { deviceCode, userCode, signIn };
  });
}
