import { createHash } from 'node:crypto';
import type { ReadTx } from './transaction.ts';

/**
 * Does a job that one node at a time does, or gives null while another is at it. The turn lives with the connection, so
 * that a node that is killed keeps nobody waiting. The embedded store has one process: it is always its turn.
 */
export async function inTurn<T>(tx: ReadTx, job: string, work: () => Promise<T>): Promise<T | null> {
  if (tx.on.engine === 'sqlite') return work();
  const digest = createHash('sha256').update(`job ${job}`).digest();
  const lock = [digest.readInt32BE(0), digest.readInt32BE(4)];
  const row = await tx.on.first('select pg_try_advisory_lock($1::int, $2::int) as mine', lock);
  if ((row?.mine as unknown) !== true) return null;
  try {
    return await work();
  } finally {
    await tx.on.all('select pg_advisory_unlock($1::int, $2::int)', lock);
  }
}
