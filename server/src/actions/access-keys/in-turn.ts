import { refuse } from '../../domain/errors.ts';

type Line = { last: Promise<unknown>; length: number };

const lines = new WeakMap<object, Line>();
const longest = 8;

/**
 * Does long work of a safe one at a time, so that threads are left for those who sign in. Who finds a long line is told to
 * come again rather than kept waiting.
 */
export async function inTurn<T>(safe: object, work: () => Promise<T>): Promise<T> {
  const line: Line = lines.get(safe) ?? { last: Promise.resolve(), length: 0 };
  lines.set(safe, line);
  if (line.length >= longest) return refuse('too_many_requests', { retryAfterSeconds: 10 });
  line.length += 1;
  const mine = line.last.then(work);
  line.last = mine.catch(() => undefined);
  try {
    return await mine;
  } finally {
    line.length -= 1;
  }
}
