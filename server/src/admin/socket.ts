import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { relative, resolve } from 'node:path';
import type { Safe } from '../actions/safe.ts';
import { Refusal } from '../domain/errors.ts';
import { type CommandName, commands, type StreamName, streams } from './commands.ts';
import { operate } from './operate.ts';

/** What a running server is asked over its socket, and what it answers. */
export type SocketRequest = { command: string; input: unknown; operator: string };
export type SocketAnswer = { result: unknown } | { refused: { code: string; details: unknown } };

const largestRequest = 1024 * 1024;

/**
 * The shortest spelling of the socket's path from here: the system takes about 100 bytes.
 */
export function socketPath(dataDir: string): string {
  const whole = resolve(dataDir, 'arca.sock');
  const fromHere = relative(process.cwd(), whole);
  return fromHere.length < whole.length ? fromHere : whole;
}

/**
 * Lets commands on this host reach the running safe: HTTP over a socket of mode 0600 in the data folder. Whoever may
 * open it may read the folder, so no other proof is asked; `operator` only names the account in the audit.
 */
export async function openSocket(safe: Safe, dataDir: string): Promise<{ close(): Promise<void> }> {
  const path = socketPath(dataDir);
  // The data folder is locked: whatever socket is there was left by a process that was killed.
  rmSync(path, { force: true });
  const server = createServer((request, response) => {
    answer(safe, request, response).catch((thrown) => {
      safe.log.error({ err: thrown }, 'a command could not be answered');
      response.destroy();
    });
  });
  const before = process.umask(0o177);
  try {
    server.listen(path);
    await once(server, 'listening');
  } finally {
    process.umask(before);
  }
  chmodSync(path, 0o600);
  return { close: () => closeServer(server) };
}

async function answer(safe: Safe, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { command, input, operator } = JSON.parse(await bodyOf(request)) as SocketRequest;
  const as = operate(safe, operator);
  response.setHeader('content-type', 'application/x-ndjson');
  try {
    if (Object.hasOwn(streams, command)) {
      for await (const line of as.stream(command as StreamName)) {
        if (!response.write(`${JSON.stringify({ result: line })}\n`)) await once(response, 'drain');
      }
    } else if (Object.hasOwn(commands, command)) {
      const result = await as.run(command as CommandName, input as never);
      response.write(`${JSON.stringify({ result })}\n`);
    } else {
      throw new Refusal('route_unknown', {});
    }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) safe.log.error({ err: thrown }, 'a command failed');
    const refusal = thrown instanceof Refusal ? thrown : new Refusal('unexpected', {});
    response.write(`${JSON.stringify({ refused: { code: refusal.code, details: refusal.details } })}\n`);
  }
  response.end();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestRequest) throw new Error('a command longer than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
