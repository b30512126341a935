// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type Proof = {
  /** ISO 8601 in UTC, with milliseconds. */
  provenUntil: string | null;
};

export type Session = {
  /** Names the session in lists; opens nothing. */
  id: string;
  user: {
    /** Lower case. */
    username: string;
    name: string;
    role: 'admin' | 'member';
    /** Null follows the browser. */
    locale: 'en' | 'pt-BR' | null;
  };
  /** ISO 8601 in UTC, with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC, with milliseconds. */
  endsAt: string;
  /** It ends then unless it is used before. */
  idleEndsAt: string;
  /** Until then dangerous acts are open; null asks for a proof. */
  provenUntil: string | null;
  /** Has he enrolled one? */
  secondFactor: boolean;
  /** The policy asks for a second factor: until he enrols one, only his profile and session are open. */
  mustEnrol: boolean;
  /** Somebody else chose his password: until he changes it, only his profile and session are open. */
  mustChangePassword: boolean;
  may: { makeKeys: boolean; administer: boolean };
};
