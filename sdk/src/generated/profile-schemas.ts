// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type PasswordChanged = {
  /** How many other sessions were ended by it. */
  endedSessions: number;
};

export type Profile = {
  /** Lower case. */
  username: string;
  name: string;
  email: string;
  /** Null follows the browser. */
  locale: 'en' | 'pt-BR' | null;
  role: 'admin' | 'member';
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  secondFactor: {
    /** Null while none is enrolled. */
    enrolledAt: string | null;
    /** How many are unused. */
    recoveryCodes: number;
  };
};

export type RecoveryCodes = {
  /** Shown this once: keep them where the codes are not. */
  recoveryCodes: string[];
};

export type SecondFactorConfirmed = {
  /** Shown this once: keep them where the codes are not. */
  recoveryCodes: string[];
  /** How many other sessions were ended by it. */
  endedSessions: number;
};

export type SecondFactorRemoved = {
  /** How many other sessions were ended by it. */
  endedSessions: number;
};

export type SecondFactorSeed = {
  /** Base32, to be typed into an authenticator. */
  seed: string;
  /** The same as an `otpauth://totp/` URI, for a QR code. */
  uri: string;
};
