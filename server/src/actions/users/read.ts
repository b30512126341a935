import { mustMay } from '../../domain/access.ts';
import { profileOf } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import { loadUser } from '../groups/load-group.ts';
import type { Context } from '../safe.ts';
import { type ShownUser, showUser } from './show-user.ts';

/** Reads one user: administrators see more of him than others. */
export function readUser(ctx: Context, input: { username: string }): Promise<ShownUser> {
  return actReading(ctx, { action: 'user.list', target: null }, async (tx, caller) => {
    mustMay('user.list', caller);
    const user = await loadUser(tx, input.username);
    return showUser(tx, caller, user, await profileOf(tx, user));
  });
}
