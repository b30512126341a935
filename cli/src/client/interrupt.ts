import { Problem } from '../problem.ts';

/** Runs work that Ctrl-C or SIGTERM ends by a signal, so that it can tidy up and tell how to go on. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const end = () => over.abort();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  try {
    return await work(over.signal);
  } catch (thrown) {
    // Whatever failed then failed because of it.
    if (over.signal.aborted && !(thrown instanceof Problem)) throw new Problem('interrupted', '');
    throw thrown;
  } finally {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  }
}
