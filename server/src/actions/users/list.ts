import { mustMay } from '../../domain/access.ts';
import type { Profile, User } from '../../domain/user.ts';
import { listUsers as loadUsers } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

/** Every user by username, with name and e-mail. */
export function listUsers(ctx: Context): Promise<(Omit<User, 'tokensFrom'> & Profile)[]> {
  return actReading(ctx, { action: 'user.list', target: null }, async (tx, caller) => {
    mustMay('user.list', caller);
    return (await loadUsers(tx)).map(({ tokensFrom: _, ...shown }) => shown);
  });
}
