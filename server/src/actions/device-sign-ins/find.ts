import { userCodeHashes } from '../../crypto/device-codes.ts';
import { type DeviceSignIn, isWaiting } from '../../domain/device-sign-in.ts';
import { refuse } from '../../domain/errors.ts';
import { findByUserCode } from '../../storage/device-sign-ins.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import type { Context } from '../safe.ts';
import type { Try } from '../sessions/check-password.ts';

/** Counts tries at the short codes that people type, by who types and from where. */
export type UserCodeTries = (of: { account: string; address: string }, now: Date) => Try;

/**
 * The one that waits under this code. A code that never was, one that is over and one that is decided look the same; each
 * counts as a failed guess.
 */
export async function findWaiting(
  tx: ReadTx,
  ctx: Context,
  userCode: string,
  hold: 'none' | 'update',
  takeTry: () => Try,
  now: Date,
): Promise<{ signIn: DeviceSignIn; hashes: { deviceCode: Uint8Array; userCode: Uint8Array } }> {
  const tried = takeTry();
  const found = await findByUserCode(tx, userCodeHashes(ctx.safe.ring, userCode), hold).catch((thrown: unknown) => {
    // It was not looked at.
    tried.forgive();
    throw thrown;
  });
  if (!found || !isWaiting(found.signIn, now)) return refuse('device_sign_in_not_found', {});
  tried.forgive();
  return found;
}
