// Where an item asks for a reason, whoever wants to read it is asked in a dialog that stands once on each screen; the
// read waits for the answer here.

import { useSyncExternalStore } from 'react';
import { type ItemName, idOf } from './kinds.ts';

/** The person was asked for a reason and gave none: nothing went wrong, and nothing is to be said. */
export class ReasonDeclined extends Error {}

export type ReasonAsk = {
  /** What it is asked for. */
  item: ItemName & { name: string };
  /** Given for the same item before, while this page is open. */
  before: string;
  /** With null he declines. */
  answer: (reason: string | null) => void;
};

let current: ReasonAsk | null = null;
const given = new Map<string, string>();
const listeners = new Set<() => void>();

/** Asks for a reason to read the item; rejects with ReasonDeclined. */
export function askReason(item: ReasonAsk['item']): Promise<string> {
  current?.answer(null);
  return new Promise((resolve, reject) => {
    const answer = (reason: string | null) => {
      show(null);
      if (reason === null) return reject(new ReasonDeclined());
      given.set(idOf(item), reason);
      resolve(reason);
    };
    show({ item, before: given.get(idOf(item)) ?? '', answer });
  });
}

/** The question that waits for an answer. */
export function useReasonAsk(): ReasonAsk | null {
  return useSyncExternalStore(subscribe, () => current);
}

function show(ask: ReasonAsk | null): void {
  current = ask;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
