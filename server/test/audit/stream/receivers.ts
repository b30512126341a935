import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTls } from 'node:tls';

export type Received<T> = { port: number; got: T[]; close(): Promise<void> };

const patience = 60_000;

/** What `find` gives once it gives anything. */
export async function eventually<T>(what: string, find: () => T | undefined | null | false): Promise<T> {
  const end = performance.now() + patience;
  for (;;) {
    const found = find();
    if (found) return found;
    if (performance.now() > end) throw new Error(`in vain waited for: ${what}`);
    await sleep(20);
  }
}

export async function udpReceiver(): Promise<Received<string>> {
  const got: string[] = [];
  const socket = createSocket('udp4').on('message', (message) => got.push(String(message)));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    got,
    close: () => new Promise((done) => socket.close(() => done())),
  };
}

/** Takes octet-counted messages, over TLS with a key and certificate. */
export async function streamReceiver(tls: { key: string; cert: string } | null): Promise<Received<string>> {
  const got: string[] = [];
  const take = (socket: Socket) => {
    let rest: Buffer = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        const [, digits] = /^(\d+) /.exec(rest.subarray(0, 12).toString('latin1')) ?? [];
        if (digits === undefined) return;
        const from = digits.length + 1;
        const end = from + Number(digits);
        if (rest.length < end) return;
        got.push(rest.subarray(from, end).toString());
        rest = rest.subarray(end);
      }
    });
  };
  const server = tls ? createTls(tls, take) : createTcp(take);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    got,
    close: () => new Promise((done) => void server.close(() => done())),
  };
}

export type Posted = { headers: IncomingHttpHeaders; path: string; body: string };

/** Takes POST requests; `answer` says with which status each is answered, and with what headers. */
export async function webReceiver(
  answer: (count: number) => { status: number; headers?: Record<string, string> },
  port = 0,
): Promise<Received<Posted>> {
  const got: Posted[] = [];
  const server = createHttp((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      got.push({ headers: request.headers, path: request.url ?? '', body });
      const { status, headers = {} } = answer(got.length);
      response.writeHead(status, headers).end('a body that nobody reads');
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    got,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** A key and a certificate of its own for `localhost`, or null where there is no openssl to make them. */
export function makeCertificate(folder: string): { key: string; cert: string; file: string } | null {
  const [key, cert] = [join(folder, 'receiver.key'), join(folder, 'receiver.pem')];
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const made = spawnSync('/bin/sh', [
    ...['-c', 'openssl "$@"', 'sh'],
    ...words,
    ...['-keyout', key, '-out', cert, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
  ]);
  if (made.status !== 0) return null;
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), file: cert };
}
