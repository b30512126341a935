// Written by `npm run generate` from the operations of the server: change those, and run it again.

import type { Method, Read } from '../method.ts';
import type {
  PasswordChanged,
  Profile,
  RecoveryCodes,
  SecondFactorConfirmed,
  SecondFactorRemoved,
  SecondFactorSeed,
} from './profile-schemas.ts';

export type ProfileApi = {
  /**
   * Read your profile.
   * By a session only.
   */
  read: Read<Record<string, never>, Profile>;

  /**
   * Change your profile.
   * What is left out stays as it is. Another e-mail address asks for a fresh proof.
   * By a session only.
   */
  change: Method<
    {
      name?: string | undefined;
      /** Empty for none. */
      email?: string | undefined;
      /** Null follows the browser. */
      locale?: 'en' | 'pt-BR' | null | undefined;
    },
    Profile
  >;

  /**
   * Change your password.
   * Asks for a fresh proof, and for the present password too. All your other sessions end.
   * By a session only.
   */
  changePassword: Method<{ currentPassword: string; password: string }, PasswordChanged>;

  /**
   * Begin to enrol a second factor.
   * Asks for a fresh proof. The seed counts for nothing until a first code confirms it; beginning again makes another one.
   * By a session only.
   */
  beginSecondFactor: Method<Record<string, never>, SecondFactorSeed, unknown, 201>;

  /**
   * Remove the second factor.
   * Asks for a fresh proof, and for a last code or recovery code. Its recovery codes end with it, and all your other sessions.
   * By a session only.
   */
  removeSecondFactor: Method<
    {
      /** The authenticator's code of this moment. */
      code?: string | undefined;
      /** In place of a code; each works once. */
      recoveryCode?: string | undefined;
    },
    SecondFactorRemoved
  >;

  /**
   * Confirm the second factor by a first code.
   * Asks for a fresh proof. From now on signing in asks for a code. All your other sessions end.
   * By a session only.
   */
  confirmSecondFactor: Method<{ code: string }, SecondFactorConfirmed>;

  /**
   * Make new recovery codes.
   * Asks for a fresh proof. Those from before no longer count.
   * By a session only.
   */
  renewRecoveryCodes: Method<Record<string, never>, RecoveryCodes, unknown, 201>;
};
