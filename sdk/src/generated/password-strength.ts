// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method } from '../method.ts';
import type { PasswordStrength } from './password-strength-schemas.ts';

export type PasswordStrengthApi = {
  /**
   * Say how strong a password is.
   * For a form, while one types. It is neither stored nor recorded; its first 64 characters are judged.
   * By a session only.
   */
  judge: Method<{ password: string }, PasswordStrength>;
};
