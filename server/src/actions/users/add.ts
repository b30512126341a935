import { hashPassword } from '../../crypto/password-hash.ts';
import { type Caller, mustMay } from '../../domain/access.ts';
import { Refusal, refuse } from '../../domain/errors.ts';
import { temporaryUntil } from '../../domain/sign-in-password.ts';
import { type Profile, type Role, readProfile, readRole, readUsername, type User } from '../../domain/user.ts';
import { nextNumber } from '../../storage/counters.ts';
import { saveCredential } from '../../storage/credentials.ts';
import { findProposal } from '../../storage/proposals.ts';
import { holdSafe } from '../../storage/safe-keys.ts';
import type { Tx } from '../../storage/transaction.ts';
import { countAllUsers, findUser, findUserByIdForUpdate, insertUser } from '../../storage/users.ts';
import { traced } from '../../tracing/spans.ts';
import { act } from '../act.ts';
import { mustFit, mustNotBeBreached } from '../fit-password.ts';
import { type ShownProposal, showProposal } from '../proposals/shown.ts';
import { recordAdmin } from '../record-admin.ts';
import type { RepeatMemory } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { makeAdmin } from './change.ts';

/** What an administrator sets in a session is always `temporary`: the user must change it, and within some days. */
export type NewUser = {
  username: string;
  password: string;
  name?: string;
  email?: string;
  role?: string;
  temporary?: boolean;
};

/** The user who was added, and the proposal to make him an administrator where a second one must confirm that. */
export type AddedUser = { user: User; proposal: ShownProposal | null };

/** Adds a user with a password of his own; the username is kept in lower case. */
export function addUser(ctx: Context, input: NewUser): Promise<AddedUser> {
  return enrol(ctx, input, 'user.add');
}

/** Makes the first administrator of a safe that has no user yet. */
export async function setUpSafe(ctx: Context, input: NewUser): Promise<User> {
  // A slip of the operator's pen is told before anything is recorded in a safe that is still empty.
  readNewUser(input);
  return (await enrol(ctx, { ...input, role: 'admin' }, 'safe.set-up')).user;
}

type Checked = { username: string; role: Role; profile: Profile };

async function enrol(ctx: Context, input: NewUser, action: 'user.add' | 'safe.set-up'): Promise<AddedUser> {
  // The hash is bound to the user's id and slow to make: the id is taken first, and a gap is harmless.
  const { id, checked } = await takeId(ctx, input, action);
  await mustNotBeBreached(ctx.safe, input.password);
  const passwordHash = await traced('crypto.hash-password', () =>
    hashPassword(ctx.safe.ring, String(id), input.password),
  );
  const { username, role, profile } = checked;
  const taken = () => new Refusal('username_taken', { username });
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<AddedUser> => {
    mustMay(action, caller);
    await mustBeFree(tx, action, username);
    // Whoever becomes an administrator may have to wait for a second one.
    const isRaised = role === 'admin' && caller.kind === 'session';
    const user: User = {
      id,
      username,
      role: isRaised ? 'member' : role,
      disabledAt: null,
      tokensFrom: null,
      createdAt: now,
    };
    await insertUser(tx, user, profile);
    const isTemporary = action === 'user.add' && (caller.kind === 'session' || input.temporary === true);
    await saveCredential(tx, id, { hash: passwordHash, temporaryUntil: isTemporary ? temporaryUntil(now) : null }, now);
    const event = action === 'safe.set-up' ? 'safe.set-up' : 'user.added';
    recordAdmin(tx, ctx, caller, event, `user:${id}`, { username, role: user.role }, now);
    if (!isRaised) return { user, proposal: null };
    const { changed, proposal } = await makeAdmin(tx, ctx, caller, id, now);
    return { user: changed ? { ...user, role } : user, proposal };
  };
  const attempt = { action, target: `user:${id}`, duplicate: taken } as const;
  return act(secondStep(ctx), attempt, steps, addedMemory);
}

/** Checks what was sent, and takes the id; a request that is sent again gets the one that it got before. */
function takeId(
  ctx: Context,
  input: NewUser,
  action: 'user.add' | 'safe.set-up',
): Promise<{ id: number; checked: Checked }> {
  const steps = async (tx: Tx, caller: Caller) => {
    mustMay(action, caller);
    const checked = readNewUser(input);
    await mustBeFree(tx, action, checked.username);
    return { id: await nextNumber(tx, 'user'), checked };
  };
  return act(ctx, { action, target: null }, steps, {
    keep: ({ id }) => id,
    rebuild(_tx, caller, id) {
      mustMay(action, caller);
      return { id: id as number, checked: readNewUser(input) };
    },
  });
}

function readNewUser(input: NewUser): Checked {
  const username = readUsername(input.username);
  mustFit(input.password, username);
  return { username, role: readRole(input.role ?? 'member'), profile: readProfile(input, null) };
}

async function mustBeFree(tx: Tx, action: 'user.add' | 'safe.set-up', username: string): Promise<void> {
  if (action === 'safe.set-up') {
    await holdSafe(tx);
    if ((await countAllUsers(tx)) > 0) refuse('already_set_up', {});
  }
  if (await findUser(tx, username)) refuse('username_taken', { username });
}

/** The second step of one request is remembered under a key of its own. */
function secondStep(ctx: Context): Context {
  return ctx.repeat ? { ...ctx, repeat: { ...ctx.repeat, key: `${ctx.repeat.key}#2` } } : ctx;
}

type Kept = { user: number; proposal: number | null };

const addedMemory: RepeatMemory<AddedUser> = {
  keep: ({ user, proposal }): Kept => ({ user: user.id, proposal: proposal?.id ?? null }),
  async rebuild(tx, caller, kept, now) {
    mustMay('user.add', caller);
    const { user: userId, proposal: proposalId } = kept as Kept;
    const user = (await findUserByIdForUpdate(tx, userId)) ?? refuse('user_not_found', { username: '' });
    const proposal = proposalId === null ? undefined : await findProposal(tx, proposalId);
    return { user, proposal: proposal ? await showProposal(tx, proposal, now) : null };
  },
};
