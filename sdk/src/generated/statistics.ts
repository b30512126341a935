// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Read } from '../method.ts';
import type { Statistics } from './statistics-schemas.ts';

export type StatisticsApi = {
  /**
   * Numbers of the whole safe.
   * For administrators. Names nobody and no item.
   * By a session only.
   */
  read: Read<Record<string, never>, Statistics>;
};
