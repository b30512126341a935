// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Pages, Repeatable } from '../method.ts';
import type { ProposalPage } from './proposals-schemas.ts';
import type { Proposal } from './schemas.ts';

export type ProposalsApi = {
  /**
   * List proposals.
   * Those that wait first, of either the newest first. For administrators.
   * By a session only.
   */
  list: Pages<
    {
      /** `all` unless told. */
      state?: 'waiting' | 'all' | undefined;
      /** At most so many; 50 unless told. */
      limit?: number | undefined;
      /** As `next` of the page before gave it. */
      cursor?: string | undefined;
    },
    ProposalPage,
    'proposals'
  >;

  /**
   * Confirm a proposal of another administrator.
   * Does what it asks for, with every check of the act itself. A refusal leaves it waiting.
   * By a session only.
   */
  confirm: Method<{ id: number }, Proposal, Repeatable>;

  /**
   * Reject a proposal, or take back your own.
   * By a session only.
   */
  reject: Method<{ id: number }, Proposal, Repeatable>;
};
