import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type ErrorCode, Refusal } from '../domain/errors.ts';
import { openSafe } from '../open-safe.ts';
import type { Settings } from '../settings.ts';
import { FolderInUse } from '../storage/folder-lock.ts';
import { type Operator, operate } from './operate.ts';
import { type SocketAnswer, socketPath } from './socket.ts';

export type Reached = { operator: Operator; close(): Promise<void> };

const patience = 10_000;

/**
 * Reaches the safe of these settings: through the socket of a server that runs on the same data folder, else by opening
 * the store here. Waits a little when another process is just starting, stopping or running a command of its own.
 */
export async function reachSafe(settings: Settings, name: string, log: Logger): Promise<Reached> {
  const until = performance.now() + patience;
  for (;;) {
    const path = socketPath(settings.dataDir);
    if (await answers(path)) return { operator: throughSocket(path, name), close: async () => undefined };
    try {
      const { safe, close } = await openSafe(settings, { log });
      return { operator: operate(safe, name), close };
    } catch (thrown) {
      if (!(thrown instanceof FolderInUse) || performance.now() > until) throw thrown;
      await sleep(100);
    }
  }
}

async function answers(socket: string): Promise<boolean> {
  try {
    for await (const answer of ask(socket, 'ping', undefined, '')) return 'refused' in answer;
    return true;
  } catch {
    return false;
  }
}

function throughSocket(socket: string, name: string): Operator {
  return {
    async run(command, input) {
      for await (const answer of ask(socket, command, input, name)) return resultOf(answer) as never;
      throw new Refusal('unexpected', {});
    },
    async *stream(command) {
      for await (const answer of ask(socket, command, undefined, name)) yield resultOf(answer);
    },
  };
}

async function* ask(socketPath: string, command: string, input: unknown, operator: string): AsyncGenerator<SocketAnswer> {
  const sent = request({ socketPath, method: 'POST', path: '/' });
  sent.end(JSON.stringify({ command, input, operator }));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  for await (const line of createInterface({ input: response })) yield JSON.parse(line) as SocketAnswer;
  if (!response.complete) throw new Error('the server closed the connection before its answer was complete');
}

function resultOf(answer: SocketAnswer): unknown {
  if ('result' in answer) return answer.result;
  throw new Refusal(answer.refused.code as ErrorCode, answer.refused.details as never);
}
