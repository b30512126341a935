import { createHash } from 'node:crypto';
import type { Connection } from './connection.ts';
import type { ReadTx } from './transaction.ts';

/** Two numbers for a PostgreSQL advisory lock that stands for a lane. */
function lockOf(lane: string): [number, number] {
  const digest = createHash('sha256').update(`lane ${lane}`).digest();
  return [digest.readInt32BE(0), digest.readInt32BE(4)];
}

/** Marks a lane as in use for as long as its connection lives. The embedded store has one process: none is needed. */
export async function holdLane(on: Connection, lane: string): Promise<void> {
  if (on.engine === 'postgres') await on.all('select pg_advisory_lock($1::int, $2::int)', lockOf(lane));
}

/** Does a connection, of this or another node, still write this lane? */
export async function laneIsAlive(tx: ReadTx, lane: string): Promise<boolean> {
  if (tx.on.engine === 'sqlite') return false;
  const row = await tx.on.first('select pg_try_advisory_xact_lock($1::int, $2::int) as free', lockOf(lane));
  return (row?.free as unknown) !== true;
}
