import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import type { Profile, User } from '../../domain/user.ts';
import { listUsers } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

/** Every user by username, with name and e-mail: for the operator of the host. */
export function listAllUsers(ctx: Context): Promise<(Omit<User, 'tokensFrom'> & Omit<Profile, 'locale'>)[]> {
  return actReading(ctx, { action: 'user.list', target: null }, async (tx, caller) => {
    mustMay('user.list', caller);
    if (caller.kind !== 'operator') refuse('access_denied', {});
    return (await listUsers(tx)).map(({ tokensFrom: _, locale: __, ...shown }) => shown);
  });
}
