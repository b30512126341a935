import { refuse } from '../../domain/errors.ts';
import { deleteSession, deleteSessionsOf, findSessionForUpdate } from '../../storage/sessions.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustBeMe, recordOwn } from './own-session.ts';

/** Ends one of the caller's sessions; null ends the one that he is in. Tells whether it was that. */
export function endSession(ctx: Context, id: string | null): Promise<{ current: boolean }> {
  return act(ctx, { action: 'session.end', target: null }, async (tx, caller, now) => {
    const me = mustBeMe('session.end', caller);
    const session = id === null ? me.session : await findSessionForUpdate(tx, id);
    if (!session || session.userId !== me.user.id) return refuse('session_not_found', {});
    await deleteSession(tx, session.id);
    const why = id === null ? 'signed-out' : 'ended';
    recordOwn(tx, ctx, me, 'session.ended', { ended: session.id, why }, now);
    return { current: session.id === me.session.id };
  });
}

/** Ends all sessions of the caller but the one that he is in. */
export function endOtherSessions(ctx: Context): Promise<{ ended: number }> {
  return act(ctx, { action: 'session.end', target: null }, async (tx, caller, now) => {
    const me = mustBeMe('session.end', caller);
    const ended = await deleteSessionsOf(tx, me.user.id, me.session.id);
    if (ended > 0) recordOwn(tx, ctx, me, 'session.ended', { others: ended, why: 'ended' }, now);
    return { ended };
  });
}
