import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { countUsers, findUserForUpdate, profileOf, saveUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';

/** Disables a user: his access keys and their tokens end at once. The last active admin stays. */
export function disableUser(ctx: Context, input: { username: string }): Promise<{ changed: boolean }> {
  return act(ctx, { action: 'user.disable', target: null }, async (tx, caller, now) => {
    mustMay('user.disable', caller);
    const user = await findUserForUpdate(tx, input.username.trim().toLowerCase());
    if (!user) return refuse('user_not_found', { username: input.username });
    if (user.disabledAt !== null) return { changed: false };
    if (user.role === 'admin' && (await countUsers(tx)).activeAdmins <= 1) refuse('last_admin', {});
    await saveUser(tx, { ...user, disabledAt: now }, await profileOf(tx, user));
    recordAdmin(tx, ctx, caller, 'user.disabled', `user:${user.id}`, {}, now);
    return { changed: true };
  });
}
