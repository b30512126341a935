import { statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Served, serve } from '../served.ts';
import { call, type Flooded, makeFlooded, reveal, signInAtHome } from './calls.ts';
import { floodRefusals, floodSignIns, type Tally } from './floods.ts';

export type FloodPlan = {
  environment: Record<string, string>;
  /** A small file system that the data lies on, to be filled; null leaves the disk out. */
  disk: string | null;
  /** Wrong sign-ins and refused calls in all, and how many of each are on their way at once. */
  signIns: number;
  refused: number;
  atOnce: number;
  say(line: string): void;
};

export type FloodSummary = {
  signIns: Tally;
  refused: Tally;
  /** Milliseconds of each reveal by a valid token: before the floods and during them. */
  quiet: number[];
  flooded: number[];
  /** Sign-ins from the device that was known, all of them let in. */
  letIn: number;
  /** Of a full disk: reveals that were recorded after the refusals no longer were, until none went on. */
  lastReveals: number | null;
};

/** What the drill is for did not hold; the message says what. */
export class Drowned extends Error {
  override name = 'Drowned';
}

function mustHold(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Drowned(what);
}

/**
 * Floods a real server with wrong sign-ins and refused calls, on a nearly full disk where there is one to fill, while a
 * valid token reveals and a known person signs in. Throws a Drowned that says what did not go on.
 */
export async function drillFlood(plan: FloodPlan): Promise<FloodSummary> {
  const { environment, disk, say } = plan;
  let server = await serve({ ...environment, ARCA_TRUSTED_PROXIES: '127.0.0.1', ARCA_LOG_LEVEL: 'error' });
  try {
    const flooded = await makeFlooded(server);
    const quiet = [];
    for (let count = 0; count < 50; count += 1) quiet.push((await reveal(flooded)).milliseconds);
    if (disk !== null) await fillToReserve(disk, server);
    const before = await entriesOf(server);
    say(disk === null ? 'flooding' : 'the disk has its reserve left: flooding');
    const during = await flood(plan, flooded);
    const after = await entriesOf(server);
    const given = during.flooded.length;
    mustHold(
      after.revealed - before.revealed === given,
      `${given} reveals, ${after.revealed - before.revealed} recorded`,
    );
    if (disk === null) return { ...during, quiet, lastReveals: null };
    mustHold(after.refused === before.refused, `${after.refused - before.refused} refusals took of the reserve`);
    say('the floods are over, and no refusal took of the reserve: filling the disk');
    const lastReveals = await revealUntilFull(disk, server, flooded);
    await untilRefusalsAreRecorded(server, flooded);
    say(`${lastReveals} reveals later it was full; it has room again and goes on`);
    const { counted } = after;
    mustHold((await server.stop()) === 0, 'the server did not stop in order');
    server = await serve(environment);
    const told = (await entriesOf(server)).counted - counted;
    const { 429: _slowedDown, ...refused } = during.refused;
    const answered = Object.values(refused).reduce((sum, count) => sum + count, during.signIns[401] ?? 0);
    mustHold(told >= answered, `${answered} refusals were kept out of the audit, and ${told} counted there afterwards`);
    const { problems } = await server.operator.run('audit.verify', { state: true });
    mustHold(problems.length === 0, `the audit does not verify: ${JSON.stringify(problems)}`);
    return { ...during, quiet, lastReveals };
  } finally {
    await server.kill();
  }
}

async function flood(
  plan: FloodPlan,
  flooded: Flooded,
): Promise<Pick<FloodSummary, 'signIns' | 'refused' | 'flooded' | 'letIn'>> {
  const floods = Promise.all([floodSignIns(plan, flooded), floodRefusals(plan, flooded)]);
  let isOver = false;
  void floods
    .finally(() => {
      isOver = true;
    })
    .catch(() => undefined);
  const times: number[] = [];
  let letIn = 0;
  const reveals = async () => {
    while (!isOver) {
      const { status, milliseconds } = await reveal(flooded);
      mustHold(status === 200, `a valid token was answered ${status} during the floods`);
      times.push(milliseconds);
    }
  };
  const signIns = async () => {
    while (!isOver) {
      const status = await signInAtHome(flooded);
      mustHold(status === 201, `a known device was answered ${status} during the floods`);
      letIn += 1;
      await sleep(100);
    }
  };
  const [[signedIn, refused]] = await Promise.all([floods, reveals(), signIns()]);
  mustHold(times.length > 0 && letIn > 0, 'the floods were too short to tell anything');
  return { signIns: signedIn, refused, flooded: times, letIn };
}

const fillOf = (disk: string) => join(disk, 'fill');
const freeOn = (disk: string) => {
  const { bavail, bsize, blocks } = statfsSync(disk);
  return { free: bavail * bsize, all: blocks * bsize };
};

/** Leaves a little less than the reserve, which is a tenth of a small disk, and waits until the server has seen it. */
async function fillToReserve(disk: string, server: Served): Promise<void> {
  const { free, all } = freeOn(disk);
  writeFileSync(fillOf(disk), Buffer.alloc(Math.floor(free - all * 0.095)));
  while (!server.errors().some((line) => line.includes('nearly full'))) await sleep(50);
}

/** The rest of the disk but a few pages, so that the end comes soon. Then there is room again. */
async function revealUntilFull(disk: string, server: Served, flooded: Flooded): Promise<number> {
  const before = (await entriesOf(server)).revealed;
  for (let size = 1 << 18; size >= 4096; size /= 2) {
    try {
      for (;;) writeFileSync(fillOf(disk), Buffer.alloc(size), { flag: 'a' });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown;
    }
  }
  let given = 0;
  for (;;) {
    const { status } = await reveal(flooded);
    if (status === 502) break;
    mustHold(status === 200, `a reveal on a full disk was answered ${status}`);
    given += 1;
    mustHold(given < 1_000_000, 'a full disk was never full');
  }
  truncateSync(fillOf(disk), 0);
  while ((await call(flooded.url, 'GET', '/readyz')).status !== 200) await sleep(50);
  const recorded = (await entriesOf(server)).revealed - before;
  mustHold(recorded === given, `${given} reveals on the last of the disk, ${recorded} recorded`);
  return given;
}

async function untilRefusalsAreRecorded(server: Served, flooded: Flooded): Promise<void> {
  const before = (await entriesOf(server)).refused;
  for (;;) {
    await call(flooded.url, 'GET', '/api/mysafe/note/999999', null, { authorization: flooded.valid });
    if ((await entriesOf(server)).refused > before) return;
    await sleep(200);
  }
}

/** Entries of the audit so far, and refusals that it tells of as counted. */
async function entriesOf({ operator }: Served): Promise<{ revealed: number; refused: number; counted: number }> {
  let revealed = 0;
  let refused = 0;
  let counted = 0;
  for await (const line of operator.stream('audit.export')) {
    const { event = '', opened } = line as { event?: string; opened?: { count?: number } };
    if (event === 'item.revealed') revealed += 1;
    if (event.endsWith('.refused')) refused += 1;
    if (event === 'audit.refusals-counted') counted += Number(opened?.count);
  }
  return { revealed, refused, counted };
}
