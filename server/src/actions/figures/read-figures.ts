import type { Spread } from '../../domain/spread.ts';
import { listStreamLags } from '../../storage/audit-streams.ts';
import { lastBackups } from '../backup/last-times.ts';
import type { Safe } from '../safe.ts';
import type { Tallies } from './tallies.ts';

/** What this process counts by itself, at no cost to anyone. */
export type OwnFigures = {
  engine: string;
  waiting: number;
  batches: Spread;
  waits: Spread;
  commits: Spread;
  failedBatches: number;
  openCache: { items: number; hits: number; misses: number };
  tallies: Readonly<Tallies>;
};

/** What the store knows, the same whichever node is asked. Times are milliseconds since 1970. */
export type StoredFigures = {
  receivers: { name: string; behind: number; oldestAt: number | null }[];
  backupMadeAt: number | null;
  backupProvenAt: number | null;
};

export function readOwnFigures({ store, openCache, tallies }: Safe): OwnFigures {
  const { batches, waits, commits, failures } = store.pumped;
  return {
    engine: store.engine,
    waiting: store.waiting,
    batches,
    waits,
    commits,
    failedBatches: failures,
    openCache: openCache.figures(),
    tallies,
  };
}

/** Throws what the store throws. */
export function readStoredFigures(safe: Safe): Promise<StoredFigures> {
  return safe.store.read(async (tx) => {
    const receivers = await listStreamLags(tx);
    const { backupMadeAt, backupProvenAt } = await lastBackups(tx);
    return { receivers, backupMadeAt: toNumber(backupMadeAt), backupProvenAt: toNumber(backupProvenAt) };
  });
}

function toNumber(time: Date | null): number | null {
  return time === null ? null : +time;
}
