import type { ItemReference } from '../domain/access-key.ts';

type KeyUse = { keyId: number; uses: number; usedAt: Date; address: string };
type ItemUse = ItemReference & { usedAt: Date };

/** Counts uses in memory; a job writes them within a minute, so that a read costs no extra write. */
export type UseTally = {
  keyUsed(keyId: number, at: Date, address: string): void;
  itemUsed(item: ItemReference, at: Date): void;
  /** Hands over what was counted and starts again. */
  take(): { keys: KeyUse[]; items: ItemUse[] };
};

export function startUseTally(): UseTally {
  let keys = new Map<number, KeyUse>();
  let items = new Map<string, ItemUse>();
  return {
    keyUsed(keyId, usedAt, address) {
      const known = keys.get(keyId);
      if (known) {
        known.uses += 1;
        known.usedAt = usedAt;
        known.address = address;
      } else {
        keys.set(keyId, { keyId, uses: 1, usedAt, address });
      }
    },
    itemUsed({ kind, number }, usedAt) {
      items.set(`${kind}:${number}`, { kind, number, usedAt });
    },
    take() {
      const taken = { keys: [...keys.values()], items: [...items.values()] };
      keys = new Map();
      items = new Map();
      return taken;
    },
  };
}
