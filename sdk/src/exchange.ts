import { ArcaError } from './errors.ts';

/** How to reach a safe. */
export type Line = {
  /** Without a slash at the end; empty for the origin of the page. */
  url: string;
  fetch: typeof globalThis.fetch;
  credentials: 'omit' | 'same-origin';
  /** Milliseconds an attempt may take, until its answer is read. */
  timeout: number;
  retries: number;
  userAgent: string | undefined;
  /** Ends everything that goes over the line. */
  signal: AbortSignal | undefined;
};

export type Received = { status: number; headers: Headers; bytes: Uint8Array };
export type Signals = readonly (AbortSignal | undefined)[];
export type Sent = { method: string; path: string; headers: Headers; body: string | Blob | null };

/** Sends once and reads the whole answer, whatever its status. Throws ArcaError: network_failed, timed_out or aborted. */
export function exchange(name: string, line: Line, sent: Sent, signals: Signals): Promise<Received> {
  return send(name, line, sent, signals, async (response) => {
    const { status, headers } = response;
    return { status, headers, bytes: new Uint8Array(await response.arrayBuffer()) };
  });
}

/** The same, with what is to be made of the answer within the time of an attempt. */
export async function send<T>(
  name: string,
  line: Line,
  sent: Sent,
  signals: Signals,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort('timeout'), line.timeout);
  const unhear = hear(signals, () => over.abort('signal'));
  if (line.userAgent !== undefined) sent.headers.set('user-agent', line.userAgent);
  try {
    const response = await line.fetch(`${line.url}${sent.path}`, {
      method: sent.method,
      headers: sent.headers,
      body: sent.body,
      credentials: line.credentials,
      // A safe never redirects; following would carry a secret to who knows where.
      redirect: 'error',
      signal: over.signal,
    });
    return await read(response);
  } catch (cause) {
    if (!over.signal.aborted)
      throw new ArcaError(name, 'network_failed', 'The safe cannot be reached.', null, { cause });
    if (over.signal.reason === 'signal') throw aborted(name, signals);
    throw new ArcaError(name, 'timed_out', `The safe did not answer within ${line.timeout} ms.`, null);
  } finally {
    clearTimeout(timer);
    unhear();
  }
}

/** What comes first: the promise, or the end by a signal. The promise goes on for others who wait for it. */
export function orAborted<T>(name: string, promise: Promise<T>, signals: Signals): Promise<T> {
  return new Promise((resolve, reject) => {
    const unhear = hear(signals, () => reject(aborted(name, signals)));
    promise.then(resolve, reject).finally(unhear);
  });
}

/** Waits, unless a signal ends it. */
export async function pause(name: string, milliseconds: number, signals: Signals): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    await orAborted(name, time, signals);
  } finally {
    clearTimeout(timer);
  }
}

function aborted(name: string, signals: Signals): ArcaError<'aborted'> {
  const cause: unknown = signals.find((one) => one?.aborted)?.reason;
  return new ArcaError(name, 'aborted', 'The call was ended by its signal.', null, { cause });
}

/** Calls back once when one of the signals ends, or at once if one has. Gives the way to stop listening. */
function hear(signals: Signals, onEnd: () => void): () => void {
  const heard = signals.filter((one) => one !== undefined);
  for (const signal of heard) {
    if (signal.aborted) onEnd();
    else signal.addEventListener('abort', onEnd, { once: true });
  }
  return () => {
    for (const signal of heard) signal.removeEventListener('abort', onEnd);
  };
}
