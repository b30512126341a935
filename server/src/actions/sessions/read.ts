import { mayMakeKeys } from '../../domain/policy.ts';
import { endsOf, type Session, sudoUntil } from '../../domain/session.ts';
import type { Profile, User } from '../../domain/user.ts';
import { enabledGroupsOf } from '../../storage/groups.ts';
import { loadPolicy } from '../../storage/policy.ts';
import { secondFactorOf } from '../../storage/second-factors.ts';
import { profileOf } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustBeMe } from './own-session.ts';

/** Who is in a session, until when, and what he may do in it beyond what everyone may. */
export type SessionState = {
  session: Session;
  user: User;
  profile: Profile;
  endsAt: Date;
  idleEndsAt: Date;
  /** Null when dangerous acts ask for a new proof. */
  provenUntil: Date | null;
  enrolled: boolean;
  mustEnrol: boolean;
  mustChangePassword: boolean;
  may: { makeKeys: boolean; administer: boolean };
};

export function readSession(ctx: Context): Promise<SessionState> {
  return actReading(ctx, { action: 'session.read', target: null }, async (tx, caller, now) => {
    const { session, user, mustEnrol } = mustBeMe('session.read', caller);
    const { mustChangePassword } = session;
    const isHeld = mustEnrol || mustChangePassword;
    const policy = await loadPolicy(tx);
    const groups = await enabledGroupsOf(tx, user.id);
    const factor = await secondFactorOf(tx, user.id, 'none');
    return {
      session,
      user,
      profile: await profileOf(tx, user),
      // This very call is a use.
      ...endsOf({ ...session, usedAt: now }, policy),
      provenUntil: sudoUntil(session, now),
      enrolled: factor !== undefined && factor.confirmedAt !== null,
      mustEnrol,
      mustChangePassword,
      may: {
        makeKeys: !isHeld && mayMakeKeys(policy, user, groups),
        administer: !isHeld && user.role === 'admin',
      },
    };
  });
}
