import { mustMay } from '../../domain/access.ts';
import { Refusal, refuse } from '../../domain/errors.ts';
import { type Group, readGroupName } from '../../domain/group.ts';
import { nextNumber } from '../../storage/counters.ts';
import { findPrivateGroup, findUserGroup, insertGroup, insertMember } from '../../storage/groups.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { loadUser } from './load-group.ts';

export type NewGroup = {
  name: string;
  /** Username of the owner of a private group; absent for a user group. */
  owner?: string;
  description?: string;
  members?: readonly string[];
  membersVisible?: boolean;
};

/** Adds a user group, or a private group with its owner, who is a member only if he is listed. */
export function addGroup(ctx: Context, input: NewGroup): Promise<Group> {
  const name = readGroupName(input.name);
  const taken = () => new Refusal('group_name_taken', { name });
  return act(ctx, { action: 'group.add', target: null, duplicate: taken }, async (tx, caller, now) => {
    mustMay('group.add', caller);
    const owner = input.owner === undefined ? null : await loadUser(tx, input.owner);
    const known = owner ? await findPrivateGroup(tx, name, owner.id) : await findUserGroup(tx, name);
    if (known) refuse('group_name_taken', { name });
    const group: Group = {
      id: await nextNumber(tx, 'group'),
      name,
      ownerId: owner?.id ?? null,
      membersVisible: input.membersVisible ?? true,
      disabledAt: null,
      createdAt: now,
    };
    await insertGroup(tx, group, input.description ?? '');
    const members = new Map<number, string>();
    for (const username of input.members ?? []) {
      const user = await loadUser(tx, username);
      members.set(user.id, user.username);
    }
    for (const userId of members.keys()) await insertMember(tx, group.id, userId, now);
    const details = { name, members: [...members.values()] };
    recordAdmin(tx, ctx, caller, 'group.added', `group:${group.id}`, details, now);
    return group;
  });
}
