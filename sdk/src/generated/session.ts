// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Read } from '../method.ts';
import type { Proof, Session } from './session-schemas.ts';

export type SessionApi = {
  /**
   * Sign in.
   * Sets the session cookie. Where a second factor is enrolled, send its code along. A session that the browser had before ends.
   */
  start: Method<
    {
      /** Lower case. */
      username: string;
      password: string;
      /** The authenticator's code of this moment. */
      code?: string | undefined;
      /** In place of a code; each works once. */
      recoveryCode?: string | undefined;
    },
    Session,
    unknown,
    201
  >;

  /**
   * Read who is signed in.
   * By a session only.
   */
  read: Read<Record<string, never>, Session>;

  /**
   * Sign out.
   * Ends the session and clears its cookie.
   * By a session only.
   */
  end: Method<Record<string, never>, null, unknown, 204>;

  /**
   * Prove anew who you are.
   * By the password, and by the second factor where one is enrolled. Dangerous acts are open for 10 minutes. The session cookie is set anew; the one before counts for another 30 seconds.
   * By a session only.
   */
  prove: Method<
    {
      password: string;
      /** The authenticator's code of this moment. */
      code?: string | undefined;
      /** In place of a code; each works once. */
      recoveryCode?: string | undefined;
    },
    Proof
  >;
};
