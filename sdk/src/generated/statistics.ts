// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Read } from '../method.ts';
import type { Statistics } from './statistics-schemas.ts';

export type StatisticsApi = {
  /**
   * Numbers of the whole safe.
   * For administrators. Names no item. What is told of passwords is counted in the background when these numbers are asked for, and kept in memory: it is null until the first count is done, and may be a little older than the rest.
   * By a session only.
   */
  read: Read<Record<string, never>, Statistics>;
};
