// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Read } from '../method.ts';
import type { EndedSessions, SessionList } from './sessions-schemas.ts';

export type SessionsApi = {
  /**
   * List your running sessions.
   * The newest first.
   * By a session only.
   */
  list: Read<Record<string, never>, SessionList>;

  /**
   * End all your other sessions.
   * By a session only.
   */
  endOthers: Method<Record<string, never>, EndedSessions>;

  /**
   * End one of your sessions.
   * By a session only.
   */
  end: Method<{ id: string }, null, unknown, 204>;
};
