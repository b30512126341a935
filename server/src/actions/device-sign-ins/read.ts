import type { DeviceSignIn } from '../../domain/device-sign-in.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustBeMe } from '../sessions/own-session.ts';
import { findWaiting, type UserCodeTries } from './find.ts';

/** Who asks to be let in under this code: what a person looks at before he says yes or no. */
export function readDeviceSignIn(ctx: Context, userCode: string, tries: UserCodeTries): Promise<DeviceSignIn> {
  return actReading(ctx, { action: 'device-sign-in.read', target: null }, async (tx, caller, now) => {
    const { user } = mustBeMe('device-sign-in.read', caller);
    const takeTry = () => tries({ account: user.username, address: ctx.origin.address }, ctx.safe.clock());
    return (await findWaiting(tx, ctx, userCode, 'none', takeTry, now)).signIn;
  });
}
