// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Repeatable } from '../method.ts';
import type { BatchChanged, BatchItem, BatchRevealed } from './batch-schemas.ts';

export type BatchApi = {
  /**
   * Disable many items.
   * Up to 200 items; each is done or refused by itself, and recorded by itself.
   */
  disable: Method<{ items: BatchItem[] }, BatchChanged, Repeatable>;

  /**
   * Enable many items again.
   * Up to 200 items; each is done or refused by itself, and recorded by itself.
   */
  enable: Method<{ items: BatchItem[] }, BatchChanged, Repeatable>;

  /**
   * Share many items with one user or group.
   * Up to 200 items; each is done or refused by itself, and recorded by itself.
   */
  share: Method<
    {
      items: BatchItem[];
      /** Lower case. */
      user?: string | undefined;
      groupId?: number | undefined;
      role: 'viewer' | 'editor';
      /** ISO 8601 in UTC, with milliseconds. */
      expiresAt?: string | null | undefined;
    },
    BatchChanged,
    Repeatable
  >;

  /**
   * Reveal the secrets of many items.
   * Up to 200 items; each is done or refused by itself, and recorded by itself.
   */
  reveal: Method<{ items: BatchItem[]; justification?: string | undefined }, BatchRevealed>;
};
