import type { BatchChanged, Item, Problem } from '@arca/sdk';
import { arca } from '../../api/arca.ts';
import { type ItemName, idOf, type Kind } from '../kinds.ts';

export type ShareChoice = {
  /** The name on the screen. */
  with: string;
  user?: string;
  groupId?: number;
  role: 'viewer' | 'editor';
  /** ISO 8601; null for as long as nobody ends it. */
  expiresAt: string | null;
};

export type Batch = { items: readonly Item[] } & ({ verb: 'disable' | 'enable' } | ({ verb: 'share' } & ShareChoice));

export type Outcome = { item: Item; problem?: Problem };

const atOnce = 200; // as many as the safe takes

/**
 * Does it with every item, some at a time, and tells each item's outcome as it comes. When a part cannot be sent it
 * rejects: what was told is done, the rest can be tried again.
 */
export async function runBatch(batch: Batch, onOutcomes: (outcomes: Outcome[]) => void): Promise<void> {
  for (let at = 0; at < batch.items.length; at += atOnce) {
    const part = batch.items.slice(at, at + atOnce);
    const { results } = await send(batch, part);
    const byId = new Map(results.map((result) => [idOf(result), result]));
    onOutcomes(part.map((item) => ({ item, problem: byId.get(idOf(item))?.problem })));
  }
}

function send(batch: Batch, part: readonly Item[]): Promise<BatchChanged> {
  const items: ItemName[] = part.map(({ kind, number }) => ({ kind, number }));
  if (batch.verb !== 'share') return arca.batch[batch.verb]({ items });
  const { user, groupId, role, expiresAt } = batch;
  return arca.batch.share({ items, user, groupId, role, expiresAt });
}

/** The kind that all are of, or `item` when they are of several. */
export function kindOfAll(items: readonly ItemName[]): Kind | 'item' {
  const [first] = items;
  return first !== undefined && items.every(({ kind }) => kind === first.kind) ? first.kind : 'item';
}
