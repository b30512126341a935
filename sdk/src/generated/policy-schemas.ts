// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type Policy = {
  revision: number;
  /** Who may make access keys. */
  keyMakers: {
    /** Or only these: */
    everyone: boolean;
    users: string[];
    /** User groups by name. */
    groups: string[];
  };
  /** From whom a second factor is asked. */
  secondFactor: 'optional' | 'admins' | 'everyone';
  /** After so long without a call a session ends. */
  idleMinutes: number;
  /** After so long a session ends in any case. */
  sessionHours: number;
};
