import { recoveryCodeHash } from '../../crypto/recovery-codes.ts';
import { matchingStep } from '../../crypto/totp.ts';
import { refuse } from '../../domain/errors.ts';
import { readCode } from '../../domain/session.ts';
import { saveSecondFactor, secondFactorOf, takeRecoveryCode } from '../../storage/second-factors.ts';
import type { Tx } from '../../storage/transaction.ts';

/** What a person shows beside his password: a code of his authenticator, or one of his recovery codes. */
export type SecondStep = { code: string | null; recoveryCode: string | null };

/** Which second factor was shown; null when none is enrolled. */
export type ShownFactor = 'code' | 'recovery-code' | null;

/** RFC 6238's defaults, which every authenticator can. */
export const factorParameters = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** Takes the second factor of a user who has one enrolled, each code once. Refuses a missing or wrong one. */
export async function takeSecondFactor(tx: Tx, userId: number, shown: SecondStep, now: Date): Promise<ShownFactor> {
  const factor = await secondFactorOf(tx, userId, 'update');
  if (!factor || factor.confirmedAt === null) return null;
  if (shown.code !== null) {
    const parameters = { ...factorParameters, secret: factor.seed };
    const step = matchingStep(parameters, readCode('code', shown.code), now, factor.lastStep);
    if (step === null) return refuse('second_factor_wrong', {});
    await saveSecondFactor(tx, userId, { ...factor, lastStep: step });
    return 'code';
  }
  if (shown.recoveryCode === null) return refuse('second_factor_required', {});
  const isTaken = await takeRecoveryCode(tx, userId, recoveryCodeHash(shown.recoveryCode), now);
  return isTaken ? 'recovery-code' : refuse('second_factor_wrong', {});
}
