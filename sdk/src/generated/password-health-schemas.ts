// Written by `npm run generate` from the operations of the server: change those, and run it again.

export type PasswordHealth = {
  /** All of them. */
  passwords: number;
  /** Easy to guess: poor or bad. */
  weak: number;
  /** Equal to the password of another of them. */
  reused: number;
  /** Not changed for a year. */
  old: number;
  /** Not judged yet. */
  pending: number;
};
