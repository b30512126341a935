import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../server/src/storage/connection.ts';
import { type Child, startChild, startSafe } from './child.ts';
import { type FilledSafe, fillSafe } from './filled-safe.ts';
import type { FloorPlan } from './floor-plan.ts';
import { captureAnswers, type Load, play, prepareLoad, type Request, type Stretch, warmUp } from './load.ts';
import type { Options, WorkName } from './options.ts';

/** What a work needs to measure itself on one engine: a folder, a store to make safes on, and processes to end. */
export type Bench = {
  engine: Engine;
  options: Options;
  folder: string;
  /** Makes a safe with so many items, or gives the one made before when it was left as it is. */
  filled(items: number, use: 'reads only' | 'for itself'): Promise<FilledSafe>;
  serve(safe: FilledSafe, name: string): Promise<Child>;
  floor(file: string, plan: FloorPlan, name: string, ...more: string[]): Promise<Child>;
  say(line: string): void;
};

export type Ending = Bench & { stopAll(): Promise<void> };

export function openBench(
  engine: Engine,
  options: Options,
  folder: string,
  makeDatabase: () => Promise<string | null>,
  say: (line: string) => void,
): Ending {
  mkdirSync(folder, { recursive: true });
  const running = new Set<Child>();
  const kept = new Map<number, Promise<FilledSafe>>();
  let count = 0;
  const watched = async (starting: Promise<Child>): Promise<Child> => {
    const child = await starting;
    running.add(child);
    return {
      ...child,
      async stop() {
        running.delete(child);
        await child.stop();
      },
    };
  };
  const fill = async (items: number) => {
    say(`filling a safe with ${items.toLocaleString('en')} items`);
    count += 1;
    return fillSafe(join(folder, `safe-${count}`), await makeDatabase(), items);
  };
  return {
    engine,
    options,
    folder,
    say,
    filled(items, use) {
      if (use === 'for itself') return fill(items);
      const known = kept.get(items) ?? fill(items);
      kept.set(items, known);
      return known;
    },
    serve: (safe, name) => {
      // As the image and the unit for systemd set it.
      const environment = { ...safe.environment, MALLOC_ARENA_MAX: '2', NODE_OPTIONS: '--max-semi-space-size=8' };
      return watched(startSafe(environment, join(folder, `${name}.log`), options.profile));
    },
    floor(file, plan, name, ...more) {
      const path = join(folder, `${name}.json`);
      writeFileSync(path, JSON.stringify(plan));
      return watched(startChild({ file, arguments: [path, ...more], log: join(folder, `${name}.log`) }));
    },
    async stopAll() {
      for (const child of [...running]) await child.stop();
    },
  };
}

/** A token for the key that owns a safe's items. */
export async function tokenOf({ clientId, clientSecret }: FilledSafe, url: string): Promise<string> {
  const { body } = await play(tokenRequest(clientId, clientSecret), url);
  return (JSON.parse(body) as { access_token: string }).access_token;
}

export function tokenRequest(clientId: string, clientSecret: string): Request {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  }).toString();
  return {
    method: 'POST',
    path: '/api/oauth2/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  };
}

export type Side = () => Promise<Stretch>;

export type FloorName = 'raw' | 'fastify' | 'fsync' | 'least';
const floorFiles: Readonly<Record<FloorName, string>> = {
  raw: 'floor-raw.ts',
  fastify: 'floor-fastify.ts',
  fsync: 'floor-fastify.ts',
  least: 'least/server.ts',
};

/**
 * Starts the floors that a load is held against, with the safe's own answers, and gives each side as something to run.
 * Every side is warmed up; a floor that answers other bytes than the safe is an error.
 */
export async function sidesFor<F extends FloorName>(
  bench: Bench,
  load: Load,
  safe: Child,
  name: WorkName,
  route: string,
  floors: readonly F[],
): Promise<{ sides: Record<F | 'arca', Side>; stop(): Promise<void> }> {
  const { folder, options } = bench;
  const answers = await captureAnswers(load, safe.url);
  const plan: FloorPlan = { method: load.requests[0]?.method ?? 'GET', route, answers };
  const children = new Map<F | 'arca', Child>();
  for (const floor of floors) {
    const store = floor === 'fsync' || floor === 'least' ? [join(folder, `${name}-${floor}.db`)] : [];
    const more = floor === 'least' ? [name, ...store] : store;
    const child = await bench.floor(floorFiles[floor], plan, `${name}-${floor}`, ...more);
    await mustAnswerAlike(load, child, plan);
    children.set(floor, child);
  }
  children.set('arca', safe);
  const sides: Partial<Record<F | 'arca', Side>> = {};
  for (const [side, child] of children) {
    // Each side counts its own turns.
    const send = prepareLoad(load, folder, `${name}-${side}`);
    await warmUp(send, child);
    sides[side] = () => send(child, options.seconds);
  }
  return {
    sides: sides as Record<F | 'arca', Side>,
    async stop() {
      for (const child of children.values()) await child.stop();
    },
  };
}

async function mustAnswerAlike(load: Load, floor: Child, plan: FloorPlan): Promise<void> {
  for (const request of load.requests.slice(0, 3)) {
    const answer = JSON.stringify(await play(request, floor.url));
    const wanted = JSON.stringify(plan.answers[request.path]);
    if (answer !== wanted) throw new Error(`a floor answers ${answer} in place of ${wanted}`);
  }
}
