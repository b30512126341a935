import { type Chance, drawFrom } from './chance.ts';

export type CharacterClass = 'upper' | 'lower' | 'digits' | 'symbols';

export type PasswordRecipe = Readonly<Record<CharacterClass, boolean>> & {
  length: number;
  /** Leaves out what is easily taken for another sign. */
  noLookAlikes: boolean;
};

export const shortest = 8;
export const longest = 128;

export const classes: readonly CharacterClass[] = ['upper', 'lower', 'digits', 'symbols'];
const signs: Readonly<Record<CharacterClass, string>> = {
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  digits: '0123456789',
  // Without quotes, backslash and space, which many sign-in forms and shells mistreat.
  symbols: '!#$%&()*+,-./:;<=>?@[]^_{|}~',
};
const lookAlikes = /[0Oo1lI|5S2Z8B.,:;]/g;

/** The signs that a class offers under a recipe. */
export function signsOf(one: CharacterClass, noLookAlikes: boolean): string {
  return noLookAlikes ? signs[one].replaceAll(lookAlikes, '') : signs[one];
}

/**
 * A password with at least one sign of each chosen class, all such passwords equally likely: one that lacks a class is
 * thrown away whole, for a sign put in afterwards would have a place and a weight of its own.
 */
export function makePassword(recipe: PasswordRecipe, chance?: Chance): string {
  const chosen = classes.filter((one) => recipe[one]).map((one) => signsOf(one, recipe.noLookAlikes));
  if (chosen.length === 0) throw new RangeError('no class of signs is chosen');
  const length = Math.min(longest, Math.max(shortest, Math.round(recipe.length)));
  const alphabet = chosen.join('');
  for (;;) {
    const made = Array.from({ length }, () => drawFrom(alphabet, chance)).join('');
    if (chosen.every((one) => [...one].some((sign) => made.includes(sign)))) return made;
  }
}

/** How many bits of chance such a password holds, by the number of signs to draw from. */
export function bitsOf(recipe: PasswordRecipe): number {
  const count = classes.reduce((sum, one) => sum + (recipe[one] ? signsOf(one, recipe.noLookAlikes).length : 0), 0);
  return count === 0 ? 0 : Math.floor(recipe.length * Math.log2(count));
}
