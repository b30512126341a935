import { createHash } from 'node:crypto';
import type { Connection } from './connection.ts';
import type { ReadTx } from './transaction.ts';

/**
 * Does a job that one node at a time does, or gives null while another is at it. The turn lives with the connection, so
 * that a node that is killed keeps nobody waiting. The embedded store has one process: it is always its turn.
 */
export async function inTurn<T>(tx: ReadTx, job: string, work: () => Promise<T>): Promise<T | null> {
  if (tx.on.engine === 'sqlite') return work();
  const lock = lockOf(job);
  const row = await tx.on.first('select pg_try_advisory_lock($1::int, $2::int) as mine', lock);
  if ((row?.mine as unknown) !== true) return null;
  try {
    return await work();
  } finally {
    await tx.on.all('select pg_advisory_unlock($1::int, $2::int)', lock);
  }
}

/** The turn of a job that takes longer than a read may. */
export type Turn = {
  /** Whether it is still ours: a database that was restarted has forgotten it. */
  holds(): Promise<boolean>;
  giveBack(): Promise<void>;
};

export type JobTurns = {
  /** Null while this or another process is at it. */
  take(job: string): Promise<Turn | null>;
  close(): Promise<void>;
};

/** Turns on connections of their own, which end with this process however it ends. */
export function startJobTurns(connect: () => Promise<Connection>): JobTurns {
  // The embedded store has one process, in which a schedule and a command may meet.
  const taken = new Map<string, Turn>();

  async function takeAnywhere(job: string): Promise<Turn | null> {
    const on = await connect();
    let isMine = on.engine === 'sqlite';
    try {
      if (!isMine) {
        const row = await on.first('select pg_try_advisory_lock($1::int, $2::int) as mine', lockOf(job));
        isMine = (row?.mine as unknown) === true;
      }
    } finally {
      if (!isMine) await on.close();
    }
    if (!isMine) return null;
    return {
      async holds() {
        if (!taken.has(job) || on.broken) return false;
        return await Promise.resolve(on.first('select 1 as here', [])).then(
          () => true,
          () => false,
        );
      },
      async giveBack() {
        if (taken.delete(job)) await Promise.resolve(on.close()).catch(() => undefined);
      },
    };
  }

  const asked = new Set<string>();
  let closing = false;
  return {
    async take(job) {
      if (closing || taken.has(job) || asked.has(job)) return null;
      asked.add(job);
      try {
        const turn = await takeAnywhere(job);
        if (turn !== null) taken.set(job, turn);
        if (!closing) return turn;
        await turn?.giveBack();
        return null;
      } finally {
        asked.delete(job);
      }
    },
    async close() {
      closing = true;
      for (const turn of [...taken.values()]) await turn.giveBack();
    },
  };
}

/** Two numbers for a PostgreSQL advisory lock that stands for a job. */
function lockOf(job: string): [number, number] {
  const digest = createHash('sha256').update(`job ${job}`).digest();
  return [digest.readInt32BE(0), digest.readInt32BE(4)];
}
