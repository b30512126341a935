import { mustMay } from '../../domain/access.ts';
import { saveGroup } from '../../storage/groups.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type GroupName, loadGroup } from './load-group.ts';

/** Disables a group: what was shared with it is closed to its members at once. */
export function disableGroup(ctx: Context, input: GroupName): Promise<{ changed: boolean }> {
  return act(ctx, { action: 'group.disable', target: null }, async (tx, caller, now) => {
    mustMay('group.disable', caller);
    const group = await loadGroup(tx, input);
    if (group.disabledAt !== null) return { changed: false };
    await saveGroup(tx, { ...group, disabledAt: now });
    recordAdmin(tx, ctx, caller, 'group.disabled', `group:${group.id}`, {}, now);
    return { changed: true };
  });
}
