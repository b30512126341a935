import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Safe } from '../actions/safe.ts';
import { Refusal } from '../domain/errors.ts';
import { type CommandName, commands, streams } from './commands.ts';
import { type Operator, operate } from './operate.ts';
import { socketPath } from './socket-path.ts';

/** What a running server is asked over its socket, and what it answers: one or more lines, each one of these. */
export type SocketRequest = { command: string; input: unknown; operator: string };
export type SocketAnswer = { result: unknown } | { refused: { code: string; details: unknown } };

/** Room for a file to be imported, in base64. */
const largestRequest = 48 * 1024 * 1024;

/** How long a command may go on once the server was told to stop: an export into a pager may never end. */
const shutdownMilliseconds = 3000;

/**
 * Lets commands on this host reach the running safe: HTTP over a socket of mode 0600 in the data folder. Whoever may
 * open it may read the folder, so no other proof is asked; `operator` only names the account in the audit.
 */
export async function openSocket(safe: Safe, dataDir: string): Promise<{ close(): Promise<void> }> {
  const { path, release } = socketPath(dataDir);
  const server = createServer((request, response) => {
    answer(safe, request, response).catch((thrown) => {
      // A command that was ended while it was answered is no fault.
      if (!isHangUp(thrown)) safe.log.error({ err: thrown }, 'a command could not be answered');
      response.destroy();
    });
  });
  try {
    // The data folder is locked: whatever socket is there was left by a process that was killed.
    rmSync(path, { force: true });
    await listen(server, path);
  } catch (thrown) {
    release();
    throw thrown;
  }
  return {
    async close() {
      await closeServer(server);
      release();
    },
  };
}

async function listen(server: Server, path: string): Promise<void> {
  const before = process.umask(0o177);
  try {
    server.listen(path);
    await once(server, 'listening');
  } finally {
    process.umask(before);
  }
  chmodSync(path, 0o600);
}

async function answer(safe: Safe, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { command, input, operator } = JSON.parse(await bodyOf(request)) as SocketRequest;
  response.setHeader('content-type', 'application/x-ndjson');
  await pipeline(Readable.from(answerLines(safe, operate(safe, operator), command, input)), response);
}

async function* answerLines(safe: Safe, as: Operator, command: string, input: unknown): AsyncGenerator<string> {
  const line = (one: SocketAnswer) => `${JSON.stringify(one)}\n`;
  try {
    if (Object.hasOwn(streams, command)) {
      const stream = as.stream as (name: string, input: unknown) => AsyncIterable<unknown>;
      for await (const result of stream(command, input)) yield line({ result });
    } else if (Object.hasOwn(commands, command)) {
      yield line({ result: await as.run(command as CommandName, input as never) });
    } else {
      throw new Refusal('route_unknown', {});
    }
  } catch (thrown) {
    // The stream throws it in here when nobody reads any more.
    if (isHangUp(thrown)) return;
    if (!(thrown instanceof Refusal)) safe.log.error({ err: thrown }, 'a command failed');
    const { code, details } = thrown instanceof Refusal ? thrown : new Refusal('unexpected', {});
    yield line({ refused: { code, details } });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestRequest) throw new Error('a command longer than 48 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isHangUp(thrown: unknown): boolean {
  return ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes((thrown as { code?: string }).code ?? '');
}

function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    const late = setTimeout(() => server.closeAllConnections(), shutdownMilliseconds);
    server.close(() => {
      clearTimeout(late);
      done();
    });
    server.closeIdleConnections();
  });
}
