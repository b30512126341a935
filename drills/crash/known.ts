import { isDeepStrictEqual } from 'node:util';
import type { Kind } from '../../server/src/domain/kind.ts';

/** What a client sees of an item of his: each change of it is one more revision. */
export type ItemState = { text: string; enabled: boolean; shared: boolean; revision: number };

/** The kinds whose whole content is fields; that a file's content outlives kills has a test of its own. */
export type DrilledKind = Exclude<Kind, 'file'>;

/** `state` was acknowledged; `asked` is what an unanswered request wished: that may have been done or not, but whole. */
export type KnownItem = { kind: DrilledKind; number: number; state: ItemState; asked: ItemState | null };

/** A creation that no answer came to: it may have been done once or not at all. `key` lets it be sent again. */
type AskedItem = { kind: DrilledKind; text: string; key: string | null };

/** What the clients were told and what they last asked for. */
export type Known = {
  items: Map<string, KnownItem>;
  /** By the client that asked. */
  creating: Map<number, AskedItem>;
  /** Items that were asked about since the last kill, and so may have changed. */
  touched: Set<KnownItem>;
  /** Request ids of answers that the audit must tell of, with what they answered. */
  answered: Map<string, string>;
  counts: Record<string, number>;
};

export function nothingKnown(): Known {
  return { items: new Map(), creating: new Map(), touched: new Set(), answered: new Map(), counts: {} };
}

/** What the drill is for did not hold; the message says what. */
export class Broken extends Error {
  override name = 'Broken';
}

export function mustHold(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what);
}

export function nameOf({ kind, number }: { kind: Kind; number: number }): string {
  return `${kind}:${number}`;
}

/** A number is given once, whatever was lost. */
export function learn(known: Known, item: KnownItem): void {
  mustHold(!known.items.has(nameOf(item)), `${nameOf(item)} was given twice`);
  known.items.set(nameOf(item), item);
  known.touched.add(item);
}

/** An item stands as it was acknowledged, or as was last asked for: nothing between. Then it is known again. */
export function settle(item: KnownItem, found: ItemState): void {
  const fits = [item.state, item.asked].some((state) => state !== null && isDeepStrictEqual(state, found));
  mustHold(
    fits,
    `${nameOf(item)} is ${JSON.stringify(found)}; acknowledged was ${JSON.stringify(item.state)}, asked for ${JSON.stringify(item.asked)}`,
  );
  item.state = found;
  item.asked = null;
}
