import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { findUserForUpdate, profileOf, saveUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';

/**
 * Enables a user again; his access keys work again, as far as they were not revoked, with
 * new tokens: those from before have ended.
 */
export function enableUser(ctx: Context, input: { username: string }): Promise<{ changed: boolean }> {
  return act(ctx, { action: 'user.enable', target: null }, async (tx, caller, now) => {
    mustMay('user.enable', caller);
    const user = await findUserForUpdate(tx, input.username.trim().toLowerCase());
    if (!user) return refuse('user_not_found', { username: input.username });
    if (user.disabledAt === null) return { changed: false };
    await saveUser(tx, { ...user, disabledAt: null, tokensFrom: now }, await profileOf(tx, user));
    recordAdmin(tx, ctx, caller, 'user.enabled', `user:${user.id}`, {}, now);
    return { changed: true };
  });
}
