import { randomUUID } from 'node:crypto';
import type { Context, Safe } from '../actions/safe.ts';
import {
  type CommandName,
  commands,
  type InputOf,
  type ResultOf,
  type StreamInputOf,
  type StreamName,
  streams,
} from './commands.ts';

/** A safe as the operator of the host reaches it: in this process, or through a running server. */
export type Operator = {
  run<N extends CommandName>(name: N, input: InputOf<N>): Promise<ResultOf<N>>;
  /** JSON lines, one value each. */
  stream<N extends StreamName>(name: N, ...input: StreamInputOf<N>): AsyncIterable<unknown>;
};

/** The operator of a safe that this process has open. `name` is his account on the host, for the audit. */
export function operate(safe: Safe, name: string): Operator {
  return {
    async run(command, input) {
      const run = commands[command] as (ctx: Context, input: unknown) => Promise<unknown>;
      return jsonified(await run(contextOf(safe, name), input)) as never;
    },
    stream(command, ...[input]) {
      const stream = streams[command] as (ctx: Context, input: unknown) => AsyncIterable<unknown>;
      return stream(contextOf(safe, name), input);
    },
  };
}

export function contextOf(safe: Safe, name: string): Context {
  return {
    safe,
    credential: { kind: 'operator', name },
    origin: { address: '', referer: null, fingerprint: null },
    justification: null,
    repeat: null,
    requestId: randomUUID(),
  };
}

/** What the value is after a trip through the socket, so that a command sees the same either way. */
function jsonified(value: unknown): unknown {
  if (value === undefined) return null;
  const text = JSON.stringify(value, function (this: Record<string, unknown>, name, plain) {
    // A Buffer has turned itself into JSON before it comes here as `plain`.
    const one = this[name];
    return one instanceof Uint8Array ? Buffer.from(one).toString('base64') : plain;
  });
  return JSON.parse(text);
}
