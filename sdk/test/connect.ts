import type { Person, TestSafe } from '../../server/test/start-safe.ts';
import { Arca } from '../src/arca.ts';
import type { ArcaOptions } from '../src/options.ts';

/** A client with a person's access key. */
export function connect(safe: TestSafe, { clientId, clientSecret }: Person, more: ArcaOptions = {}): Arca {
  return new Arca({ url: safe.url, clientId, clientSecret, ...more });
}

/** Everything that an async iteration gives. */
export async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of all) found.push(one);
  return found;
}

/** What a call fails with; that it does not fail is an error too. */
export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  const done = Symbol();
  const result = await call.then(
    () => done,
    (error: unknown) => error,
  );
  if (result === done) throw new Error('the call did not fail');
  return result;
}
