const slice = 250;

/**
 * The JSON array of a list as bytes, written in slices, and others are served between two of them: `giveWay` is told
 * when the last one began. As one text, megabytes would be put together and encoded in a single turn at the end.
 */
export async function listJson<T>(
  items: readonly T[],
  shaped: (item: T) => object,
  giveWay: (began: number) => Promise<void>,
): Promise<Buffer> {
  const parts: Buffer[] = [Buffer.from('[')];
  let began = performance.now();
  for (let at = 0; at < items.length; at += slice) {
    if (at > 0) await giveWay(began);
    began = performance.now();
    const some = JSON.stringify(items.slice(at, at + slice).map(shaped));
    parts.push(Buffer.from(`${at > 0 ? ',' : ''}${some.slice(1, -1)}`));
  }
  return Buffer.concat([...parts, Buffer.from(']')]);
}
