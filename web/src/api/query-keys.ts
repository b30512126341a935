import type { Arca } from '@arca/sdk';

/**
 * The key of a read in React Query: the operation, and what it is asked. To read a whole noun anew after a change:
 * `queries.invalidateQueries({ queryKey: keyOf('items') })`.
 */
export function keyOf<Noun extends keyof Arca, Verb extends keyof Arca[Noun] & string>(
  noun: Noun,
  verb?: Verb,
  input?: object,
): readonly unknown[] {
  if (verb === undefined) return [noun];
  return input === undefined ? [noun, verb] : [noun, verb, input];
}
