import { setTimeout as sleep } from 'node:timers/promises';
import type { ExportLine } from '../../server/src/actions/audit/export-form.ts';
import type { Operator } from '../../server/src/admin/operate.ts';
import type { Settings } from '../../server/src/settings.ts';
import { openByHand } from '../../server/test/store-by-hand.ts';
import { chanceOf } from '../chance.ts';
import { type Served, serve, serveBriefly } from '../served.ts';
import { type Caller, makeCaller } from './caller.ts';
import { Broken, type Known, mustHold, nothingKnown } from './known.ts';
import { mustKnowAll, settleAll } from './settle.ts';
import { mustBeRecorded, mustHoldRules, untilAlone } from './store-rules.ts';
import { type Worker, workUntilGone } from './work.ts';

export type CrashPlan = {
  environment: Record<string, string>;
  settings: Settings;
  kills: number;
  clients: number;
  seed: number;
  /** The audit is verified whole after so many kills, and at the end. */
  verifyEvery: number;
  /** Longest that a server may work before it is killed, in milliseconds. */
  longestWork: number;
  say(line: string): void;
};

export type CrashSummary = {
  kills: number;
  /** Of them, servers that were killed while they started. */
  killedAtStart: number;
  items: number;
  counts: Record<string, number>;
  lanes: number;
  /** Milliseconds to readiness of each start but the first. */
  ready: { wall: number[]; processor: number[] };
};

/**
 * Lets clients work on a real server, kills it at a moment of chance, starts it again and looks whether it has kept its
 * word; and so on. Throws a Broken that says what it did not keep.
 */
export async function drillCrashes(plan: CrashPlan): Promise<CrashSummary> {
  const { environment, settings, seed, say } = plan;
  const chance = chanceOf(seed, -1);
  const known = nothingKnown();
  const ready: CrashSummary['ready'] = { wall: [], processor: [] };
  let server = await serve(environment);
  try {
    const workers = await makeWorkers(plan, server.operator, known);
    let killedAtStart = 0;
    let verifiedAt = 0;
    for (let killed = 0, round = 0; killed < plan.kills; round += 1) {
      for (const { caller } of workers) caller.moveTo(server.url);
      if (round === 0) for (const { caller } of workers) await caller.newToken();
      await workAndKill(known, workers, server, round, chance.whole(5, plan.longestWork));
      killed += 1;
      if (killed < plan.kills && chance.next() < 0.15) {
        await serveBriefly(environment, chance.whole(1, Math.ceil(ready.wall[0] ?? 500)));
        killed += 1;
        killedAtStart += 1;
      }
      await waitForStore(settings);
      server = await serve(environment);
      ready.wall.push(server.readyAfter.wall);
      ready.processor.push(server.readyAfter.processor);
      await check(plan, known, workers, server, false);
      if (killed - verifiedAt < plan.verifyEvery) continue;
      verifiedAt = killed;
      await mustVerify(server.operator);
      say(`${killed} kills, ${known.items.size} items, ${known.counts.answers} answers: nothing is missing`);
    }
    await check(plan, known, workers, server, true);
    await mustVerify(server.operator);
    const lanes = await mustHaveClosed(server.operator, ready.wall.length);
    const code = await server.stop();
    mustHold(code === 0, `the last server ended with ${code}`);
    return { kills: plan.kills, killedAtStart, items: known.items.size, counts: known.counts, lanes, ready };
  } finally {
    await server.kill();
  }
}

async function makeWorkers({ clients, seed }: CrashPlan, operator: Operator, known: Known): Promise<Worker[]> {
  const callers: Caller[] = [];
  for (let at = 0; at < clients; at += 1) callers.push(await makeCaller(operator, `client-${at}`, known));
  const workers: Worker[] = [];
  for (const [at, caller] of callers.entries()) {
    const next = callers[(at + 1) % clients] ?? caller;
    workers.push({ at, caller, next, chance: chanceOf(seed, at), mine: [], others: [] });
  }
  for (const [at, worker] of workers.entries()) worker.others = workers[(at + clients - 1) % clients]?.mine ?? [];
  return workers;
}

async function workAndKill(
  known: Known,
  workers: readonly Worker[],
  server: Served,
  round: number,
  milliseconds: number,
): Promise<void> {
  const ended = Promise.allSettled(workers.map((worker) => workUntilGone(known, worker, round)));
  await sleep(milliseconds);
  await server.kill();
  for (const one of await ended) if (one.status === 'rejected' && one.reason instanceof Broken) throw one.reason;
  mustHold(server.errors().length === 0, `the log has an error: ${server.errors()[0]}`);
}

async function waitForStore(settings: Settings): Promise<void> {
  if (settings.databaseUrl === null) return;
  const store = await openByHand(settings);
  await untilAlone(store, true);
  await store.close();
}

async function check(
  { settings }: CrashPlan,
  known: Known,
  workers: readonly Worker[],
  server: Served,
  all: boolean,
): Promise<void> {
  for (const { caller } of workers) caller.moveTo(server.url);
  await settleAll(known, workers, all);
  await mustKnowAll(known, workers);
  const store = await openByHand(settings);
  try {
    await mustHoldRules(store);
    await mustBeRecorded(store, known);
  } finally {
    await store.close();
  }
  // A lane that does not end as it was signed is told by the log of the start.
  mustHold(server.errors().length === 0, `the log has an error: ${server.errors()[0]}`);
}

async function mustVerify(operator: Operator): Promise<void> {
  const { problems } = await operator.run('audit.verify', { state: true });
  mustHold(problems.length === 0, `the audit does not verify: ${JSON.stringify(problems.slice(0, 3))}`);
}

/** Each start has closed the lanes of the server before it, and found them to end as they were signed. */
async function mustHaveClosed(operator: Operator, starts: number): Promise<number> {
  let closed = 0;
  for await (const line of operator.stream('audit.export')) {
    const entry = line as ExportLine;
    if (entry.type !== 'entry' || entry.event !== 'audit.lane-closed') continue;
    mustHold(entry.opened?.holds === true, `a lane does not hold: ${JSON.stringify(entry.opened)}`);
    closed += 1;
  }
  mustHold(closed >= starts, `${starts} starts closed only ${closed} lanes`);
  return closed;
}
