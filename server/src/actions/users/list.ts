import { mustBePerson, mustMay } from '../../domain/access.ts';
import { refuse } from '../../domain/errors.ts';
import { normalized } from '../../domain/text.ts';
import type { Role } from '../../domain/user.ts';
import { findUser, profileOf, usersAfter } from '../../storage/users.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { hasWords, pageOf } from './page-of.ts';
import { type ShownUser, showUsers } from './show-user.ts';

export type UserSearch = {
  /** Words that must all occur in username and name, for administrators in the e-mail address too; '' for any. */
  words: string;
  enabled: boolean | null;
  /** For administrators: others do not learn who is one. */
  role: Role | null;
  most: number;
  /** As an earlier page gave it. */
  cursor: string | null;
};

/** A page of users by username. */
export function listUsers(ctx: Context, search: UserSearch): Promise<{ users: ShownUser[]; next: string | null }> {
  return actReading(ctx, { action: 'user.list', target: null }, async (tx, caller) => {
    mustMay('user.list', caller);
    const { user: me } = mustBePerson(caller);
    const isAdmin = me.role === 'admin';
    if (search.role !== null && !isAdmin) refuse('access_denied', {});
    // A username never changes and is never removed.
    const last = search.cursor === null ? null : await findUser(tx, search.cursor);
    if (last === undefined) return refuse('cursor_invalid', {});
    const after = last && { user: last, profile: await profileOf(tx, last) };
    const words = normalized(search.words).split(/\s+/).filter(Boolean);
    const { rows, more } = await pageOf(
      (from, most) => usersAfter(tx, from?.user.username ?? null, most),
      after,
      ({ user, profile }) =>
        (search.enabled === null || (user.disabledAt === null) === search.enabled) &&
        (search.role === null || user.role === search.role) &&
        hasWords(words, normalized(`${user.username} ${profile.name} ${isAdmin ? profile.email : ''}`)),
      search.most,
    );
    return {
      users: await showUsers(tx, caller, rows),
      next: more ? (rows.at(-1)?.user.username ?? null) : null,
    };
  });
}
