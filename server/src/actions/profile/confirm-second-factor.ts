import { makeRecoveryCodes, recoveryCodeHash } from '../../crypto/recovery-codes.ts';
import { refuse } from '../../domain/errors.ts';
import { readCode } from '../../domain/session.ts';
import { saveRecoveryCodes, secondFactorOf } from '../../storage/second-factors.ts';
import { deleteSessionsOf, saveSession } from '../../storage/sessions.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustBeMe, recordOwn } from '../sessions/own-session.ts';
import { takeCode } from '../sessions/second-step.ts';

/**
 * Confirms the second factor that was begun, by a first code. All other sessions end; the one at hand counts as one with
 * a second factor from now on. The recovery codes are given once.
 */
export function confirmSecondFactor(
  ctx: Context,
  sent: string,
): Promise<{ recoveryCodes: string[]; endedSessions: number }> {
  return act(ctx, { action: 'profile.change-second-factor', target: null }, async (tx, caller, now) => {
    const me = mustBeMe('profile.change-second-factor', caller);
    const factor = await secondFactorOf(tx, me.user.id, 'update');
    if (!factor) return refuse('second_factor_absent', {});
    if (factor.confirmedAt !== null) return refuse('second_factor_enrolled', {});
    // Tries are not counted: whoever is here was given the seed.
    if (!(await takeCode(tx, me.user.id, factor, readCode('code', sent), now))) refuse('second_factor_wrong', {});
    const recoveryCodes = makeRecoveryCodes();
    await saveRecoveryCodes(tx, me.user.id, recoveryCodes.map(recoveryCodeHash));
    const endedSessions = await deleteSessionsOf(tx, me.user.id, me.session.id);
    await saveSession(tx, { ...me.session, secondFactor: true });
    recordOwn(tx, ctx, me, 'profile.second-factor-changed', { change: 'confirmed', endedSessions }, now);
    return { recoveryCodes, endedSessions };
  });
}
