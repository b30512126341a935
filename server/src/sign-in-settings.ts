import { optional, setting, whole } from './setting-readers.ts';

/** Settings of the passwords that people sign in with. */
export const signInSettings = {
  signInFailures: setting(
    'ARCA_SIGN_IN_FAILURES',
    '10',
    whole(1, 1_000_000),
    'Wrong passwords for one account before a wait that grows to 15 minutes; ten times as many from one address for all accounts.',
  ),
  breachedPasswords: setting(
    'ARCA_BREACHED_PASSWORDS',
    '',
    optional,
    'A file with the list of Pwned Passwords, SHA-1 and sorted by hash: a password that is in it cannot be set.',
  ),
} as const;
