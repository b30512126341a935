import type { Context } from '../actions/safe.ts';
import { endSession } from '../actions/sessions/end.ts';
import { startSession } from '../actions/sessions/start.ts';

/** By what somebody on this host shows who he is. */
export type SignedAs = { username: string; password: string; code: string | null };

// Whoever reaches the socket can read the data folder: counting his tries would keep nobody out.
const uncounted = { forgive: () => undefined };
const tries = { password: () => uncounted, code: () => uncounted };

/**
 * Does something as a user who signs in for it: the operator of the host may do nothing with anyone's items. The session
 * is recorded, and ended behind it.
 */
export async function asUser<T>(ctx: Context, as: SignedAs, work: (own: Context) => Promise<T>): Promise<T> {
  const own = await signedIn(ctx, as);
  try {
    return await work(own);
  } finally {
    await endSession(own, null);
  }
}

/** The same for what tells how far it has come: the session lasts until nobody listens any more. */
export async function* asUserTelling<T>(
  ctx: Context,
  as: SignedAs,
  work: (own: Context) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const own = await signedIn(ctx, as);
  try {
    yield* work(own);
  } finally {
    await endSession(own, null);
  }
}

async function signedIn(ctx: Context, { username, password, code }: SignedAs): Promise<Context> {
  const shown = { username, password, code, recoveryCode: null, browser: 'arca', device: null };
  const { tokenHash } = await startSession({ ...ctx, credential: { kind: 'none' } }, shown, tries);
  return { ...ctx, credential: { kind: 'session', tokenHash } };
}
