// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Proposal } from './schemas.ts';

export type ProposalPage = {
  proposals: Proposal[];
  /** Cursor of the next page. */
  next: string | null;
};
