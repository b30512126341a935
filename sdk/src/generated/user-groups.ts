// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Pages, Read, Repeatable } from '../method.ts';
import type { Changed, ChangedOrProposed } from './schemas.ts';
import type { UserGroup, UserGroupPage } from './user-groups-schemas.ts';

export type UserGroupsApi = {
  /**
   * List and search user groups.
   * By name. Administrators manage them; everybody may share with them.
   * By a session only.
   */
  list: Pages<
    {
      /** Words that must all occur in name and description. */
      q?: string | undefined;
      /** `enabled` unless told. */
      state?: 'enabled' | 'disabled' | 'all' | undefined;
      /** At most so many; 50 unless told. */
      limit?: number | undefined;
      /** As `next` of the page before gave it. */
      cursor?: string | undefined;
    },
    UserGroupPage,
    'groups'
  >;

  /**
   * Add a user group.
   * By a session only.
   */
  add: Method<
    {
      name: string;
      description?: string | undefined;
      /** May members see who else is one? */
      membersVisible?: boolean | undefined;
      /** The first ones; add others afterwards. */
      members?: string[] | undefined;
    },
    UserGroup,
    Repeatable,
    201
  >;

  /**
   * Read a user group.
   * By a session only.
   */
  read: Read<{ id: number }, UserGroup>;

  /**
   * Change name, description or visibility of a user group.
   * What is absent stays.
   * By a session only.
   */
  change: Method<
    {
      id: number;
      name?: string | undefined;
      description?: string | undefined;
      /** May members see who else is one? */
      membersVisible?: boolean | undefined;
    },
    UserGroup
  >;

  /**
   * Disable a user group.
   * What is shared with it is closed to its members at once.
   * By a session only.
   */
  disable: Method<{ id: number }, Changed, Repeatable>;

  /**
   * Remove a member from a user group.
   * By a session only.
   */
  removeMember: Method<{ id: number; username: string }, Changed>;

  /**
   * Add a member to a user group.
   * At most 10,000. With 202 nothing was done yet: another administrator must confirm the `proposal` within 7 days. So it is while something is shared with the group.
   * By a session only.
   */
  addMember: Method<{ id: number; username: string }, ChangedOrProposed, unknown, 200 | 202>;

  /**
   * Enable a user group again.
   * With the shares and members that it had. With 202 nothing was done yet: another administrator must confirm the `proposal` within 7 days. So it is while something is shared with the group.
   * By a session only.
   */
  enable: Method<{ id: number }, ChangedOrProposed, Repeatable, 200 | 202>;
};
