// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Pages, Read, Repeatable } from '../method.ts';
import type { Changed, ChangedOrProposed } from './schemas.ts';
import type { LeaverReport, User, UserAndProposal, UserPage } from './users-schemas.ts';

export type UsersApi = {
  /**
   * List and search users.
   * By username. Administrators are told more of each, and search e-mail addresses too.
   * By a session only.
   */
  list: Pages<
    {
      /** Words that must all occur. */
      q?: string | undefined;
      /** `enabled` unless told. */
      state?: 'enabled' | 'disabled' | 'all' | undefined;
      /** For administrators. */
      role?: 'admin' | 'member' | undefined;
      /** At most so many; 50 unless told. */
      limit?: number | undefined;
      /** As `next` of the page before gave it. */
      cursor?: string | undefined;
    },
    UserPage,
    'users'
  >;

  /**
   * Add a user.
   * With a first password, which you hand over: he must change it when he signs in, within 7 days. Where there is another administrator he must confirm that someone becomes one: until then the user is a member, and the answer is 202 with the proposal.
   * By a session only.
   */
  add: Method<
    {
      /** Lower case. */
      username: string;
      /** 12 to 1,024 bytes, none of the most common. */
      password: string;
      name?: string | undefined;
      /** Empty for none. */
      email?: string | undefined;
      role?: 'admin' | 'member' | undefined;
    },
    UserAndProposal,
    Repeatable,
    201 | 202
  >;

  /**
   * Read a user.
   * By a session only.
   */
  read: Read<{ username: string }, User>;

  /**
   * Change name, e-mail address or role of a user.
   * What is absent stays. A change of role ends his sessions. Where there is another administrator he must confirm that someone becomes one: until then the user is a member, and the answer is 202 with the proposal. So must the last other administrator, before he becomes a member.
   * By a session only.
   */
  change: Method<
    {
      username: string;
      name?: string | undefined;
      /** Empty for none. */
      email?: string | undefined;
      role?: 'admin' | 'member' | undefined;
    },
    UserAndProposal,
    unknown,
    200 | 202
  >;

  /**
   * Disable a user.
   * His sessions, and the tokens of his access keys, end at once and for good. With 202 nothing was done yet: another administrator must confirm the `proposal` within 7 days. So it is when he is the last other administrator, who may confirm it himself.
   * By a session only.
   */
  disable: Method<{ username: string }, ChangedOrProposed, Repeatable, 200 | 202>;

  /**
   * Enable a user again.
   * His access keys work again, with new tokens. With 202 nothing was done yet: another administrator must confirm the `proposal` within 7 days. So it is when he is an administrator.
   * By a session only.
   */
  enable: Method<{ username: string }, ChangedOrProposed, Repeatable, 200 | 202>;

  /**
   * Set another user's password.
   * For one that was forgotten. His sessions end, and he must change it when he signs in, within 7 days. With 202 nothing was done yet: another administrator must confirm the `proposal` within 7 days.
   * By a session only.
   */
  setPassword: Method<
    {
      username: string;
      /** 12 to 1,024 bytes, none of the most common. */
      password: string;
    },
    ChangedOrProposed,
    Repeatable,
    200 | 202
  >;

  /**
   * Remove another user's second factor.
   * For who has lost it and his recovery codes: be sure first that it is he who asks. His sessions end, and he signs in with his password alone, or enrols a new one first where the policy asks for it. With 202 nothing was done yet: another administrator must confirm the `proposal` within 7 days.
   * By a session only.
   */
  removeSecondFactor: Method<{ username: string }, ChangedOrProposed, Repeatable, 200 | 202>;

  /**
   * End all sessions of a user.
   * He must sign in anew everywhere. His access keys are left alone.
   * By a session only.
   */
  endSessions: Method<{ username: string }, Changed, Repeatable>;

  /**
   * Give what a disabled user owns to another user.
   * For what somebody who has left owned. The other user can read all of it from then on; shares stay. At most 500 items at once, which the audit tells one by one: ask again until `changed` is false. An API secret whose identifier code the other has too is left. With 202 nothing was done yet: another administrator must confirm the `proposal` within 7 days.
   * By a session only.
   */
  seizeItems: Method<
    {
      username: string;
      /** Lower case. */
      to: string;
    },
    ChangedOrProposed,
    Repeatable,
    200 | 202
  >;

  /**
   * What a user knows, and which of it has not changed since.
   * From all that he revealed, created and updated, himself or through his access keys. `unchanged` are the fields that hold today what they held when he knew them: change those. Values are compared in the safe and none leaves. Administrators are told of every item, others of their own; the name is null for who may not list the item. Recorded.
   * By a session only.
   */
  leaverReport: Read<{ username: string }, LeaverReport>;

  /**
   * The same as a table for spreadsheets.
   * UTF-8 with a byte order mark; no cell is taken for a formula. In each row `since` is the time from which on the audit is in the safe, empty while all of it is; the file's name has its day, too. From all that he revealed, created and updated, himself or through his access keys. `unchanged` are the fields that hold today what they held when he knew them: change those. Values are compared in the safe and none leaves. Administrators are told of every item, others of their own; the name is null for who may not list the item. Recorded.
   * By a session only.
   */
  leaverReportTable: Method<{ username: string }, string>;
};
