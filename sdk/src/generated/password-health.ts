// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Read } from '../method.ts';
import type { PasswordHealth } from './password-health-schemas.ts';

export type PasswordHealthApi = {
  /**
   * Count your weak, reused and old passwords.
   * Of the enabled passwords that the caller owns. `GET /items?health=weak` lists them. Nobody else is told which they are. Equal passwords are found by tags that live in memory only.
   * By a session only.
   */
  read: Read<Record<string, never>, PasswordHealth>;
};
