import { refuse } from '../../domain/errors.ts';
import type { Group } from '../../domain/group.ts';
import type { User } from '../../domain/user.ts';
import { findPrivateGroup, findUserGroup } from '../../storage/groups.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { findUser } from '../../storage/users.ts';

/** What names a group: a user group by its name, a private group by its owner too. */
export type GroupName = { name: string; owner?: string };

export async function loadGroup(tx: ReadTx, { name, owner }: GroupName): Promise<Group> {
  const group =
    owner === undefined
      ? await findUserGroup(tx, name)
      : await findPrivateGroup(tx, name, (await loadUser(tx, owner)).id);
  return group ?? refuse('group_not_found', { name });
}

export async function loadUser(tx: ReadTx, username: string): Promise<User> {
  return (await findUser(tx, username.trim().toLowerCase())) ?? refuse('user_not_found', { username });
}
