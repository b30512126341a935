// What can stand between a person and an act: the session has ended, a dangerous act wants a fresh proof, the policy
// wants a second factor, somebody else chose the password. Calls refused for it wait here, and are sent again once it is done.

import { useSyncExternalStore } from 'react';

export type Ask = {
  /** Puts the question to the person, whether or not a call waits for it. */
  raise: () => void;
  /** The same, and waits: true once it is done, false where he declined or the signal ended the wait. */
  wait: (signal?: AbortSignal) => Promise<boolean>;
  settle: (isDone: boolean) => void;
  isRaised: () => boolean;
  subscribe: (listener: () => void) => () => void;
};

export const asks = { session: makeAsk(), proof: makeAsk(), secondFactor: makeAsk(), password: makeAsk() };

/** Whether the person is being asked. */
export function useIsAsked(ask: Ask): boolean {
  return useSyncExternalStore(ask.subscribe, ask.isRaised);
}

function makeAsk(): Ask {
  const listeners = new Set<() => void>();
  let waiting = new Set<(isDone: boolean) => void>();
  let isRaised = false;
  const change = (to: boolean) => {
    if (isRaised === to) return;
    isRaised = to;
    for (const listener of listeners) listener();
  };
  return {
    raise: () => change(true),
    wait: (signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve(false);
        waiting.add(resolve);
        signal?.addEventListener('abort', () => resolve(false), { once: true });
        change(true);
      }),
    settle(isDone) {
      const settled = waiting;
      waiting = new Set();
      change(false);
      for (const resolve of settled) resolve(isDone);
    },
    isRaised: () => isRaised,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
