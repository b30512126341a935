import { hashPassword } from '../../crypto/password-hash.ts';
import { mustMay } from '../../domain/access.ts';
import { Refusal, refuse } from '../../domain/errors.ts';
import { mustBeFitPassword } from '../../domain/sign-in-password.ts';
import { readProfile, readRole, readUsername, type User } from '../../domain/user.ts';
import { nextNumber } from '../../storage/counters.ts';
import { savePasswordHash } from '../../storage/credentials.ts';
import { countUsers, findUser, insertUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';

export type NewUser = { username: string; password: string; name?: string; email?: string; role?: string };

/** Adds a user with a password of his own; the username is kept in lower case. */
export function addUser(ctx: Context, input: NewUser): Promise<User> {
  return enrol(ctx, input, 'user.add');
}

/** Makes the first administrator of a safe that has no user yet. */
export function setUpSafe(ctx: Context, input: NewUser): Promise<User> {
  return enrol(ctx, { ...input, role: 'admin' }, 'safe.set-up');
}

async function enrol(ctx: Context, input: NewUser, action: 'user.add' | 'safe.set-up'): Promise<User> {
  const username = readUsername(input.username);
  const role = readRole(input.role ?? 'member');
  const profile = readProfile(input, null);
  mustBeFitPassword(input.password, username);
  const taken = () => new Refusal('username_taken', { username });
  const mustBeFree = async (tx: Parameters<typeof findUser>[0]) => {
    if (action === 'safe.set-up' && (await countUsers(tx)).users > 0) refuse('already_set_up', {});
    if (await findUser(tx, username)) throw taken();
  };
  // The hash is bound to the user's id and slow to make: the id is taken first, and a gap is harmless.
  const id = await act(ctx, { action, target: null }, async (tx, caller) => {
    mustMay(action, caller);
    await mustBeFree(tx);
    return nextNumber(tx, 'user');
  });
  const passwordHash = await hashPassword(ctx.safe.ring, String(id), input.password);
  return act(ctx, { action, target: `user:${id}`, duplicate: taken }, async (tx, caller, now) => {
    mustMay(action, caller);
    await mustBeFree(tx);
    const user: User = { id, username, role, disabledAt: null, tokensFrom: null, createdAt: now };
    await insertUser(tx, user, profile);
    await savePasswordHash(tx, id, passwordHash, now);
    const event = action === 'safe.set-up' ? 'safe.set-up' : 'user.added';
    recordAdmin(tx, ctx, caller, event, `user:${id}`, { username, role }, now);
    return user;
  });
}
