import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, isSilence, makeCall } from '../call.ts';

export type Asked = { method: string; path: string; headers: Readonly<Record<string, string>>; body: string };

/** What comes in place of the real answer, in part; null for none at all, or a connection that is cut. */
export type Deviation = (asked: Asked, answer: Answer) => Partial<Answer> | 'silence' | 'cut' | undefined;

export type DeviatingServer = {
  url: string;
  /** Requests so far, with the status that was sent back, and how many there were at the same time at the most. */
  asked: (Asked & { status: number })[];
  mostAtOnce(): number;
  deviate(deviation: Deviation): void;
  close(): Promise<void>;
};

/** For tests: a server that gives the answers of another one, but for what the deviation of the moment changes. */
export async function startDeviatingServer(realUrl: string): Promise<DeviatingServer> {
  const call = makeCall({ url: new URL(realUrl), ca: null, insecure: false, seconds: 30 });
  const asked: DeviatingServer['asked'] = [];
  let deviation: Deviation = () => undefined;
  let [atOnce, most] = [0, 0];
  const server = createServer(async (request, response) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    response.once('close', () => {
      atOnce -= 1;
    });
    const one = await read(request);
    const answer = await call(one);
    if (isSilence(answer)) throw new Error(answer.silence);
    const change = deviation(one, answer);
    const { status, headers, text } = { ...answer, ...(typeof change === 'object' ? change : {}) };
    asked.push({ ...one, status });
    if (change === 'cut') request.socket.destroy();
    if (typeof change === 'string') return;
    response.writeHead(status, without(headers, ['content-length', 'connection', 'transfer-encoding', 'keep-alive']));
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    mostAtOnce: () => most,
    deviate(next) {
      deviation = next;
      asked.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: without(Object.fromEntries(headers), ['host', 'connection', 'content-length', 'transfer-encoding']),
    body: Buffer.concat(pieces).toString('utf8'),
  };
}

function without(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}
