import { takeRandom } from './random-pool.ts';

/** So many letters of the alphabet, each as likely as the others: bytes beyond its last whole multiple are thrown away. */
export function randomLetters(alphabet: string, count: number): string {
  const bound = 256 - (256 % alphabet.length);
  let letters = '';
  while (letters.length < count) {
    const byte = takeRandom(1)[0] as number;
    if (byte < bound) letters += alphabet[byte % alphabet.length];
  }
  return letters;
}
