import { type Caller, mustMay } from '../../domain/access.ts';
import { type Profile, type ProfileDraft, type Role, readProfile, readRole, type User } from '../../domain/user.ts';
import { deleteSessionsOf } from '../../storage/sessions.ts';
import type { Tx } from '../../storage/transaction.ts';
import { profileOf, saveUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { type Backing, done, doOrPropose, doUnlessAloneAfter, type Outcome } from '../proposals/make.ts';
import type { ShownProposal } from '../proposals/shown.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { mustLeaveAdmin } from './last-admin.ts';
import { loadUserByIdForUpdate, loadUserForUpdate } from './load-user.ts';
import { type ShownUser, showUser } from './show-user.ts';

export type UserDraft = Pick<ProfileDraft, 'name' | 'email'> & { role?: string | undefined };

/** A user as he now is, and the proposal of another role where a second administrator must confirm that. */
export type ChangedUser = { shown: ShownUser; proposal: ShownProposal | null };

/** Changes name, e-mail address and role; what is absent stays. A change of role ends his sessions. */
export function changeUser(ctx: Context, input: UserDraft & { username: string }): Promise<ChangedUser> {
  return act(ctx, { action: 'user.change', target: null }, async (tx, caller, now) => {
    mustMay('user.change', caller);
    const user = await loadUserForUpdate(tx, input.username);
    const profile = await changeProfile(tx, ctx, caller, user, input, now);
    const { proposal } = await changeRole(tx, ctx, caller, user, input.role, now);
    const changed = await loadUserByIdForUpdate(tx, user.id);
    return { shown: await showUser(tx, caller, changed, profile), proposal };
  });
}

async function changeProfile(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  user: User,
  draft: UserDraft,
  now: Date,
): Promise<Profile> {
  const before = await profileOf(tx, user);
  const profile = readProfile({ name: draft.name, email: draft.email }, before);
  const fields = (['name', 'email'] as const).filter((field) => profile[field] !== before[field]);
  if (fields.length === 0) return before;
  await saveUser(tx, user, profile);
  recordAdmin(tx, ctx, caller, 'user.changed', `user:${user.id}`, { fields }, now);
  return profile;
}

async function changeRole(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  user: User,
  wanted: string | undefined,
  now: Date,
): Promise<Outcome> {
  const role = wanted === undefined ? user.role : readRole(wanted);
  if (role === user.role) return done(false);
  const userId = user.id;
  if (role === 'admin') return makeAdmin(tx, ctx, caller, userId, now);
  // Before the others are counted: it holds them.
  await mustLeaveAdmin(tx, user);
  return doUnlessAloneAfter(tx, ctx, caller, { action: 'user.change', userId, role }, now, (backing) =>
    changeRoleStep(tx, ctx, caller, { userId, role }, backing, now),
  );
}

/** Makes a user an administrator, or a proposal of it. */
export function makeAdmin(tx: Tx, ctx: Context, caller: Caller, userId: number, now: Date): Promise<Outcome> {
  return doOrPropose(tx, ctx, caller, { action: 'user.change', userId, role: 'admin' }, now, (backing) =>
    changeRoleStep(tx, ctx, caller, { userId, role: 'admin' }, backing, now),
  );
}

export async function changeRoleStep(
  tx: Tx,
  ctx: Context,
  caller: Caller,
  { userId, role }: { userId: number; role: Role },
  backing: Backing,
  now: Date,
): Promise<boolean> {
  mustMay('user.change', caller);
  const user = await loadUserByIdForUpdate(tx, userId);
  if (user.role === role) return false;
  if (role === 'member') await mustLeaveAdmin(tx, user);
  await saveUser(tx, { ...user, role }, await profileOf(tx, user));
  await deleteSessionsOf(tx, user.id, null);
  const details = { fields: ['role'], from: user.role, to: role, ...backing };
  recordAdmin(tx, ctx, caller, 'user.changed', `user:${user.id}`, details, now);
  return true;
}
