import { refuse } from './errors.ts';
import { normalized } from './text.ts';

/** How long a password counts that an administrator chose, unless its user signs in and chooses one of his own. */
const temporaryDays = 7;

export function temporaryUntil(now: Date): Date {
  return new Date(+now + temporaryDays * 86_400_000);
}

const shortest = 12;
const longest = 1024;

/** Passwords so common that guessing starts with them; all are long enough to pass the length rule. */
const blocked = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456789123',
  '1234567891011',
  '111111111111',
  '000000000000',
  '123123123123',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwerty123456',
  'qwerty1234567',
  '1q2w3e4r5t6y',
  'passwordpassword',
  'password1234',
  'password12345',
  'password123456',
  'administrator',
  'administrator1',
  'iloveyou1234',
  'letmeinletmein',
  'changemechangeme',
  'changeme1234',
  'welcome12345',
  'welcome123456',
  'abcdefghijkl',
  'abcdefghijklm',
  'abc123abc123',
  'superman1234',
  'correcthorsebatterystaple',
  'senha1234567',
  'senhasegura123',
  'trocar123456',
  'mudar1234567',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  'zaq12wsxcde3',
]);

/** What everybody tries first at a safe of this name: alone, or with digits and signs around, they make no password. */
const contextWords = [
  'password',
  'arca',
  'mysafe',
  'safe',
  'vault',
  'cofre',
  'senha',
  'segura',
  'secret',
  'admin',
  'welcome',
];

const fewestLetters = 4;

/** Whether a password has letters of its own beside its user's name and the words of its context. */
function isOfContext(plain: string, username: string): boolean {
  const words = [...contextWords, ...normalized(username).split(/[^\p{L}]+/u)].filter((word) => word.length > 2);
  const rest = words.sort((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ' '), plain);
  const letters = rest.match(/\p{L}/gu)?.length ?? 0;
  // Of digits or signs alone it may be made: those were not brought by such a word.
  return rest !== plain && letters < fewestLetters;
}

/**
 * A person's own password: 12 to 1,024 bytes, not a common one, not his username or other words of its context; no
 * composition rules.
 */
export function mustBeFitPassword(password: string, username: string): void {
  const size = Buffer.byteLength(password);
  const unfit = (why: string): never => refuse('field_invalid', { field: 'password', why });
  if (size < shortest) unfit(`must be at least ${shortest} bytes long`);
  if (size > longest) unfit(`must be at most ${longest} bytes long`);
  const plain = normalized(password);
  if (blocked.has(plain) || /^(.)\1*$/.test(plain)) unfit('is one of the most common passwords');
  if (plain === normalized(username)) unfit('must not be the username');
  if (isOfContext(plain, username)) unfit('must be more than the username, the name of the safe, and digits');
}
