import { makeSessionToken } from '../../crypto/session-token.ts';
import { previousTokenUntil, sudoUntil } from '../../domain/session.ts';
import { saveProof } from '../../storage/sessions.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import type { Tries } from './check-password.ts';
import { checkOwnPassword, mustBeRight } from './own-password.ts';
import { mustBeMe, recordOwn } from './own-session.ts';
import { recordRecoveryCode, type SecondStep, takeSecondFactor, tryOnce } from './second-step.ts';

/**
 * Proves anew who is in the session, by password and second factor: dangerous acts are open again, until then. The session
 * goes on under a new token.
 */
export async function proveSession(
  ctx: Context,
  input: SecondStep & { password: string; browser: string },
  tries: Tries,
): Promise<{ provenUntil: Date | null; token: string }> {
  const checked = await checkOwnPassword(ctx, 'session.prove', input.password, tries);
  const takeTry = tryOnce(() => tries.code(checked.me.user.username, ctx.safe.clock()));
  return act(ctx, { action: 'session.prove', target: null }, async (tx, caller, now) => {
    const me = mustBeMe('session.prove', caller);
    await mustBeRight(tx, checked, me);
    const factor = await takeSecondFactor(tx, me.user.id, input, takeTry, now);
    const session = { ...me.session, secondFactor: me.session.secondFactor || factor !== null, provenAt: now };
    const { token, tokenHash } = makeSessionToken();
    const device = { address: ctx.origin.address, browser: input.browser };
    await saveProof(tx, session, device, { hash: tokenHash, previousUntil: previousTokenUntil(now) });
    recordOwn(tx, ctx, me, 'session.proven', { factor }, now);
    recordRecoveryCode(tx, ctx, factor, session, now);
    return { provenUntil: sudoUntil(session, now), token };
  });
}
