import { saveGroup } from '../../storage/groups.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { type GroupName, loadGroup, targetOf } from './load-group.ts';

/** Disables a group: what was shared with it is closed to its members at once. */
export function disableGroup(ctx: Context, input: GroupName): Promise<{ changed: boolean }> {
  return act(
    ctx,
    { action: 'group.disable', target: targetOf(input) },
    async (tx, caller, now) => {
      const group = await loadGroup(tx, caller, 'group.disable', input);
      if (group.disabledAt !== null) return { changed: false };
      await saveGroup(tx, { ...group, disabledAt: now }, null);
      recordAdmin(tx, ctx, caller, 'group.disabled', targetOf(input), {}, now);
      return { changed: true };
    },
    keptWhole(),
  );
}
