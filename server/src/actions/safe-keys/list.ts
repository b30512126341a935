import type { KeyPurpose } from '../../crypto/keyring.ts';
import { mustMay } from '../../domain/access.ts';
import { type Rotation, sealBudget, sealWarning } from '../../domain/rotation.ts';
import { countEntries, countVersions } from '../../storage/key-use.ts';
import { findLastRotation } from '../../storage/rotations.ts';
import { type ListedKey, listKeys } from '../../storage/safe-keys.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';

type ShownKey = {
  id: string;
  purpose: Exclude<KeyPurpose, 'audit-details' | 'audit-verifying'>;
  /**
   * `next` is read but not yet written with, `replaced` is read but no longer written with; of a `retired` one only what
   * the audit needs is left.
   */
  state: 'next' | 'current' | 'replaced' | 'retired';
  createdAt: Date;
  replacedAt: Date | null;
};

export type ShownRotation = Pick<
  Rotation,
  'id' | 'what' | 'reseal' | 'phase' | 'done' | 'total' | 'broken' | 'startedAt' | 'finishedAt'
>;

export type SafeKeys = {
  safeId: string;
  keys: ShownKey[];
  /** The rotation that is under way, or the last one. */
  rotation: ShownRotation | null;
  /** How often the current data key was used with a random nonce, at the most, and how often it may be. */
  dataKeyUse: { uses: number; warnsAt: number; budget: number };
};

/** The keys of the safe, without what they are, and how far a change of them has come. */
export function listSafeKeys(ctx: Context): Promise<SafeKeys> {
  return actReading(ctx, { action: 'safe-key.list', target: null }, async (tx, caller) => {
    mustMay('safe-key.list', caller);
    const keys = await listKeys(tx);
    const rotation = await findLastRotation(tx);
    return {
      safeId: tx.ring.safeId,
      keys: keys.map((key) => shownKey(keys, key)),
      rotation: rotation ? shownRotation(rotation) : null,
      dataKeyUse: { uses: await dataKeyUses(tx, keys), warnsAt: sealWarning, budget: sealBudget },
    };
  });
}

/** The rotation that is under way, or the last one: for whoever follows it. */
export function readRotation(ctx: Context): Promise<ShownRotation | null> {
  return actReading(ctx, { action: 'safe-key.list', target: null }, async (tx, caller) => {
    mustMay('safe-key.list', caller);
    const rotation = await findLastRotation(tx);
    return rotation ? shownRotation(rotation) : null;
  });
}

/**
 * At the most: each key that the data key derives has a budget of its own, and the two that are used by far the most are
 * the one that wraps versions and the one that seals audit details.
 */
export async function dataKeyUses(tx: ReadTx, keys: readonly ListedKey[]): Promise<number> {
  const current = keys.find(({ purpose }) => purpose === 'data');
  const entries = (await countEntries(tx)) - (current?.entriesBefore ?? 0);
  return Math.max(await countVersions(tx), entries);
}

export function shownRotation({ place: _, startedBy: __, ...shown }: Rotation): ShownRotation {
  return shown;
}

function shownKey(keys: readonly ListedKey[], { id, purpose, rank, createdAt, replacedAt }: ListedKey): ShownKey {
  if (purpose === 'audit-details') return { id, purpose: 'data', state: 'retired', createdAt, replacedAt };
  if (purpose === 'audit-verifying') return { id, purpose: 'audit-signing', state: 'retired', createdAt, replacedAt };
  const isCurrent = keys.find((one) => one.purpose === purpose)?.id === id;
  const state = isCurrent ? 'current' : rank === 0 ? 'next' : 'replaced';
  return { id, purpose, state, createdAt, replacedAt };
}
