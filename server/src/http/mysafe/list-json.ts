import { setImmediate as breathe } from 'node:timers/promises';

const slice = 500;

/** The JSON array of a list, written in slices, and others are served between two of them. */
export async function listJson<T>(items: readonly T[], shaped: (item: T) => object): Promise<string> {
  const parts: string[] = [];
  for (let at = 0; at < items.length; at += slice) {
    if (at > 0) await breathe();
    const some = JSON.stringify(items.slice(at, at + slice).map(shaped));
    parts.push(some.slice(1, -1));
  }
  return `[${parts.join(',')}]`;
}
