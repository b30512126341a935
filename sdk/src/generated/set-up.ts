// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Read } from '../method.ts';
import type { FirstAdministrator, SetUpState } from './set-up-schemas.ts';

export type SetUpApi = {
  /** Has the safe its first administrator? */
  read: Read<Record<string, never>, SetUpState>;

  /**
   * Make the first administrator.
   * With the token of the link that the safe printed when it was opened: once, within 30 minutes, and from the same machine unless `ARCA_REMOTE_SETUP` is `on`.
   */
  finish: Method<
    {
      token: string;
      /** Lower case. */
      username: string;
      /** At least 12 bytes. */
      password: string;
      name?: string | undefined;
      email?: string | undefined;
    },
    FirstAdministrator,
    unknown,
    201
  >;
};
