import { mustMay } from '../../domain/access.ts';
import type { Group } from '../../domain/group.ts';
import { listGroups as loadGroups } from '../../storage/groups.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

export type ListedGroup = Group & { description: string; members: string[]; owner: string | null };

/** Every group by name, with its members' usernames and, of a private group, its owner's. */
export function listGroups(ctx: Context): Promise<ListedGroup[]> {
  return actReading(ctx, { action: 'group.list', target: null }, async (tx, caller) => {
    mustMay('group.list', caller);
    return loadGroups(tx);
  });
}
