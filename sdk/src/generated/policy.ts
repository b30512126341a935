// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Conditional, Method, Read } from '../method.ts';
import type { Policy } from './policy-schemas.ts';

export type PolicyApi = {
  /**
   * Read the policy.
   * What administrators have settled for all.
   * By a session only.
   */
  read: Read<Record<string, never>, Policy>;

  /**
   * Change the policy.
   * For administrators, with a fresh proof. What is left out stays as it is; `keyMakers` is replaced whole. Counts at once, for sessions that run too.
   * By a session only.
   */
  change: Method<
    {
      /** Who may make access keys. */
      keyMakers?:
        | {
            /** Or only these: */
            everyone: boolean;
            users: string[];
            /** User groups by name. */
            groups: string[];
          }
        | undefined;
      /** From whom a second factor is asked. */
      secondFactor?: 'optional' | 'admins' | 'everyone' | undefined;
      /** After so long without a call a session ends. */
      idleMinutes?: number | undefined;
      /** After so long a session ends in any case. */
      sessionHours?: number | undefined;
    },
    Policy,
    Conditional
  >;
};
