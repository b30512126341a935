import type { Profile, User } from '../../domain/user.ts';
import { countUnusedRecoveryCodes, secondFactorOf } from '../../storage/second-factors.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { profileOf } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustBeMe } from '../sessions/own-session.ts';

/** What a person sees of his own account. */
export type OwnProfile = Pick<User, 'username' | 'role' | 'createdAt'> &
  Profile & {
    /** Since when a second factor is enrolled; null without. */
    enrolledAt: Date | null;
    unusedRecoveryCodes: number;
  };

export function readProfile(ctx: Context): Promise<OwnProfile> {
  return actReading(ctx, { action: 'profile.read', target: null }, async (tx, caller) =>
    ownProfile(tx, mustBeMe('profile.read', caller).user),
  );
}

export async function ownProfile(tx: ReadTx, user: User): Promise<OwnProfile> {
  const { username, role, createdAt } = user;
  const factor = await secondFactorOf(tx, user.id, 'none');
  return {
    username,
    role,
    createdAt,
    ...(await profileOf(tx, user)),
    enrolledAt: factor?.confirmedAt ?? null,
    unusedRecoveryCodes: await countUnusedRecoveryCodes(tx, user.id),
  };
}
