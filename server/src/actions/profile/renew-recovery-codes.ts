import { makeRecoveryCodes, recoveryCodeHash } from '../../crypto/recovery-codes.ts';
import { refuse } from '../../domain/errors.ts';
import { saveRecoveryCodes, secondFactorOf } from '../../storage/second-factors.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustBeMe, recordOwn } from '../sessions/own-session.ts';

/** Makes new recovery codes, given once; those from before no longer count. */
export function renewRecoveryCodes(ctx: Context): Promise<{ recoveryCodes: string[] }> {
  return act(ctx, { action: 'profile.change-second-factor', target: null }, async (tx, caller, now) => {
    const me = mustBeMe('profile.change-second-factor', caller);
    const factor = await secondFactorOf(tx, me.user.id, 'update');
    if (!factor || factor.confirmedAt === null) return refuse('second_factor_absent', {});
    const recoveryCodes = makeRecoveryCodes();
    await saveRecoveryCodes(tx, me.user.id, recoveryCodes.map(recoveryCodeHash));
    recordOwn(tx, ctx, me, 'profile.second-factor-changed', { change: 'recovery-codes' }, now);
    return { recoveryCodes };
  });
}
