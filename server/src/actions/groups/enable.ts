import { mustMay } from '../../domain/access.ts';
import { saveGroup } from '../../storage/groups.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type GroupName, loadGroup } from './load-group.ts';

/** Enables a group again, with the shares and members that it had. */
export function enableGroup(ctx: Context, input: GroupName): Promise<{ changed: boolean }> {
  return act(ctx, { action: 'group.enable', target: null }, async (tx, caller, now) => {
    mustMay('group.enable', caller);
    const group = await loadGroup(tx, input);
    if (group.disabledAt === null) return { changed: false };
    await saveGroup(tx, { ...group, disabledAt: null });
    recordAdmin(tx, ctx, caller, 'group.enabled', `group:${group.id}`, {}, now);
    return { changed: true };
  });
}
