import { setTimeout as sleep } from 'node:timers/promises';
import { type Arca, ArcaError, type Download, download } from '../../../sdk/src/arca.ts';
import { Problem } from '../problem.ts';

export type Fetching = { number: number; signal: AbortSignal; version?: number; justification?: string };
export type Fetched = { size: number; version: number | null; fileName: string | null; mediaType: string };
type Sink = { write(bytes: Uint8Array): Promise<void>; tell(done: number | null): void };

/** So often it goes on after a break without that another byte came. */
const mostTries = 4;

/**
 * Fetches the content of a file into the sink that `open` gives once it is known what comes. What breaks off goes on from
 * there, as long as it is still the same version.
 */
export async function fetchContent(
  arca: Arca,
  wish: Fetching,
  open: (got: Fetched) => Sink | Promise<Sink>,
): Promise<Fetched> {
  const { number, ...rest } = wish;
  const first = await download(arca, number, rest);
  const { length: size, etag, fileName, mediaType } = first;
  const got = { size, fileName, mediaType, version: versionOf(etag) };
  let part: Download | null = first;
  let sink: Sink;
  try {
    sink = await open(got);
  } catch (thrown) {
    await first.stream.cancel().catch(() => undefined);
    throw thrown;
  }
  try {
    for (let [at, tries] = [0, 0]; ; ) {
      const before = at;
      if (part !== null) at = await drain(part, at, sink);
      if (at === size) return got;
      tries = at > before ? 1 : tries + 1;
      if (tries >= mostTries) {
        throw new Problem(
          'unreachable',
          `It broke off after ${at} of ${size} bytes: the line is bad, or the content damaged.`,
        );
      }
      await sleep(250 * 2 ** tries, undefined, { signal: wish.signal });
      part = await goOn(arca, wish, at, etag);
    }
  } finally {
    sink.tell(null);
  }
}

/** Writes what comes until it ends or breaks off; gives how far it has come. */
async function drain({ stream }: Download, from: number, sink: Sink): Promise<number> {
  let at = from;
  const reader = stream.getReader();
  try {
    for (;;) {
      const next = await reader.read().catch(() => ({ done: true as const, value: undefined }));
      if (next.done) return at;
      await sink.write(next.value);
      at += next.value.length;
      sink.tell(at);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The rest of it; null when the safe is not there at this moment. */
async function goOn(
  arca: Arca,
  { number, ...rest }: Fetching,
  from: number,
  etag: string | null,
): Promise<Download | null> {
  try {
    const part = await download(arca, number, {
      ...rest,
      range: { from },
      ...(etag === null ? {} : { ifRange: etag }),
    });
    if (part.from === from && part.etag === etag) return part;
    await part.stream.cancel();
  } catch (thrown) {
    if (thrown instanceof ArcaError && ['network_failed', 'timed_out', 'store_unreachable'].includes(thrown.code))
      return null;
    throw thrown;
  }
  throw new Problem('refused', 'It broke off, and has another content by now: get it again.');
}

function versionOf(etag: string | null): number | null {
  const version = /^"v(\d+)"$/.exec(etag ?? '')?.[1];
  return version === undefined ? null : Number(version);
}
