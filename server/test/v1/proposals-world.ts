import { auditEntries } from '../audit-left.ts';
import { type Answer, anyPassword, type SignedIn, type TestSafe } from '../start-safe.ts';
import { done } from './problem.ts';
import { enrol } from './sign-in-steps.ts';

export type Proposal = {
  id: number;
  action: string;
  state: string;
  proposedBy: string;
  username: string | null;
  groupId: number | null;
  group: string | null;
  role: string | null;
  heir: string | null;
  createdAt: string;
  endsAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
};
export type Outcome = { changed: boolean; proposal: Proposal | null };
export type Page = { proposals: Proposal[]; next: string | null };

export const proposals = '/api/v1/proposals';
export const users = '/api/v1/users';
export const groups = '/api/v1/user-groups';
export const note = '/api/v1/items/note';
export const otherPassword = 'eight copper bells 52';
export const key = (text: string) => ({ 'idempotency-key': text });

/** A note is shared with the groups Readers and Closed, which is disabled; root is the only administrator. */
export type World = { safe: TestSafe; root: SignedIn; groupId: number; closedId: number; number: number };

/** Somebody with a second factor, whose password alone is not enough. */
async function enrolAnew(safe: TestSafe, username: string): Promise<void> {
  await enrol(await safe.signIn(username), new Date());
}

export async function makeWorld(safe: TestSafe, root: SignedIn): Promise<World> {
  for (const username of ['paul', 'nobody']) await safe.signIn(username);
  await safe.operator.run('user.add', { username: 'retired', password: anyPassword, role: 'admin' });
  await safe.operator.run('user.disable', { username: 'retired' });
  await enrolAnew(safe, 'holder');
  const owner = await safe.signIn('owner');
  const { number } = done<{ number: number }>(await owner.call('POST', note, { name: 'a', note: 'x' }), 201);
  const { id: groupId } = await safe.operator.run('group.add', { name: 'Readers', members: ['nobody'] });
  const { id: closedId } = await safe.operator.run('group.add', { name: 'Closed', members: ['nobody'] });
  for (const id of [groupId, closedId]) {
    done(await owner.call('PUT', `${note}/${number}/shares/groups/${id}`, { role: 'viewer' }));
  }
  await safe.operator.run('group.disable', { name: 'Closed' });
  return { safe, root, groupId, closedId, number };
}

/** What needs a second administrator: how it is asked for, what the proposal tells, and whether it has been done. */
export type Act = {
  action: string;
  method: string;
  path(world: World): string;
  body?: object;
  about(world: World): Partial<Proposal>;
  event: string;
  /** What the entry of the act tells beside who stands behind it. */
  details: object;
  isDone(world: World): Promise<boolean>;
  undo(world: World): Promise<unknown>;
};

const signInWith = async (safe: TestSafe, username: string, password: string) =>
  (await safe.call('POST', '/api/v1/session', { username, password })).status === 201;
const roleOf = async ({ root }: World, username: string) =>
  done<{ role: string; enabled: boolean }>(await root.call('GET', `${users}/${username}`));

export const acts: readonly Act[] = [
  {
    action: 'user.set-password',
    method: 'POST',
    path: () => `${users}/paul/password`,
    body: { password: otherPassword },
    about: () => ({ username: 'paul' }),
    event: 'user.password-set',
    details: {},
    isDone: ({ safe }) => signInWith(safe, 'paul', otherPassword),
    undo: ({ safe }) => safe.operator.run('user.set-password', { username: 'paul', password: anyPassword }),
  },
  {
    action: 'user.change',
    method: 'PATCH',
    path: () => `${users}/paul`,
    body: { role: 'admin' },
    about: () => ({ username: 'paul', role: 'admin' }),
    event: 'user.changed',
    details: { fields: ['role'], from: 'member', to: 'admin' },
    isDone: async (world) => (await roleOf(world, 'paul')).role === 'admin',
    // Steps down himself: whoever takes the last other administrator away needs his word.
    undo: async ({ safe }) =>
      done(await (await safe.signIn('paul')).call('PATCH', `${users}/paul`, { role: 'member' })),
  },
  {
    action: 'user.enable',
    method: 'POST',
    path: () => `${users}/retired/enable`,
    about: () => ({ username: 'retired' }),
    event: 'user.enabled',
    details: {},
    isDone: async (world) => (await roleOf(world, 'retired')).enabled,
    undo: ({ safe }) => safe.operator.run('user.disable', { username: 'retired' }),
  },
  {
    action: 'user.remove-second-factor',
    method: 'POST',
    path: () => `${users}/holder/remove-second-factor`,
    about: () => ({ username: 'holder' }),
    event: 'user.second-factor-removed',
    details: {},
    isDone: ({ safe }) => signInWith(safe, 'holder', anyPassword),
    undo: ({ safe }) => enrolAnew(safe, 'holder'),
  },
  {
    action: 'group.add-member',
    method: 'PUT',
    path: ({ groupId }) => `${groups}/${groupId}/members/paul`,
    about: ({ groupId }) => ({ username: 'paul', groupId, group: 'Readers' }),
    event: 'group.member-added',
    details: { member: 'paul' },
    isDone: async ({ safe, number }) =>
      (await (await safe.signIn('paul')).call('GET', `${note}/${number}`)).status === 200,
    undo: ({ safe }) => safe.operator.run('group.remove-member', { name: 'Readers', member: 'paul' }),
  },
  {
    action: 'group.enable',
    method: 'POST',
    path: ({ closedId }) => `${groups}/${closedId}/enable`,
    about: ({ closedId }) => ({ groupId: closedId, group: 'Closed' }),
    event: 'group.enabled',
    details: {},
    isDone: async ({ root, closedId }) =>
      done<{ enabled: boolean }>(await root.call('GET', `${groups}/${closedId}`)).enabled,
    undo: ({ safe }) => safe.operator.run('group.disable', { name: 'Closed' }),
  },
];

export const [setPassword, , , removeFactor, addMember, enableGroup] = acts as [Act, Act, Act, Act, Act, Act];

export const ask = (world: World, act: Act, who = world.root) => who.call(act.method, act.path(world), act.body);

export const outcomeOf = (answer: Answer, status: number) => done<Outcome>(answer, status);

export async function propose(world: World, act: Act, who = world.root): Promise<Proposal> {
  return outcomeOf(await ask(world, act, who), 202).proposal as Proposal;
}

export function decide(who: SignedIn, verb: 'confirm' | 'reject', { id }: { id: number }, headers = {}) {
  return who.call('POST', `${proposals}/${id}/${verb}`, undefined, headers);
}

export async function list(who: SignedIn, query = ''): Promise<Proposal[]> {
  return done<Page>(await who.call('GET', `${proposals}?${query}`)).proposals;
}

/** The entries of a request, without the session that they were made in. */
export async function entriesOf({ safe }: World, answer: Answer) {
  return (await auditEntries(safe, answer)).map(({ event, user, target, details: { session: _, ...details } }) => ({
    event,
    user,
    target,
    details,
  }));
}
