import { type Connection, StoreFault } from './connection.ts';

/** A few connections for reading, opened when first needed and replaced when they break. */
export type ReadPool = {
  use<T>(work: (on: Connection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** A conflict, such as with a table that a newer node has just changed, passes: what reads alone may be done once more. */
async function workAgain<T>(work: (on: Connection) => Promise<T>, on: Connection): Promise<T> {
  try {
    return await work(on);
  } catch (thrown) {
    if (thrown instanceof StoreFault && thrown.kind === 'conflict') return work(on);
    throw thrown;
  }
}

export function openReadPool(connect: () => Promise<Connection>, most: number, timeoutMilliseconds: number): ReadPool {
  const free: Connection[] = [];
  const waiting: { resume: () => void; timer: NodeJS.Timeout }[] = [];
  let taken = 0;

  async function permit(): Promise<void> {
    if (taken < most) {
      taken += 1;
      return;
    }
    // A permit is handed on by the one who gives it back.
    await new Promise<void>((resume, fail) => {
      const waiter = {
        resume,
        timer: setTimeout(() => {
          waiting.splice(waiting.indexOf(waiter), 1);
          fail(new StoreFault('timeout', 'no connection for reading was free in time'));
        }, timeoutMilliseconds),
      };
      waiting.push(waiter);
    });
  }

  function giveBack(): void {
    const next = waiting.shift();
    if (!next) {
      taken -= 1;
      return;
    }
    clearTimeout(next.timer);
    next.resume();
  }

  /** One that broke while nobody used it is passed over. */
  async function takeFree(): Promise<Connection | undefined> {
    for (let on = free.pop(); on !== undefined; on = free.pop()) {
      if (!on.broken) return on;
      await on.close();
    }
    return undefined;
  }

  return {
    async use(work) {
      await permit();
      let on: Connection | undefined;
      try {
        on = (await takeFree()) ?? (await connect());
        const value = await workAgain(work, on);
        free.push(on);
        return value;
      } catch (thrown) {
        const broken = thrown instanceof StoreFault && (thrown.kind === 'unreachable' || thrown.kind === 'timeout');
        if (on && broken) await Promise.resolve(on.close()).catch(() => undefined);
        else if (on) free.push(on);
        throw thrown;
      } finally {
        giveBack();
      }
    },
    async close() {
      for (const on of free.splice(0)) await on.close();
    },
  };
}
