import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What happens to a call on its way: it arrives, it is cut before the safe hears of it or when the safe has answered,
 * the answer never comes, the answer breaks off (in the middle of what the safe says, for `half an answer`), or something
 * in between answers in the safe's place.
 */
export type Fate =
  | 'pass'
  | 'cut before'
  | 'cut after'
  | 'silence'
  | 'broken answer'
  | 'half an answer'
  | { status: number; headers?: Record<string, string>; body?: string };

export type RoughLine = {
  url: string;
  /** Fates of the next calls to /api/v1, in order; those after them pass. */
  plan(...fates: Fate[]): void;
  /** Calls to /api/v1 that were sent over the line, and those of them that reached the safe, since the last plan. */
  sent: string[];
  reached: { call: string; key: string | undefined }[];
  /** Requests for tokens since the line began. */
  tokens: number;
  close(): Promise<void>;
};

/** An HTTP proxy in front of a safe that treats calls as badly as it is told to. */
export async function roughLine(target: string): Promise<RoughLine> {
  let fates: Fate[] = [];
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/api/oauth2')) {
      line.tokens += 1;
      return forward(incoming, outgoing, 'pass');
    }
    const fate = fates.shift() ?? 'pass';
    const call = `${incoming.method} ${incoming.url}`;
    line.sent.push(call);
    if (fate === 'cut before') return void incoming.socket.destroy();
    if (typeof fate === 'object') {
      incoming.resume();
      return void outgoing.writeHead(fate.status, fate.headers).end(fate.body ?? 'not from here');
    }
    line.reached.push({ call, key: incoming.headers['idempotency-key'] as string | undefined });
    forward(incoming, outgoing, fate);
  });

  function forward(incoming: IncomingMessage, outgoing: ServerResponse, fate: Fate): void {
    const { method, headers, url } = incoming;
    const onward = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
      if (fate === 'pass') {
        outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
        return void answer.pipe(outgoing);
      }
      if (fate === 'half an answer') return void half(answer, incoming, outgoing);
      answer.resume().on('end', () => {
        if (fate === 'cut after') incoming.socket.destroy();
        if (fate !== 'broken answer') return;
        outgoing.writeHead(answer.statusCode ?? 0, { ...answer.headers, 'content-length': '1000' }).write('{"broken');
        setTimeout(() => incoming.socket.destroy(), 20);
      });
    });
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  }

  /** Ends the connection once half of the bytes that were told are written. */
  function half(answer: IncomingMessage, incoming: IncomingMessage, outgoing: ServerResponse): void {
    outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
    let left = Math.floor(Number(answer.headers['content-length']) / 2);
    answer.on('data', (piece: Buffer) => {
      if (left <= 0) return;
      const some = piece.subarray(0, left);
      left -= some.length;
      outgoing.write(some, () => {
        // A moment for what was written to leave.
        if (left <= 0) setTimeout(() => incoming.socket.destroy(), 20);
      });
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const line: RoughLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: [],
    reached: [],
    tokens: 0,
    plan(...next) {
      fates = next;
      line.sent = [];
      line.reached = [];
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return line;
}
