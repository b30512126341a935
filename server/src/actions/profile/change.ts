import { mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { type ProfileDraft, readProfile } from '../../domain/user.ts';
import { findUserForUpdate, profileOf, saveUser } from '../../storage/users.ts';
import { act } from '../act.ts';
import type { Context } from '../safe.ts';
import { mustBeMe, recordOwn } from '../sessions/own-session.ts';
import { type OwnProfile, ownProfile } from './read.ts';

/** Changes name, locale or e-mail of whoever asks; another e-mail address wants a fresh proof. */
export function changeProfile(ctx: Context, draft: ProfileDraft): Promise<OwnProfile> {
  return act(ctx, { action: 'profile.change', target: null }, async (tx, caller, now) => {
    const me = mustBeMe('profile.change', caller);
    const user = (await findUserForUpdate(tx, me.user.username)) ?? refuse('token_invalid', {});
    const before = await profileOf(tx, user);
    const profile = readProfile(draft, before);
    if (profile.email !== before.email) mustMay('profile.change-email', caller);
    const fields = (['name', 'email', 'locale'] as const).filter((field) => profile[field] !== before[field]);
    if (fields.length > 0) {
      await saveUser(tx, user, profile);
      recordOwn(tx, ctx, me, 'profile.changed', { fields }, now);
    }
    return ownProfile(tx, user);
  });
}
