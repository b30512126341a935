/** What can be rotated; each changes keys of its own. */
export const rotatable = ['data', 'index', 'rows', 'signing', 'pepper'] as const;
export type Rotatable = (typeof rotatable)[number];

/**
 * - `announced`: every process gets to know the next key, none writes with it yet
 * - `rewriting`: the next key is the current one; what the one before has written is rewritten slice by slice
 * - `retiring`: nothing is left to rewrite
 */
export type RotationPhase = 'announced' | 'rewriting' | 'retiring' | 'finished';

/** One row's key in its table; bytes as hex. */
export type RowName = readonly (string | number | { hex: string })[];

/** How far the walk has come: the table, the last row of it, and rows that others held when their turn came. */
export type WalkPlace = { walk: number; after: RowName | null; left: readonly RowName[] };

export type Rotation = {
  id: number;
  what: Rotatable | 'root';
  /** Contents are encrypted anew under fresh keys, not only their wrappings. */
  reseal: boolean;
  phase: RotationPhase;
  place: WalkPlace;
  total: number;
  done: number;
  /** Rows that other hands have changed: left as they are, and with them the key that they need. */
  broken: number;
  startedBy: number | null;
  startedAt: Date;
  finishedAt: Date | null;
};

/** AES-GCM with random 96-bit nonces: so many uses of one key keep the chance of a repeated nonce below 2^-32. */
export const sealBudget = 2 ** 32;

/** From here on a new data key is due. */
export const sealWarning = 2 ** 31;
