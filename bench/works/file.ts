import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from '../bench.ts';
import type { Child } from '../child.ts';
import { figureOf } from '../measure.ts';
import type { Row } from '../row.ts';
import { type SignedIn, signIn } from '../signed-in.ts';

const megabyte = 1024 * 1024;
const size = 500 * megabyte;
const part = 16 * megabyte;
const rounds = 3;

/** A file of 500 MB up and down, against what `openssl enc` does with as much, and what memory the safe takes for it. */
export async function measureFile(bench: Bench): Promise<Row[]> {
  const { engine, folder } = bench;
  const floor = await opensslSpeed(join(folder, 'plain'));
  const safe = await bench.serve(await bench.filled(1000, 'for itself'), 'file');
  const owner = await signIn(safe.url, 'owner');
  const up: number[] = [];
  const down: number[] = [];
  const grown: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const memory = watchMemory(safe);
    const number = await timed(up, () => sendFile(safe, owner, `file ${round}`));
    await timed(down, () => fetchFile(safe, owner, number));
    grown.push(memory.stop());
  }
  await safe.stop();
  const reach = { atLeast: Math.round(Math.min(200, floor / 2)) };
  const against = `openssl enc: ${Math.round(floor)} MB/s`;
  const common = { engine, sides: {} } as const;
  return [
    { ...common, ...figureOf(up), what: 'file of 500 MB up', unit: 'MB/s', against, reach },
    { ...common, ...figureOf(down), what: 'file of 500 MB down', unit: 'MB/s', against, reach },
    { ...common, ...figureOf(grown), what: 'memory for it', unit: 'MB', against: 'absolute', reach: { atMost: 64 } },
  ];
}

async function timed<T>(speeds: number[], work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const done = await work();
  speeds.push(size / megabyte / ((performance.now() - from) / 1000));
  return done;
}

const bytes = randomBytes(part);

async function sendFile(safe: Child, owner: SignedIn, name: string): Promise<number> {
  const { id } = await owner.call<{ id: string }>('POST', '/uploads', { size, fileName: 'large.bin' });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let at = 0; at < size; at += part) {
    await sendPart(safe, owner, agent, `/uploads/${id}/parts/${at}`, bytes.subarray(0, Math.min(part, size - at)));
  }
  agent.destroy();
  return (await owner.call<{ number: number }>('POST', '/items/file', { name, upload: id })).number;
}

/** The bytes as they lie: fetch cuts and copies them, and takes as much of the processor as the safe does. */
async function sendPart({ url }: Child, owner: SignedIn, agent: Agent, to: string, piece: Uint8Array): Promise<void> {
  const { path, headers } = owner.request(to);
  const own = { 'content-type': 'application/octet-stream', 'content-length': piece.length };
  const sending = request(`${url}${path}`, { method: 'PUT', agent, headers: { ...headers, ...own } });
  sending.end(piece);
  const [answer] = (await once(sending, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  if (answer.statusCode !== 200) throw new Error(`PUT ${path} was answered ${answer.statusCode}`);
}

async function fetchFile(safe: Child, owner: SignedIn, number: number): Promise<void> {
  const { path, headers } = owner.request(`/items/file/${number}/content`);
  const response = await fetch(`${safe.url}${path}`, { headers });
  let length = 0;
  for await (const piece of response.body ?? []) length += (piece as Uint8Array).length;
  if (length !== size) throw new Error(`a file of ${size} bytes came back with ${length}`);
}

/** By how many MB the resident memory grew at the most. */
function watchMemory(safe: Child): { stop(): number } {
  const before = safe.resident() ?? 0;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, safe.resident() ?? 0);
  }, 50);
  return {
    stop() {
      clearInterval(timer);
      return (most - before) / megabyte;
    },
  };
}

async function opensslSpeed(file: string): Promise<number> {
  const run = promisify(execFile);
  writeFileSync(file, randomBytes(size));
  const [key, iv] = [randomBytes(32).toString('hex'), randomBytes(16).toString('hex')];
  const speeds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await timed(speeds, () =>
      run('openssl', ['enc', '-aes-256-ctr', '-K', key, '-iv', iv, '-in', file, '-out', `${file}.enc`]),
    );
  }
  rmSync(file);
  rmSync(`${file}.enc`);
  return figureOf(speeds).value;
}
