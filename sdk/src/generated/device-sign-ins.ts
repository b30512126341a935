// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Repeatable } from '../method.ts';
import type { DeviceSignIn, UserCode } from './device-sign-ins-schemas.ts';

export type DeviceSignInsApi = {
  /**
   * Look at a device that asks to be let in.
   * By the code that it shows. What it calls itself, anyone may have chosen. Wrong codes are counted, and then wait.
   * By a session only.
   */
  read: Method<UserCode, DeviceSignIn>;

  /**
   * Let a device in.
   * It gets an access key that acts as you, once it asks. Needs a fresh proof, and the policy's leave to make keys.
   * By a session only.
   */
  allow: Method<UserCode, { changed: boolean }, Repeatable>;

  /**
   * Refuse a device.
   * It hears so when it asks next, and gets nothing.
   * By a session only.
   */
  deny: Method<UserCode, { changed: boolean }, Repeatable>;
};
