import type { ItemReference } from '../domain/access-key.ts';
import type { Session } from '../domain/session.ts';

type KeyUse = { keyId: number; uses: number; usedAt: Date; address: string };
type ItemUse = ItemReference & { usedAt: Date };
type SessionUse = { id: string; usedAt: Date };

/** Counts uses in memory; a job writes them within a minute, so that a read costs no extra write. */
export type UseTally = {
  keyUsed(keyId: number, at: Date, address: string): void;
  itemUsed(item: ItemReference, at: Date): void;
  sessionUsed(id: string, at: Date): void;
  /** When a session was last used, by the store or by what was counted since. */
  sessionUsedAt(session: Session): Date;
  /** Hands over what was counted and starts again. */
  take(): Uses;
  /** Counts again what was taken and could not be written. */
  giveBack(uses: Uses): void;
};

type Uses = { keys: KeyUse[]; items: ItemUse[]; sessions: SessionUse[] };

export function startUseTally(): UseTally {
  let keys = new Map<number, KeyUse>();
  let items = new Map<string, ItemUse>();
  let sessions = new Map<string, SessionUse>();
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
    sessionUsed(id, usedAt) {
      sessions.set(id, { id, usedAt });
    },
    sessionUsedAt({ id, usedAt }) {
      const counted = sessions.get(id)?.usedAt;
      return counted && counted > usedAt ? counted : usedAt;
    },
    giveBack(uses) {
      for (const use of uses.keys) {
        const known = keys.get(use.keyId);
        if (known) known.uses += use.uses;
        else keys.set(use.keyId, { ...use });
      }
      for (const use of uses.items) {
        const name = `${use.kind}:${use.number}`;
        if (!items.has(name)) items.set(name, use);
      }
      for (const use of uses.sessions) if (!sessions.has(use.id)) sessions.set(use.id, use);
    },
    take() {
      const taken = { keys: [...keys.values()], items: [...items.values()], sessions: [...sessions.values()] };
      keys = new Map();
      items = new Map();
      sessions = new Map();
      return taken;
    },
  };
}
