import { setImmediate as breathe } from 'node:timers/promises';
import type { ArchivedAudit } from '../../domain/audit-archive.ts';
import { laneRows, listLanes, record } from '../../storage/audit.ts';
import type { FollowedTable } from '../../storage/changed-rows.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';
import { addEntry, type ToldRows } from './told-rows.ts';

const read = 500;
const carriedAtOnce = 500;
/** Clocks of nodes differ by seconds: a removal so near the end may be older than what a live entry tells. */
const margin = 3_600_000;

/**
 * Tells again, in new entries, what the last archived entry about each row told: `verifyState` goes on to hold every row
 * against the audit. They say in which order each was told first, and so give way to whatever was told since.
 */
export async function carryRows(ctx: Context, { number, places, before }: ArchivedAudit): Promise<void> {
  const told: ToldRows = { rows: new Map(), orders: new Map(), problems: [] };
  const begins = new Map((await ctx.safe.store.read(listLanes)).map((lane) => [lane.lane, lane.begins_after]));
  for (const { lane, sequence } of places) {
    for (let after = begins.get(lane) ?? 0; after < sequence; ) {
      const entries = await ctx.safe.store.read((tx) => laneRows(tx, lane, after, Math.min(read, sequence - after)));
      for (const entry of entries) addEntry(told, entry);
      after = entries.at(-1)?.sequence ?? sequence;
      await breathe();
    }
  }
  const last = [...told.rows].flatMap(([name, [state]]) => (state ? [{ name, state }] : []));
  const carried = last.filter(({ state }) => state.digest !== null || state.at > +before - margin);
  const known = { caller: null, account: '' };
  for (let at = 0; at < carried.length; at += carriedAtOnce) {
    const some = carried.slice(at, at + carriedAtOnce);
    await submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
      for (const { name, state } of some) {
        const [table = '', row = ''] = name.split(' ');
        tx.changes.set(name, [table as FollowedTable, row, state.digest, state.order]);
      }
      const nobody = { userId: null, accessKeyId: null };
      const details = { rows: some.length };
      record(tx, { event: 'audit.rows-carried', ...nobody, target: `archive:${number}`, details }, now, ctx.requestId);
    });
  }
}
