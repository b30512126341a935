import { setImmediate as breathe } from 'node:timers/promises';
import { mustMay } from '../../domain/access.ts';
import { laneRows, listLanes } from '../../storage/audit.ts';
import { followedTables } from '../../storage/changed-rows.ts';
import { type StandingPage, type StandingRow, standingRows } from '../../storage/followed-rows.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { actReading } from '../act.ts';
import type { Context } from '../safe.ts';
import { addEntry, compareRows, type ToldRows } from './told-rows.ts';
import type { AuditProblem } from './verdict.ts';

const slice = 500;
const rounds = 3;
const mostProblems = 100;

/**
 * Compares every row that the audit follows with the last entry that tells of it: a row that was put back to an older
 * state has a MAC that holds, but not the digest that the last entry tells. What changes meanwhile is looked at again.
 */
export async function verifyState(ctx: Context): Promise<AuditProblem[]> {
  const told: ToldRows = { rows: new Map(), orders: new Map(), problems: [] };
  const read = new Map<string, number>();
  let found = new Map<string, AuditProblem>();
  for (let round = 0; round < rounds; round += 1) {
    await readEntries(ctx, told, read);
    const now = await compareAll(ctx, told);
    // Only what every look finds: a row may have been changed between the reading of entries and the look at it.
    found = round === 0 ? now : new Map([...now].filter(([name]) => found.has(name)));
    if (found.size === 0) break;
  }
  return [...told.problems, ...found.values()].slice(0, mostProblems);
}

function reading<T>(ctx: Context, work: (tx: ReadTx) => Promise<T>): Promise<T> {
  return actReading(ctx, { action: 'audit.verify', target: null }, async (tx, caller) => {
    mustMay('audit.verify', caller);
    return work(tx);
  });
}

/** Reads what was recorded since the last time. */
async function readEntries(ctx: Context, told: ToldRows, read: Map<string, number>): Promise<void> {
  for (const { lane, sequence } of await reading(ctx, listLanes)) {
    for (let after = read.get(lane) ?? 0; after < sequence; ) {
      const most = Math.min(slice, sequence - after);
      const entries = await reading(ctx, (tx) => laneRows(tx, lane, after, most));
      for (const entry of entries) addEntry(told, entry);
      after = entries.at(-1)?.sequence ?? sequence;
      read.set(lane, after);
      await breathe();
    }
  }
}

async function compareAll(ctx: Context, told: ToldRows): Promise<Map<string, AuditProblem>> {
  const standing = async function* (): AsyncGenerator<StandingRow> {
    for (const table of followedTables) {
      let page: StandingPage = { rows: [], next: null };
      do {
        const { next } = page;
        page = await reading(ctx, (tx) => standingRows(tx, table, next, slice));
        yield* page.rows;
        await breathe();
      } while (page.next !== null);
    }
  };
  return await compareRows(told, standing());
}
