import { hashPassword } from '../../crypto/password-hash.ts';
import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { mustBeFitPassword } from '../../domain/sign-in-password.ts';
import { savePasswordHash } from '../../storage/credentials.ts';
import { findUser } from '../../storage/users.ts';
import { act, actReading } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';

/** Sets a user's password in place of the one before. */
export async function setPassword(ctx: Context, input: { username: string; password: string }): Promise<void> {
  const username = input.username.trim().toLowerCase();
  mustBeFitPassword(input.password, username);
  const attempt = { action: 'user.set-password', target: null } as const;
  const user = await actReading(ctx, attempt, async (tx, caller) => {
    mustMay('user.set-password', caller);
    return (await findUser(tx, username)) ?? refuse('user_not_found', { username: input.username });
  });
  const passwordHash = await hashPassword(ctx.safe.ring, String(user.id), input.password);
  await act(ctx, attempt, async (tx, caller, now) => {
    mustMay('user.set-password', caller);
    await savePasswordHash(tx, user.id, passwordHash, now);
    recordAdmin(tx, ctx, caller, 'user.password-set', `user:${user.id}`, {}, now);
  });
}
