/** Makes commits durable, one sync at a time: it takes all that was committed before it began. */
export type SyncLine = {
  /** Resolves once all that is committed now is durable; rejects when nobody can know. */
  durable(): Promise<void>;
  /** Of commits that wait for the next sync, the end of the one before it; null when none wait. */
  readonly ahead: Promise<void> | null;
  /** When all that is committed now is durable or lost; null when nothing is under way. */
  readonly pending: Promise<void> | null;
};

export function startSyncLine(sync: () => Promise<void>): SyncLine {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  function begin(): Promise<void> {
    const one = sync().finally(() => {
      if (running === one) running = null;
    });
    running = one;
    return one;
  }

  return {
    durable() {
      if (next) return next;
      if (!running) return begin();
      // After one that failed another says nothing: the system reports what it could not write but once.
      const mine = running.then(begin).finally(() => {
        if (next === mine) next = null;
      });
      next = mine;
      return mine;
    },
    get ahead() {
      return next && running;
    },
    get pending() {
      return next ?? running;
    },
  };
}
