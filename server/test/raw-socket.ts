import { once } from 'node:events';
import { connect } from 'node:net';

/** An answer as its bytes were; header names in lower case. */
export type RawAnswer = {
  status: number;
  /** Statuses such as 100 that came before. */
  interim: number[];
  headers: ReadonlyMap<string, string>;
  body: Buffer;
};

export type RawConnection = {
  send(bytes: string | Uint8Array): void;
  /**
   * The next answer, or null when the server closed without one. Throws when neither comes within the patience. The
   * answer to a HEAD has no body whatever its headers say.
   */
  answer(method?: string): Promise<RawAnswer | null>;
  isOpen(): boolean;
  close(): void;
};

/** A connection on which the test decides about every byte. `patience` is in milliseconds. */
export async function openRaw(url: string, patience = 20_000): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let received: Buffer = Buffer.alloc(0);
  let ended = false;
  let wake = (): void => undefined;
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  socket.on('close', () => {
    ended = true;
    wake();
  });
  // A reset is a way to close.
  socket.on('error', () => undefined);
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);

  async function more(until: number): Promise<boolean> {
    if (ended) return false;
    const left = until - performance.now();
    let timer: NodeJS.Timeout | undefined;
    const came = await new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), Math.max(0, left));
      wake = () => resolve(true);
    });
    clearTimeout(timer);
    if (!came) throw new Error(`neither answered nor closed within ${patience} ms`);
    return true;
  }

  return {
    send(bytes) {
      if (!ended) socket.write(bytes);
    },
    async answer(method = 'GET') {
      const until = performance.now() + patience;
      const interim: number[] = [];
      for (;;) {
        const read = readAnswer(received, method, ended);
        if (read === 'more') {
          if (!(await more(until))) {
            const last = readAnswer(received, method, true);
            return last === 'more' ? null : { ...last.answer, interim };
          }
        } else {
          received = received.subarray(read.length);
          if (read.answer.status >= 200) return { ...read.answer, interim };
          interim.push(read.answer.status);
        }
      }
    },
    isOpen: () => !ended,
    close: () => void socket.destroy(),
  };
}

/** One request, one answer, on a connection of its own. */
export async function sendRaw(url: string, bytes: string | Uint8Array, method?: string): Promise<RawAnswer | null> {
  const connection = await openRaw(url);
  try {
    connection.send(bytes);
    return await connection.answer(method);
  } finally {
    connection.close();
  }
}

type Read = { answer: Omit<RawAnswer, 'interim'>; length: number };

function readAnswer(bytes: Buffer, method: string, ended: boolean): Read | 'more' {
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return 'more';
  const [first = '', ...lines] = bytes.subarray(0, head).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]);
  if (!status) throw new Error(`not an answer of HTTP/1.1: ${first.slice(0, 100)}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const start = head + 4;
  const whole = (body: Buffer, end: number): Read => ({ answer: { status, headers, body }, length: end });
  if (status < 200 || status === 204 || status === 304 || method === 'HEAD') return whole(Buffer.alloc(0), start);
  const length = headers.get('content-length');
  if (length !== undefined) {
    const end = start + Number(length);
    return bytes.length < end ? 'more' : whole(bytes.subarray(start, end), end);
  }
  if (headers.get('transfer-encoding') === 'chunked') {
    const end = bytes.indexOf('0\r\n\r\n', start);
    return end < 0 ? 'more' : whole(bytes.subarray(start, end), end + 5);
  }
  return ended ? whole(bytes.subarray(start), bytes.length) : 'more';
}
