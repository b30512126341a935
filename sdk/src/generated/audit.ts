// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Pages } from '../method.ts';
import type { AuditPage } from './audit-schemas.ts';

export type AuditApi = {
  /**
   * Search the audit.
   * Newest first. Administrators see everything; others see their own acts and, with `item`, all that was done to an item that they own. Filters hold together. Pages stay right while entries are added. Some filters look into sealed details: such a page stops after 5,000 entries, `partial`, and goes on from `next`.
   * By a session only.
   */
  list: Pages<
    {
      /** Who acted: a username. */
      user?: string | undefined;
      /** An event such as `item.revealed`; with a dot at its end all that begin so, such as `item.` */
      event?: string | undefined;
      /** On what: kind and number, such as `password:3`. */
      item?: string | undefined;
      /** From this time on. */
      since?: string | undefined;
      /** Before this time. */
      until?: string | undefined;
      /** From where: an address or a CIDR block. */
      address?: string | undefined;
      /** What occurs in the code of a refusal: `denied`. */
      reason?: string | undefined;
      /** At most so many; 50 unless told. */
      limit?: number | undefined;
      /** As `next` of the page before gave it. */
      cursor?: string | undefined;
    },
    AuditPage,
    'entries'
  >;

  /**
   * Export the audit.
   * `jsonl`: the whole audit as lines of JSON, what `arca audit verify` checks. `csv`: what a search with these filters finds, as a table for spreadsheets (`text/csv`, UTF-8 with a byte order mark) in which no cell is taken for a formula. For administrators with a fresh proof; recorded before the first line leaves. An answer that breaks off is not whole.
   * By a session only.
   */
  export: Method<
    {
      format: 'jsonl' | 'csv';
      /** Who acted: a username. */
      user?: string | undefined;
      /** An event such as `item.revealed`; with a dot at its end all that begin so, such as `item.` */
      event?: string | undefined;
      /** On what: kind and number, such as `password:3`. */
      item?: string | undefined;
      /** From this time on. */
      since?: string | undefined;
      /** Before this time. */
      until?: string | undefined;
      /** From where: an address or a CIDR block. */
      address?: string | undefined;
      /** What occurs in the code of a refusal: `denied`. */
      reason?: string | undefined;
    },
    string
  >;
};
