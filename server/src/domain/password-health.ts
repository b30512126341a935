import type { Strength } from './strength.ts';

/** What can be wrong with a password: easy to guess, in use for another item of the same owner, unchanged for long. */
export const ailments = ['weak', 'reused', 'old'] as const;
export type Ailment = (typeof ailments)[number];

/** `tag` is equal for equal passwords of one owner, and '' for none. */
export type Examined = { number: number; ownerId: number; strength: Strength; tag: string; updatedAt: Date };

const oldAfter = 365 * 86_400_000;

/** What is wrong with each, of those with whom something is. Give all of an owner's at once: reuse shows only there. */
export function ailmentsOf(passwords: readonly Examined[], now: Date): Map<number, Ailment[]> {
  const uses = new Map<string, number>();
  const place = ({ ownerId, tag }: Examined) => `${ownerId}:${tag}`;
  for (const one of passwords) uses.set(place(one), (uses.get(place(one)) ?? 0) + 1);
  const found = new Map<number, Ailment[]>();
  for (const one of passwords) {
    const has: Record<Ailment, boolean> = {
      weak: one.strength === 'poor' || one.strength === 'bad',
      reused: one.tag !== '' && (uses.get(place(one)) ?? 0) > 1,
      old: one.tag !== '' && +now - +one.updatedAt > oldAfter,
    };
    const its = ailments.filter((ailment) => has[ailment]);
    if (its.length > 0) found.set(one.number, its);
  }
  return found;
}
