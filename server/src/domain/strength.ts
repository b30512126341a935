/** How strong a password is, in words; `undefined` for none, `pending` until it was judged. */
export const strengths = ['pending', 'undefined', 'poor', 'bad', 'good', 'best'] as const;
export type Strength = (typeof strengths)[number];

/** zxcvbn's score, 0 to 4, in words; the guesses behind 0 and 1 are both a matter of minutes. */
export function strengthOf(score: number): Strength {
  return (['poor', 'poor', 'bad', 'good', 'best'] as const)[score] ?? 'undefined';
}

/** The longest part of a password that is judged: beyond it the time grows and the answer does not change. */
export const judgedCharacters = 64;
