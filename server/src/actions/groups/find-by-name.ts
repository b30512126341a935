import { type Action, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { findPrivateGroup, findUserGroup } from '../../storage/groups.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { type GroupName, loadUser } from './load-group.ts';

/** A group as the operator types it: a user group by its name, a private group by its owner's username too. */
export type TypedGroup = { name: string; owner?: string };

/** Finds the id of a group that is typed by name; when there is none it is `action` that was refused. */
export function findGroupByName(
  ctx: Context,
  action: Extract<Action, `group.${string}`>,
  { name, owner }: TypedGroup,
): Promise<GroupName> {
  return actReading(ctx, { action, target: null }, async (tx, caller) => {
    mustMay(action, caller);
    if (caller.kind !== 'operator') refuse('access_denied', {});
    const isPrivate = owner !== undefined;
    const group = isPrivate
      ? await findPrivateGroup(tx, name, (await loadUser(tx, owner)).id)
      : await findUserGroup(tx, name);
    return group ? { id: group.id, isPrivate } : refuse('group_not_found', { name });
  });
}
