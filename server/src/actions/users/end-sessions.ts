import { mustMay } from '../../domain/access.ts';
import { deleteSessionsOf } from '../../storage/sessions.ts';
import { act } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import { keptWhole } from '../repeat.ts';
import type { Context } from '../safe.ts';
import { loadUserForUpdate } from './load-user.ts';

/** Ends every session of a user, the caller's own with the rest when he is that user. */
export function endUserSessions(ctx: Context, input: { username: string }): Promise<{ changed: boolean }> {
  return act(
    ctx,
    { action: 'user.end-sessions', target: null },
    async (tx, caller, now) => {
      mustMay('user.end-sessions', caller);
      const user = await loadUserForUpdate(tx, input.username);
      const changed = (await deleteSessionsOf(tx, user.id, null)) > 0;
      if (changed) recordAdmin(tx, ctx, caller, 'user.sessions-ended', `user:${user.id}`, {}, now);
      return { changed };
    },
    keptWhole(),
  );
}
