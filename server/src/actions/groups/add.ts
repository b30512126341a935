import { type Caller, mustBePerson, mustMay } from '../../domain/access.ts';
import { Refusal, refuse } from '../../domain/errors.ts';
import { type Group, mustHoldMembers, readGroupDescription, readGroupName } from '../../domain/group.ts';
import type { User } from '../../domain/user.ts';
import { nextNumber } from '../../storage/counters.ts';
import { findGroupById, findPrivateGroup, findUserGroup, insertGroup, insertMember } from '../../storage/groups.ts';
import type { Tx } from '../../storage/transaction.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { loadUser } from './load-group.ts';

export type NewGroup = {
  name: string;
  /** Username of the owner of a private group; absent for a user group. */
  owner?: string;
  /** A private group of the caller's own. */
  isPrivate?: boolean;
  description?: string;
  members?: readonly string[];
  membersVisible?: boolean;
};

/** Adds a user group, or a private group with its owner, who is a member only if he is listed. */
export function addGroup(ctx: Context, input: NewGroup): Promise<Group> {
  const taken = () => new Refusal('group_name_taken', { name: input.name.trim() });
  const steps = async (tx: Tx, caller: Caller, now: Date): Promise<Group> => {
    const owner = await ownerOf(tx, caller, input);
    mustMay('group.add', caller, owner?.id ?? null);
    const name = readGroupName(input.name);
    const description = readGroupDescription(input.description ?? '');
    const known = owner ? await findPrivateGroup(tx, name, owner.id) : await findUserGroup(tx, name);
    if (known) throw taken();
    const members = new Map<number, string>();
    for (const username of input.members ?? []) {
      const user = await loadUser(tx, username);
      members.set(user.id, user.username);
    }
    mustHoldMembers(members.size);
    const group: Group = {
      id: await nextNumber(tx, 'group'),
      name,
      ownerId: owner?.id ?? null,
      membersVisible: input.membersVisible ?? true,
      disabledAt: null,
      createdAt: now,
    };
    await insertGroup(tx, group, description);
    for (const userId of members.keys()) await insertMember(tx, group.id, userId, now);
    const details = { name, members: [...members.values()] };
    recordAdmin(tx, ctx, caller, 'group.added', `group:${group.id}`, details, now);
    return group;
  };
  return act(ctx, { action: 'group.add', target: null, duplicate: taken }, steps, {
    keep: ({ id }) => id,
    async rebuild(tx, caller, id) {
      const group = (await findGroupById(tx, id as number)) ?? refuse('group_not_found', { name: input.name });
      mustMay('group.add', caller, group.ownerId);
      return group;
    },
  });
}

async function ownerOf(tx: Tx, caller: Caller, { owner, isPrivate }: NewGroup): Promise<User | null> {
  if (owner !== undefined) return loadUser(tx, owner);
  return isPrivate ? mustBePerson(caller).user : null;
}
