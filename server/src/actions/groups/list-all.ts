import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { Group } from '../../domain/group.ts';
import { listGroups } from '../../storage/group-lists.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

type ListedGroup = Group & { description: string; members: string[]; owner: string | null };

/**
 * Every group by name, with its members' usernames and, of a private group, its owner's: for the operator of the host.
 */
export function listAllGroups(ctx: Context): Promise<ListedGroup[]> {
  return actReading(ctx, { action: 'group.list', target: null }, async (tx, caller) => {
    mustMay('group.list', caller);
    if (caller.kind !== 'operator') refuse('access_denied', {});
    return listGroups(tx);
  });
}
