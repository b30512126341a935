import { refuse } from '../../domain/errors.ts';
import { needsSecondFactor } from '../../domain/policy.ts';
import { loadPolicy } from '../../storage/policy.ts';
import { deleteSecondFactor } from '../../storage/second-factors.ts';
import { deleteSessionsOf, saveSession } from '../../storage/sessions.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import type { Tries } from '../sessions/check-password.ts';
import { mustBeMe, recordOwn } from '../sessions/own-session.ts';
import { recordRecoveryCode, type SecondStep, takeSecondFactor, tryOnce } from '../sessions/second-step.ts';

/** Removes the second factor and its recovery codes, by one last code. All other sessions end. */
export function removeSecondFactor(ctx: Context, shown: SecondStep, tries: Tries): Promise<{ endedSessions: number }> {
  let account = '';
  // Counted apart from codes at signing in: who found a session open must not shut its owner out.
  const takeTry = tryOnce(() => tries.code(`removal of ${account}`, ctx.safe.clock()));
  return act(ctx, { action: 'profile.change-second-factor', target: null }, async (tx, caller, now) => {
    const me = mustBeMe('profile.change-second-factor', caller);
    account = me.user.username;
    if (needsSecondFactor(await loadPolicy(tx), me.user)) refuse('second_factor_needed', {});
    const factor = await takeSecondFactor(tx, me.user.id, shown, takeTry, now);
    if (factor === null) refuse('second_factor_absent', {});
    await deleteSecondFactor(tx, me.user.id);
    const endedSessions = await deleteSessionsOf(tx, me.user.id, me.session.id);
    await saveSession(tx, { ...me.session, secondFactor: false });
    recordOwn(tx, ctx, me, 'profile.second-factor-changed', { change: 'removed', endedSessions }, now);
    recordRecoveryCode(tx, ctx, factor, me.session, now);
    return { endedSessions };
  });
}
