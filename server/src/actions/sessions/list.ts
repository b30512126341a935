import { type Session, sessionIsLive } from '../../domain/session.ts';
import { loadPolicy } from '../../storage/policy.ts';
import { type Device, sessionsOf } from '../../storage/sessions.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustBeMe } from './own-session.ts';

export type ListedSession = Session & Device & { current: boolean };

/** The running sessions of whoever asks, the newest first. */
export function listSessions(ctx: Context): Promise<ListedSession[]> {
  return actReading(ctx, { action: 'session.list', target: null }, async (tx, caller, now) => {
    const me = mustBeMe('session.list', caller);
    const policy = await loadPolicy(tx);
    const sessions = (await sessionsOf(tx, me.user.id)).map((session) => ({
      ...session,
      usedAt: ctx.safe.uses.sessionUsedAt(session),
      current: session.id === me.session.id,
    }));
    return sessions.filter((session) => sessionIsLive(session, policy, now));
  });
}
