import { recoveryCodeHash } from '../../crypto/recovery-codes.ts';
import { matchingStep } from '../../crypto/totp.ts';
import { refuse } from '../../domain/errors.ts';
import { readCode, type Session } from '../../domain/session.ts';
import { record } from '../../storage/audit.ts';
import { type SecondFactor, saveSecondFactor, secondFactorOf, takeRecoveryCode } from '../../storage/second-factors.ts';
import type { Tx } from '../../storage/transaction.ts';
import type { Context } from '../safe.ts';
import type { Try } from './check-password.ts';

/** What a person shows beside his password: a code of his authenticator, or one of his recovery codes. */
export type SecondStep = { code: string | null; recoveryCode: string | null };

/** Which second factor was shown; null when none is enrolled. */
export type ShownFactor = 'code' | 'recovery-code' | null;

/** RFC 6238's defaults, which every authenticator can. */
export const factorParameters = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** Takes the second factor of a user who has one enrolled, each code once. Refuses a missing or wrong one. */
export async function takeSecondFactor(
  tx: Tx,
  userId: number,
  shown: SecondStep,
  takeTry: () => Try,
  now: Date,
): Promise<ShownFactor> {
  const factor = await secondFactorOf(tx, userId, 'update');
  if (!factor || factor.confirmedAt === null) return null;
  if (shown.code === null && shown.recoveryCode === null) return refuse('second_factor_required', {});
  const code = shown.code === null ? null : readCode('code', shown.code);
  const tried = takeTry();
  const isTaken =
    code === null
      ? await takeRecoveryCode(tx, userId, recoveryCodeHash(shown.recoveryCode ?? ''), now)
      : await takeCode(tx, userId, factor, code, now);
  if (!isTaken) return refuse('second_factor_wrong', {});
  tried.forgive();
  return code === null ? 'recovery-code' : 'code';
}

/** False when the code is wrong or was taken before. The first one that is taken confirms the factor. */
export async function takeCode(
  tx: Tx,
  userId: number,
  factor: SecondFactor,
  code: string,
  now: Date,
): Promise<boolean> {
  const step = matchingStep({ ...factorParameters, secret: factor.seed }, code, now, factor.lastStep);
  if (step === null) return false;
  await saveSecondFactor(tx, userId, { ...factor, lastStep: step, confirmedAt: factor.confirmedAt ?? now });
  return true;
}

/** A recovery code that is used up is an entry of its own: its owner should know, and make new ones in time. */
export function recordRecoveryCode(tx: Tx, ctx: Context, factor: ShownFactor, session: Session, now: Date): void {
  if (factor !== 'recovery-code') return;
  const who = { userId: session.userId, accessKeyId: null, target: `user:${session.userId}` };
  const details = { session: session.id, address: ctx.origin.address };
  record(tx, { event: 'profile.recovery-code-used', ...who, details }, now, ctx.requestId);
}

/** One try for one request, however often the pump runs it. */
export function tryOnce(take: () => Try): () => Try {
  let tried: Try | null = null;
  return () => {
    tried ??= take();
    return tried;
  };
}
