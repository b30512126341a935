import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';

/** How many transactions have changed a store, as the store itself tells. */
type Commits = { count: number /** Counts of different spans cannot be compared. */; span: string };

/**
 * SQLite marks the last page of each transaction in its WAL (https://www.sqlite.org/fileformat2.html, section 4.1),
 * which starts anew under another salt once all of it is in the database. PostgreSQL tells of each row which transaction
 * wrote it, and every one of ours writes an audit entry.
 */
async function countCommits(safe: TestSafe): Promise<Commits> {
  if (safe.engine === 'postgres') {
    const store = await openByHand(safe.settings);
    const { count } = await store.one('select count(distinct xmin::text) as count from audit_entries');
    await store.close();
    return { count: Number(count), span: 'ever' };
  }
  const wal = readFileSync(join(safe.settings.dataDir, 'safe.db-wal'));
  const frame = 24 + wal.readUInt32BE(8);
  const salt = wal.toString('hex', 16, 24);
  let count = 0;
  for (let at = 32; at + frame <= wal.length && wal.toString('hex', at + 8, at + 16) === salt; at += frame) {
    if (wal.readUInt32BE(at + 4) !== 0) count += 1;
  }
  return { count, span: salt };
}

/** How many transactions some work took. Work that a fresh WAL was begun in is done again. */
export async function commitsDuring(safe: TestSafe, work: () => Promise<unknown>): Promise<number> {
  for (;;) {
    const before = await countCommits(safe);
    await work();
    const after = await countCommits(safe);
    if (before.span === after.span) return after.count - before.count;
  }
}
