import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { type ErrorCode, Refusal } from '../domain/errors.ts';
import { linesOf } from './lines.ts';
import type { Operator } from './operate.ts';
import type { SocketAnswer, SocketRequest } from './socket.ts';
import { socketPath } from './socket-path.ts';

/** The server of the data folder went away before its answer was complete. */
export class ServerGone extends Error {
  override name = 'ServerGone';
}

const pingMilliseconds = 2000;

/** Whether a server of this data folder answers now. */
export async function serverAnswers(dataDir: string): Promise<boolean> {
  try {
    const sent: SocketRequest = { command: 'ping', input: null, operator: '' };
    // It knows no such command and says so, which is answer enough.
    for await (const answer of ask(dataDir, sent, pingMilliseconds)) return 'refused' in answer;
    return false;
  } catch {
    return false;
  }
}

/** The operator of the safe that a server of this data folder has open. */
export function throughSocket(dataDir: string, operator: string): Operator {
  return {
    async run(command, input) {
      for await (const answer of ask(dataDir, { command, input, operator })) return resultOf(answer) as never;
      throw new ServerGone('it ended without an answer');
    },
    async *stream(command, ...[input]) {
      for await (const answer of ask(dataDir, { command, input: input ?? null, operator })) yield resultOf(answer);
    },
  };
}

async function* ask(dataDir: string, sent: SocketRequest, limit?: number): AsyncGenerator<SocketAnswer> {
  const { path, release } = socketPath(dataDir);
  const signal = limit === undefined ? undefined : AbortSignal.timeout(limit);
  const asking = request({ socketPath: path, method: 'POST', path: '/', agent: false, ...(signal ? { signal } : {}) });
  // Errors reach whoever waits for the answer; one that comes later has nobody to tell.
  asking.on('error', () => undefined);
  try {
    asking.end(JSON.stringify(sent));
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    for await (const line of linesOf(response)) yield JSON.parse(line) as SocketAnswer;
  } catch (thrown) {
    throw new ServerGone('it closed the connection', { cause: thrown });
  } finally {
    asking.destroy();
    release();
  }
}

function resultOf(answer: SocketAnswer): unknown {
  if ('result' in answer) return answer.result;
  throw new Refusal(answer.refused.code as ErrorCode, answer.refused.details as never);
}
