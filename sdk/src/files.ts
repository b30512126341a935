import type { Connection } from './client.ts';
import { sendWithToken } from './client.ts';
import { connectionOf } from './connections.ts';
import { ArcaError, isProblem } from './errors.ts';
import { exchange, pause, type Received, send } from './exchange.ts';
import type { Api } from './generated/api.ts';
import { persist } from './persist.ts';
import { problemOf, readAnswer } from './read-answer.ts';

export type UploadOptions = {
  /** `contract.pdf`; that of a `File` unless told. */
  fileName?: string | undefined;
  /** That of the blob unless told. */
  mediaType?: string | undefined;
  /** Ends it; what has come stays with the safe for a day, and `resume` goes on from there. */
  signal?: AbortSignal | undefined;
  /** The id of an upload of the same content that was begun before. */
  resume?: string | undefined;
  /** Called as soon as the id is known, for a later `resume`. */
  onBegin?: ((id: string) => void) | undefined;
  /** Called with each part that is stored: bytes so far. */
  onProgress?: ((stored: number) => void) | undefined;
};

const least = 1024 * 1024;
const most = 16 * least;
/** Parts grow or shrink so that each takes about as long: progress is shown often, and a slow line loses little. */
const wishedMilliseconds = 1500;
/** The same part is tried so often before its failure is the upload's. */
const mostTries = 6;
/** Milliseconds before the second try; twice as many before each further one. */
const firstWait = 250;
const partName = 'uploads.addPart';

/**
 * Brings the content of a file into the safe, part by part, and gives the upload's id, which `items.createFile` and
 * `items.updateFile` take as `upload`. In Node, `fs.openAsBlob(path)` makes a blob that is read as it is sent.
 */
export async function upload(
  client: Pick<Api, 'uploads'>,
  content: Blob,
  options: UploadOptions = {},
): Promise<string> {
  const { signal, onProgress } = options;
  const connection = connectionOf(client);
  const { id, offset } = await begun(client, content, options);
  options.onBegin?.(id);
  let at = offset;
  let size = least;
  for (let tries = 0; at < content.size; ) {
    onProgress?.(at);
    const start = performance.now();
    try {
      at = await putPart(connection, id, at, content.slice(at, at + size), signal);
      tries = 0;
      size = next(size, performance.now() - start);
    } catch (thrown) {
      tries += 1;
      // Its answer was lost, or another window has sent it: the safe knows where to go on.
      if (isProblem(thrown, 'upload_offset_wrong') && tries < mostTries) at = thrown.problem.offset;
      else if (!isPassing(thrown) || tries >= mostTries) throw thrown;
      // A safe that is being started again is back in a few seconds.
      else await pause(partName, firstWait * 2 ** (tries - 1), [signal, connection.line.signal]);
      size = least;
    }
  }
  onProgress?.(at);
  return id;
}

async function begun(client: Pick<Api, 'uploads'>, content: Blob, options: UploadOptions) {
  const { signal, resume } = options;
  if (resume !== undefined) {
    const known = await client.uploads.read({ id: resume }, { signal });
    if (known.size !== content.size) throw new TypeError('this is not the content that the upload was begun with');
    return known;
  }
  const fileName = options.fileName ?? ('name' in content ? String(content.name) : 'file');
  const mediaType = options.mediaType ?? content.type;
  return client.uploads.begin({ size: content.size, fileName, mediaType }, { signal });
}

function next(size: number, milliseconds: number): number {
  const factor = Math.min(2, Math.max(0.5, wishedMilliseconds / Math.max(1, milliseconds)));
  return Math.min(most, Math.max(least, Math.round(size * factor)));
}

function isPassing(thrown: unknown): boolean {
  if (!(thrown instanceof ArcaError)) return false;
  return ['timed_out', 'network_failed', 'body_unreadable', 'store_unreachable', 'store_timeout'].includes(thrown.code);
}

