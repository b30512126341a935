import { setImmediate as breathe } from 'node:timers/promises';
import { mustMay } from '../../domain/access.ts';
import { keyStates } from '../../domain/access-key.ts';
import { kinds } from '../../domain/kind.ts';
import { keptBytes } from '../../storage/blobs.ts';
import { loadPolicy } from '../../storage/policy.ts';
import {
  countGroups,
  countItemsByKind,
  countItemsMade,
  countKeys,
  countReveals,
  countSessions,
  countUsersByState,
  storeSize,
} from '../../storage/statistics.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { actReading } from '../act.ts';
import { lastBackups } from '../backup/last-times.ts';
import type { Context } from '../safe.ts';

/** A day in UTC, such as `2026-11-22`. */
export type DayCount = { day: string; count: number };

const shownDays = 30;
const dayLength = 86_400_000;

/** Numbers of the whole safe for its administrators. Others are served between one count and the next. */
export function readStatistics(ctx: Context) {
  return actReading(ctx, { action: 'statistics.read', target: null }, async (tx, caller, now) => {
    mustMay('statistics.read', caller);
    ctx.safe.surveys.want();
    const items = await countItemsByKind(tx);
    const { backupMadeAt, backupProvenAt } = await lastBackups(tx);
    return {
      users: await countUsersByState(tx),
      items: kinds.map((kind) => items.find((one) => one.kind === kind) ?? { kind, enabled: 0, disabled: 0 }),
      passwords: ctx.safe.surveys.latest(),
      itemsMade: await byDay(tx, now, countItemsMade),
      reveals: await byDay(tx, now, countReveals),
      groups: await countGroups(tx),
      accessKeys: await countKeysByState(tx, now),
      sessions: await countSessions(tx, await loadPolicy(tx), now),
      storeBytes: await storeSize(tx),
      files: { bytes: await keptBytes(tx), limit: ctx.safe.fileLimits.inAll },
      backups: { lastMadeAt: backupMadeAt, lastProvenAt: backupProvenAt },
    };
  });
}

async function countKeysByState(tx: ReadTx, now: Date) {
  const counts = { live: 0, held: 0, expired: 0, revoked: 0 };
  for (const state of keyStates) counts[state] = await countKeys(tx, state, now);
  return counts;
}

/** The last days with today, oldest first. */
async function byDay(
  tx: ReadTx,
  now: Date,
  count: (tx: ReadTx, from: Date, to: Date) => Promise<number>,
): Promise<DayCount[]> {
  const days: DayCount[] = [];
  const today = Math.floor(+now / dayLength) * dayLength;
  for (let start = today - (shownDays - 1) * dayLength; start <= today; start += dayLength) {
    const from = new Date(start);
    days.push({ day: from.toISOString().slice(0, 10), count: await count(tx, from, new Date(start + dayLength)) });
    await breathe();
  }
  return days;
}
