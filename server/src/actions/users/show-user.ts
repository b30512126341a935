import { type Caller, mustBePerson } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { Profile, User } from '../../domain/user.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { factsOf, type UserFacts } from '../../storage/users.ts';

type WithProfile = { user: User; profile: Profile };

/** A user as others see him; `facts` is null for those who are no administrators. */
export type ShownUser = WithProfile & { facts: UserFacts | null };

/** Users as this caller may see them. */
export async function showUsers(tx: ReadTx, caller: Caller, users: readonly WithProfile[]): Promise<ShownUser[]> {
  if (mustBePerson(caller).user.role !== 'admin') return users.map((one) => ({ ...one, facts: null }));
  const facts = await factsOf(
    tx,
    users.map(({ user }) => user.id),
  );
  return users.map((one) => ({ ...one, facts: facts.get(one.user.id) ?? null }));
}

export async function showUser(tx: ReadTx, caller: Caller, user: User, profile: Profile): Promise<ShownUser> {
  const [shown] = await showUsers(tx, caller, [{ user, profile }]);
  return shown ?? refuse('user_not_found', { username: user.username });
}
