import { startTurns, type Waiter } from '../domain/turns.ts';
import { type Connection, closeQuietly, StoreFault } from './connection.ts';

/** A few connections for reading, opened when first needed and replaced when they break. Who waits for one takes turns. */
export type ReadPool = {
  use<T>(work: (on: Connection) => Promise<T>, by: Waiter): Promise<T>;
  /** Turns away who waits, lets what has begun come to its end for a while, and closes every connection, also one that comes back later. */
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

type Waiting = { resume: () => void; fail: (fault: StoreFault) => void; since: number };

export type ReadPoolSettings = { readers: number; queue: number; timeoutMilliseconds: number };

export function openReadPool(connect: () => Promise<Connection>, settings: ReadPoolSettings): ReadPool {
  const { readers, queue, timeoutMilliseconds } = settings;
  const free: Connection[] = [];
  const waiting = startTurns<Waiting>(queue);
  let taken = 0;
  let closing = false;
  const { promise: allBack, resolve: onAllBack } = Promise.withResolvers<void>();
  const closed = () => new StoreFault('unreachable', 'the safe is closing');
  const tooLate = () => new StoreFault('timeout', 'no connection for reading was free in time');

  async function permit(by: Waiter): Promise<void> {
    if (closing) throw closed();
    if (taken < readers) {
      taken += 1;
      return;
    }
    // A permit is handed on by the one who gives it back.
    await new Promise<void>((resume, fail) => {
      waiting.add({ resume, fail, since: performance.now() }, by)?.fail(tooLate());
    });
  }

  const sweep = setInterval(() => {
    const oldest = performance.now() - timeoutMilliseconds;
    for (const { fail } of waiting.remove(({ since }) => since < oldest)) fail(tooLate());
  }, 250);
  sweep.unref();

  function giveBack(): void {
    const [next] = waiting.take(1);
    if (next) next.resume();
    else taken -= 1;
    if (closing && taken === 0) onAllBack();
  }

  /** One that broke while nobody used it is passed over. */
  async function takeFree(): Promise<Connection | undefined> {
    for (let on = free.pop(); on !== undefined; on = free.pop()) {
      if (!on.broken) return on;
      await closeQuietly(on);
    }
    return undefined;
  }

  async function keep(on: Connection, broken = false): Promise<void> {
    if (!broken && !closing) free.push(on);
    else await closeQuietly(on);
  }

  return {
    async use(work, by) {
      await permit(by);
      let on: Connection | undefined;
      try {
        on = (await takeFree()) ?? (await connect());
        const value = await workAgain(work, on);
        await keep(on);
        return value;
      } catch (thrown) {
        const broken = thrown instanceof StoreFault && (thrown.kind === 'unreachable' || thrown.kind === 'timeout');
        if (on) await keep(on, broken);
        throw thrown;
      } finally {
        giveBack();
      }
    },
    async close() {
      closing = true;
      clearInterval(sweep);
      for (const { fail } of waiting.remove(() => true)) fail(closed());
      for (const on of free.splice(0)) await closeQuietly(on);
      const late = setTimeout(() => onAllBack(), timeoutMilliseconds);
      if (taken > 0) await allBack;
      clearTimeout(late);
    },
  };
}