async function putPart(
  { line, tokens }: Connection,
  id: string,
  at: number,
  part: Blob,
  signal: AbortSignal | undefined,
): Promise<number> {
  const signals = [signal, line.signal];
  const attempt = (token: string | null) => {
    const headers = new Headers({ 'content-type': 'application/octet-stream' });
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    const path = `/api/v1/uploads/${id}/parts/${at}`;
    const sent = { method: 'PUT', path, headers, body: part };
    // An answer that asks for patience is waited for; what was lost is looked for anew by who calls.
    return persist(partName, line, 'when not done', signals, () => exchange(partName, line, sent, signals));
  };
  const received = tokens === null ? await attempt(null) : await sendWithToken(tokens, signals, attempt);
  const row = { method: 'PUT', path: '' } as const;
  return (readAnswer(partName, row, received).data as { offset: number }).offset;
}

export type DownloadOptions = {
  /** An earlier version; the current one unless told. */
  version?: number | undefined;
  /** The reason, where one is asked for. */
  justification?: string | undefined;
  /** From this byte up to but not with the other. */
  range?: { from: number; to?: number | undefined } | undefined;
  /** With `range`: the ETag of the answer that it continues; if the file is another by now, all of it comes. */
  ifRange?: string | undefined;
  signal?: AbortSignal | undefined;
};

export type Download = {
  /** Fails, and never ends early, when the content is not whole. */
  stream: ReadableStream<Uint8Array>;
  /** Bytes that the stream has. */
  length: number;
  /** Where they begin, 0 for all. */
  from: number;
  mediaType: string;
  /** Under which it may be saved: what its owner called it, and not to be taken for a path. */
  fileName: string | null;
  etag: string | null;
};

/** Downloads the content of a file, or a range of it; the stream is read as it comes. Recorded as a reveal. */
export async function download(client: object, number: number, options: DownloadOptions = {}): Promise<Download> {
  const { line, tokens } = connectionOf(client);
  const { version, justification, range, ifRange, signal } = options;
  const name = 'files.download';
  const signals = [signal, line.signal];
  const query = new URLSearchParams();
  if (version !== undefined) query.set('version', String(version));
  if (justification !== undefined) query.set('justification', justification);
  const search = query.size > 0 ? `?${query}` : '';
  let body: Response['body'] = null;
  const attempt = (token: string | null) => {
    const headers = new Headers({ accept: '*/*' });
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    if (range !== undefined) headers.set('range', `bytes=${range.from}-${range.to === undefined ? '' : range.to - 1}`);
    if (ifRange !== undefined) headers.set('if-range', ifRange);
    const sent = { method: 'GET', path: `/api/v1/items/file/${number}/content${search}`, headers, body: null };
    return persist(name, line, 'always', signals, () =>
      send<Received>(name, line, sent, signals, async (response) => {
        const { status, headers: told } = response;
        if (status !== 200 && status !== 206)
          return { status, headers: told, bytes: new Uint8Array(await response.arrayBuffer()) };
        body = response.body;
        return { status, headers: told, bytes: new Uint8Array() };
      }),
    );
  };
  const received = tokens === null ? await attempt(null) : await sendWithToken(tokens, signals, attempt);
  const { headers } = received;
  if (body === null) throw problemOf(name, received);
  const [, from = '0'] = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '') ?? [];
  // While it is read, too, the signal ends it.
  const whole = body as ReadableStream<Uint8Array>;
  const stream = signal === undefined ? whole : whole.pipeThrough(new TransformStream(), { signal });
  return {
    stream,
    length: Number(headers.get('content-length')),
    from: Number(from),
    mediaType: headers.get('content-type') ?? 'application/octet-stream',
    fileName: fileNameIn(headers.get('content-disposition')),
    etag: headers.get('etag'),
  };
}

/** Its second form alone, which tells every name as it is. */
function fileNameIn(disposition: string | null): string | null {
  const told = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition ?? '')?.[1];
  try {
    return told === undefined ? null : decodeURIComponent(told);
  } catch {
    return null;
  }
}
