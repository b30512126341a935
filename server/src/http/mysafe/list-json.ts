const slice = 500;

/**
 * The JSON array of a list, written in slices, and others are served between two of them: `giveWay` is told when the
 * last one began.
 */
export async function listJson<T>(
  items: readonly T[],
  shaped: (item: T) => object,
  giveWay: (began: number) => Promise<void>,
): Promise<string> {
  const parts: string[] = [];
  let began = performance.now();
  for (let at = 0; at < items.length; at += slice) {
    if (at > 0) await giveWay(began);
    began = performance.now();
    const some = JSON.stringify(items.slice(at, at + slice).map(shaped));
    parts.push(some.slice(1, -1));
  }
  return `[${parts.join(',')}]`;
}
