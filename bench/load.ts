import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Child } from './child.ts';
import type { Answer } from './floor-plan.ts';

export type Request = { method: 'GET' | 'POST'; path: string; headers: Record<string, string>; body?: string };

/** What is sent again and again: at random, or in turn, each stretch going on where the last one ended. */
export type Load = {
  requests: readonly Request[];
  order: 'random' | 'in turn';
  /** Answers that hold this text mean that the work was not done. */
  unwanted?: string;
};

/**
 * One stretch of load: answers a second, milliseconds for half and for 99 of 100 answers, and microseconds of processor
 * time that the server took for each (null where the system does not tell).
 */
export type Stretch = { perSecond: number; p50: number; p99: number; cpu: number | null };

export const connections = 64;
/** At the turn from one stretch to the next, and from one round to the next, requests in flight may overtake. */
const mostUnwanted = 0.02;

const run = promisify(execFile);

export async function wrkVersion(): Promise<string | null> {
  try {
    await run('wrk', ['--version']);
  } catch (thrown) {
    const { code, stdout = '' } = thrown as { code?: unknown; stdout?: string };
    if (code === 'ENOENT') return null;
    // It tells its version with exit code 1.
    return /^wrk \S+/.exec(stdout)?.[0] ?? 'wrk';
  }
  return 'wrk';
}

/** Sends a load to a server for some seconds. */
export type Send = (to: Child, seconds: number) => Promise<Stretch>;

/** Makes a load ready to be sent to any server, its requests in a file of that folder. */
export function prepareLoad(load: Load, folder: string, name: string): Send {
  const file = join(folder, `${name}.requests`);
  writeFileSync(file, Buffer.concat(load.requests.flatMap(framed)));
  let next = 0;
  return async (to, seconds) => {
    const order = load.order === 'random' ? 'random' : String(next);
    const own = [
      '-t1',
      `-c${connections}`,
      `-d${seconds}s`,
      '--timeout',
      '30s',
      '-s',
      join(import.meta.dirname, 'load.lua'),
    ];
    const before = to.processorTime();
    const { stdout } = await run('wrk', [...own, to.url, '--', file, order, ...(load.unwanted ? [load.unwanted] : [])]);
    const told = JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('{')) ?? '{}') as Told;
    if (load.order === 'in turn') next = told.next;
    mustBeSound(told, name);
    const after = to.processorTime();
    const cpu = before === null || after === null ? null : (after - before) / told.requests;
    return { perSecond: told.requests / told.seconds, p50: told.p50, p99: told.p99, cpu };
  };
}

type Told = {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
  notOk: number;
  broken: number;
  unwanted: number;
  next: number;
};

function mustBeSound(told: Told, name: string): void {
  if (!(told.requests > 0)) throw new Error(`${name}: nothing was answered`);
  if (told.notOk > 0) throw new Error(`${name}: ${told.notOk} of ${told.requests} answers were errors`);
  if (told.broken > 0) throw new Error(`${name}: ${told.broken} connections broke or timed out`);
  if (told.unwanted > told.requests * mostUnwanted) {
    throw new Error(`${name}: ${told.unwanted} of ${told.requests} requests had nothing to do`);
  }
}

function framed({ method, path, headers, body = '' }: Request): Buffer[] {
  const all: Record<string, string> = { host: '127.0.0.1', ...headers };
  if (method === 'POST') all['content-length'] = String(Buffer.byteLength(body));
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const bytes = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  return [Buffer.from(`${bytes.length}\n`), bytes];
}

const warmAnswers = 20_000;
const longestWarmUp = 10;

/** Sends a load until the server runs at its speed: its hot code is compiled after some ten thousand answers. */
export async function warmUp(send: Send, to: Child): Promise<void> {
  let answers = 0;
  for (let second = 0; second < longestWarmUp && answers < warmAnswers; second += 1) {
    answers += (await send(to, 1)).perSecond;
  }
}

/** Plays every request once, a few at a time, and keeps the answer of each path. All must be answered with success. */
export async function captureAnswers(load: Load, url: string): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {};
  for (let at = 0; at < load.requests.length; at += 32) {
    const some = load.requests.slice(at, at + 32);
    for (const [path, answer] of await Promise.all(
      some.map(async (one) => [one.path, await play(one, url)] as const),
    )) {
      answers[path] ??= answer;
    }
  }
  return answers;
}

// Made anew for each answer by whatever server gives it.
const ofTheConnection = new Set(['connection', 'keep-alive', 'date', 'content-length', 'x-request-id']);

export async function play({ method, path, headers, body }: Request, url: string): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text.slice(0, 300)}`);
  const kept = [...response.headers].filter(([name]) => !ofTheConnection.has(name));
  return { status: response.status, headers: Object.fromEntries(kept), body: text };
}
