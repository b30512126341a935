import { HashingBusy, type Line, passwordMatches } from '../../crypto/password-hash.ts';
import { refuse } from '../../domain/errors.ts';
import type { User } from '../../domain/user.ts';
import { passwordHashOf } from '../../storage/credentials.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { traced } from '../../tracing/spans.ts';
import type { Context } from '../safe.ts';

/** A try at a secret that can be guessed. It counts as a failure until it is forgiven. */
export type Try = { forgive(): void };

/** Counts tries, so that guessing is slow. Each is taken before the secret is looked at; refuses too_many_requests. */
export type Tries = {
  /** `known` names a session of this account or a device that signed in to it before; null for a stranger. */
  password(of: { account: string; address: string; known: string | null }, now: Date): Try;
  /** For who has shown the right password of that account. */
  code(account: string, now: Date): Try;
};

/** An account with its password hash as they were read before the password was checked. */
export type Account = { user: User; hash: string };

export async function accountOf(tx: ReadTx, user: User): Promise<Account> {
  return { user, hash: (await passwordHashOf(tx, user.id)) ?? '' };
}

const longestPassword = 1024;

/** Whether it is the password of an account that is not disabled. Without an account it takes as long. A stranger waits behind those who are known. */
export async function checkPassword(
  ctx: Context,
  account: Account | undefined,
  password: string,
  tried: Try,
  line: Line,
): Promise<boolean> {
  const isFit = Buffer.byteLength(password) <= longestPassword;
  const { user, hash } = account ?? { user: null, hash: '' };
  try {
    const matches = await unlessBusy(() =>
      passwordMatches(ctx.safe.ring, String(user?.id ?? 0), isFit ? password : '', hash, line),
    );
    const isRight = matches && isFit && user?.disabledAt === null;
    if (isRight) tried.forgive();
    return isRight;
  } catch (thrown) {
    // It was not looked at.
    tried.forgive();
    throw thrown;
  }
}

/** A safe with too many passwords at hand says so, in place of an unforeseen error. */
export async function unlessBusy<T>(hash: () => Promise<T>): Promise<T> {
  try {
    return await traced('crypto.hash-password', hash);
  } catch (thrown) {
    if (thrown instanceof HashingBusy) refuse('too_many_requests', { retryAfterSeconds: 1 });
    throw thrown;
  }
}
