import type { DeviceDecision } from '../../domain/device-sign-in.ts';
import { saveDeviceSignIn } from '../../storage/device-sign-ins.ts';
import { mustMayMakeKeys } from '../access-keys/may-make.ts';
import { act } from '../act.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { mustBeMe, recordOwn } from '../sessions/own-session.ts';
import { tryOnce } from '../sessions/second-step.ts';
import { findWaiting, type UserCodeTries } from './find.ts';

/** Lets the device that asks under this code have an access key of whoever says so. */
export function allowDeviceSignIn(ctx: Context, userCode: string, tries: UserCodeTries): Promise<{ changed: boolean }> {
  return decide(ctx, 'device-sign-in.allow', 'allowed', userCode, tries);
}

/** Sends it away. Whoever reads its code may: the device did not tell whom it means. */
export function denyDeviceSignIn(ctx: Context, userCode: string, tries: UserCodeTries): Promise<{ changed: boolean }> {
  return decide(ctx, 'device-sign-in.deny', 'denied', userCode, tries);
}

function decide(
  ctx: Context,
  action: 'device-sign-in.allow' | 'device-sign-in.deny',
  outcome: DeviceDecision['outcome'],
  userCode: string,
  tries: UserCodeTries,
): Promise<{ changed: boolean }> {
  let takeTry: ReturnType<typeof tryOnce> | null = null;
  const attempt = { action, target: null };
  return act(
    ctx,
    attempt,
    async (tx, caller, now) => {
      const me = mustBeMe(action, caller);
      if (outcome === 'allowed') await mustMayMakeKeys(tx, caller);
      const of = { account: me.user.username, address: ctx.origin.address };
      takeTry ??= tryOnce(() => tries(of, ctx.safe.clock()));
      const { signIn, hashes } = await findWaiting(tx, ctx, userCode, 'update', takeTry, now);
      await saveDeviceSignIn(tx, { signIn: { ...signIn, decision: { by: me.user.id, at: now, outcome } }, hashes });
      const { device, address: deviceAddress, days, readOnly } = signIn.wish;
      recordOwn(tx, ctx, me, `device-sign-in.${outcome}`, { device, deviceAddress, days, readOnly }, now);
      return { changed: true };
    },
    keptWhole(),
  );
}
