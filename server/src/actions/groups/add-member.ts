import { mustMay } from '../../domain/access.ts';
import { insertMember, isMember } from '../../storage/groups.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type GroupName, loadGroup, loadUser } from './load-group.ts';

/** Adds a member to a group; `changed` is false when he was one. */
export function addMember(ctx: Context, input: GroupName & { member: string }): Promise<{ changed: boolean }> {
  return act(ctx, { action: 'group.add-member', target: null }, async (tx, caller, now) => {
    mustMay('group.add-member', caller);
    const group = await loadGroup(tx, input);
    const user = await loadUser(tx, input.member);
    if (await isMember(tx, group.id, user.id)) return { changed: false };
    await insertMember(tx, group.id, user.id, now);
    recordAdmin(tx, ctx, caller, 'group.member-added', `group:${group.id}`, { member: user.username }, now);
    return { changed: true };
  });
}
