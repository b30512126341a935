import { deleteMember, isMember } from '../../storage/groups.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type GroupName, loadGroup, loadUser, targetOf } from './load-group.ts';

/** Removes a member from a group; `changed` is false when he was none. */
export function removeMember(ctx: Context, input: GroupName & { member: string }): Promise<{ changed: boolean }> {
  return act(ctx, { action: 'group.remove-member', target: targetOf(input) }, async (tx, caller, now) => {
    const group = await loadGroup(tx, caller, 'group.remove-member', input);
    const user = await loadUser(tx, input.member);
    if (!(await isMember(tx, group.id, user.id))) return { changed: false };
    await deleteMember(tx, group.id, user.id);
    recordAdmin(tx, ctx, caller, 'group.member-removed', targetOf(input), { member: user.username }, now);
    return { changed: true };
  });
}
