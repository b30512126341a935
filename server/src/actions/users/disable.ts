import { mustMay } from '../../domain/access.ts';
import { profileOf, saveUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { mustLeaveAdmin } from './last-admin.ts';
import { loadUserForUpdate } from './load-user.ts';

/** Disables a user: his sessions, his access keys and their tokens end at once. The last active admin stays. */
export function disableUser(ctx: Context, input: { username: string }): Promise<{ changed: boolean }> {
  return act(
    ctx,
    { action: 'user.disable', target: null },
    async (tx, caller, now) => {
      mustMay('user.disable', caller);
      const user = await loadUserForUpdate(tx, input.username);
      if (user.disabledAt !== null) return { changed: false };
      await mustLeaveAdmin(tx, user);
      await saveUser(tx, { ...user, disabledAt: now }, await profileOf(tx, user));
      recordAdmin(tx, ctx, caller, 'user.disabled', `user:${user.id}`, {}, now);
      return { changed: true };
    },
    keptWhole(),
  );
}
