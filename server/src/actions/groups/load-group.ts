import { type Action, type Caller, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { Group } from '../../domain/group.ts';
import type { User } from '../../domain/user.ts';
import { findGroupById, findGroupForUpdate } from '../../storage/groups.ts';
import type { ReadTx, Tx } from '../../storage/transaction.ts';
import { findUser } from '../../storage/users.ts';

/** What names a group: its id, and whether it is meant as a user group or as a private group. */
export type GroupName = { id: number; isPrivate: boolean };

type GroupAction = Extract<Action, `group.${string}`>;

export const targetOf = ({ id }: GroupName): string => `group:${id}`;

/** A group that the caller may do this to, held for update. A private group of someone else looks like none. */
export async function loadGroup(tx: Tx, caller: Caller, action: GroupAction, name: GroupName): Promise<Group> {
  const userId = caller.kind === 'operator' ? null : caller.user.id;
  // Asked before anything is looked up: who may not hears the same of any id.
  mustMay(action, caller, name.isPrivate ? userId : null);
  const group = await findGroupForUpdate(tx, name.id);
  if (!group || isOther(group, name)) return groupNotFound(name);
  const isForeign = group.ownerId !== null && userId !== null && group.ownerId !== userId;
  return isForeign ? groupNotFound(name) : group;
}

/** A group by its id alone, whoever asks. */
export async function findNamedGroup(tx: ReadTx, name: GroupName): Promise<Group> {
  const group = await findGroupById(tx, name.id);
  return !group || isOther(group, name) ? groupNotFound(name) : group;
}

function isOther({ ownerId }: Group, { isPrivate }: GroupName): boolean {
  return (ownerId !== null) !== isPrivate;
}

export function groupNotFound({ id }: GroupName): never {
  return refuse('group_not_found', { name: String(id) });
}

export async function loadUser(tx: ReadTx, username: string): Promise<User> {
  return (await findUser(tx, username.trim().toLowerCase())) ?? refuse('user_not_found', { username });
}
