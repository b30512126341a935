// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Pages, Read, Repeatable } from '../method.ts';
import type { PrivateGroup, PrivateGroupPage } from './private-groups-schemas.ts';
import type { Changed } from './schemas.ts';

export type PrivateGroupsApi = {
  /**
   * List and search private groups.
   * Your own by name; with `role=member` those that you are in, as far as their members may see each other. Administrators see none but these either.
   * By a session only.
   */
  list: Pages<
    {
      /** `owner` unless told. */
      role?: 'owner' | 'member' | undefined;
      /** Words that must all occur in name and description. */
      q?: string | undefined;
      /** `enabled` unless told. */
      state?: 'enabled' | 'disabled' | 'all' | undefined;
      /** At most so many; 50 unless told. */
      limit?: number | undefined;
      /** As `next` of the page before gave it. */
      cursor?: string | undefined;
    },
    PrivateGroupPage,
    'groups'
  >;

  /**
   * Add a private group.
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
    PrivateGroup,
    Repeatable,
    201
  >;

  /**
   * Read a private group.
   * By a session only.
   */
  read: Read<{ id: number }, PrivateGroup>;

  /**
   * Change name, description or visibility of a private group.
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
    PrivateGroup
  >;

  /**
   * Disable a private group.
   * What is shared with it is closed to its members at once.
   * By a session only.
   */
  disable: Method<{ id: number }, Changed, Repeatable>;

  /**
   * Remove a member from a private group.
   * By a session only.
   */
  removeMember: Method<{ id: number; username: string }, Changed>;

  /**
   * Add a member to a private group.
   * At most 10,000. You are one yourself only if you add yourself.
   * By a session only.
   */
  addMember: Method<{ id: number; username: string }, Changed>;

  /**
   * Enable a private group again.
   * With the shares and members that it had.
   * By a session only.
   */
  enable: Method<{ id: number }, Changed, Repeatable>;
};
