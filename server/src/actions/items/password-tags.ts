import { type Likeness, startLikeness } from '../../crypto/likeness.ts';

type Of = { number: number; version: number; ownerId: number };

/**
 * By what equal passwords of one owner are found, remembered for each version, so that a report opens only what is new.
 * In memory alone, under a key that is nowhere else; no password is kept.
 */
export type PasswordTags = { find(of: Of): string | undefined; keep(of: Of, password: string): string };

const mostTags = 200_000;

export function startPasswordTags(likeness: Likeness = startLikeness()): PasswordTags {
  const known = new Map<number, Omit<Of, 'number'> & { tag: string }>();
  return {
    find({ number, version, ownerId }) {
      const found = known.get(number);
      return found?.version === version && found.ownerId === ownerId ? found.tag : undefined;
    },
    keep({ number, version, ownerId }, password) {
      const tag = password === '' ? '' : likeness(ownerId, password);
      if (known.size >= mostTags) known.clear();
      known.set(number, { version, ownerId, tag });
      return tag;
    },
  };
}
