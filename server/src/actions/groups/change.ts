import { Refusal } from '../../domain/errors.ts';
import { readGroupDescription, readGroupName } from '../../domain/group.ts';
import { descriptionOf, findPrivateGroup, findUserGroup, saveGroup } from '../../storage/groups.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type GroupName, loadGroup, targetOf } from './load-group.ts';

export type GroupDraft = {
  name?: string | undefined;
  description?: string | undefined;
  membersVisible?: boolean | undefined;
};

/** Changes a group's name, description and whether its members may see each other; what is absent stays. */
export function changeGroup(ctx: Context, input: GroupName & GroupDraft): Promise<{ changed: boolean }> {
  const taken = () => new Refusal('group_name_taken', { name: input.name?.trim() ?? '' });
  const attempt = { action: 'group.change', target: targetOf(input), duplicate: taken } as const;
  return act(ctx, attempt, async (tx, caller, now) => {
    const group = await loadGroup(tx, caller, 'group.change', input);
    const before = { ...group, description: await descriptionOf(tx, group) };
    const next = {
      ...before,
      name: input.name === undefined ? group.name : readGroupName(input.name),
      description: input.description === undefined ? before.description : readGroupDescription(input.description),
      membersVisible: input.membersVisible ?? group.membersVisible,
    };
    const fields = (['name', 'description', 'membersVisible'] as const).filter((one) => next[one] !== before[one]);
    if (fields.length === 0) return { changed: false };
    const { name, ownerId } = next;
    const known = ownerId === null ? await findUserGroup(tx, name) : await findPrivateGroup(tx, name, ownerId);
    if (known && known.id !== group.id) throw taken();
    await saveGroup(tx, next, next.description);
    const renamed = fields.includes('name') ? { from: group.name, to: name } : {};
    recordAdmin(tx, ctx, caller, 'group.changed', targetOf(input), { fields, ...renamed }, now);
    return { changed: true };
  });
}
