import type { LiveKeyring } from '../crypto/live-keyring.ts';
import { Refusal } from '../domain/errors.ts';
import type { Waiter } from '../domain/turns.ts';
import { type Span, within } from '../tracing/spans.ts';
import { AuditChain } from './audit-chain.ts';
import { type Connection, closeQuietly, StoreFault } from './connection.ts';
import { holdLane } from './lane-lock.ts';
import { beginWriting, refreshKeys } from './live-keys.ts';
import type { PumpFigures } from './pump-figures.ts';
import { type SyncLine, startSyncLine } from './sync-line.ts';
import type { Tx } from './transaction.ts';

/** One action waiting for its batch. */
export type Job = {
  /** The action; it awaits nothing but the store. */
  run(tx: Tx): Promise<unknown>;
  /** Records a refusal, after the action's own changes were rolled back. */
  refused(tx: Tx, refusal: Refusal): void;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
  /** Whose turn it is. */
  by: Waiter;
  /** Milliseconds since the process started; see performance.now(). */
  queuedAt: number;
  /** How often this job was run alone after a fault. */
  tries: number;
  /** The work that it is part of, where that is told of. */
  span?: Span | undefined;
};

type Outcome = { job: Job; failed: boolean; value: unknown };

/** One connection that writes, with its own audit chain. */
export type WriteLane = {
  connection: Connection;
  chain: AuditChain;
  /** Null where a commit is durable by itself. */
  syncs: SyncLine | null;
};

export async function openLane(connect: () => Promise<Connection>, keys: LiveKeyring, now: number): Promise<WriteLane> {
  const connection = await connect();
  const chain = new AuditChain();
  try {
    await holdLane(connection, chain.lane);
    await beginWriting(connection);
    await refreshKeys(connection, keys);
    await chain.open(connection, keys.ring, now);
    await connection.exec('commit');
    await connection.sync?.();
  } catch (thrown) {
    await rollBack(connection);
    await closeQuietly(connection);
    throw thrown;
  }
  const sync = connection.sync?.bind(connection);
  return { connection, chain, syncs: sync ? startSyncLine(sync) : null };
}

/** Closes it once nothing that it has committed waits any more. */
export async function closeLane({ connection, syncs }: WriteLane): Promise<void> {
  await syncs?.pending?.catch(() => undefined);
  await closeQuietly(connection);
}

/** Whether the lane can go on after a batch, and which jobs must be run again, each alone. */
export type BatchEnd = { laneBroken: boolean; again: Job[] };

/**
 * Runs jobs inside one transaction, each behind its own savepoint, commits once and settles every job when that is
 * durable: where this takes a sync, the lane goes on with the next batch meanwhile. A refused or failed action takes
 * nothing of the others with it. When the batch itself fails nothing of it is stored.
 */
export async function runBatch(
  lane: WriteLane,
  keys: LiveKeyring,
  jobs: readonly Job[],
  now: number,
  timeoutMilliseconds: number,
  figures: PumpFigures,
): Promise<BatchEnd> {
  const { connection, chain } = lane;
  const outcomes: Outcome[] = [];
  let committing = false;
  let committed: { ended: number; from: number };
  try {
    await beginWriting(connection);
    await refreshKeys(connection, keys);
    // Actions of a batch see the same state unless one of them changes it: many calls of one key read it once.
    const memo = new Map<string, unknown>();
    for (const job of jobs) {
      const isLate = job.tries === 0 && performance.now() - job.queuedAt > timeoutMilliseconds;
      outcomes.push(isLate ? { job, failed: true, value: tooLate() } : await runJob(lane, keys, memo, job, now));
    }
    const ended = performance.now();
    await chain.flush(connection, keys.ring, now);
    committing = true;
    const from = performance.now();
    await connection.exec('commit');
    committed = { ended, from };
  } catch (thrown) {
    figures.failures += 1;
    const isBack = await rollBack(connection);
    chain.backTo(0);
    return afterFault(thrown, jobs, committing || !isBack || connection.broken);
  }
  chain.committed();
  const settle = (): void => {
    const durable = performance.now();
    figures.commits.add((durable - committed.from) / 1000);
    for (const { job, failed, value } of outcomes) {
      job.span?.begin('pump.commit', committed.ended)?.end(durable);
      if (failed) job.reject(value);
      else job.resolve(value);
    }
  };
  if (lane.syncs === null) settle();
  else {
    // The lane's connection is broken then, and its owner sees that.
    const lost = (fault: unknown): void => {
      figures.failures += 1;
      for (const { job } of outcomes) job.reject(fault);
    };
    lane.syncs.durable().then(settle, lost);
  }
  return { laneBroken: false, again: [] };
}

/** Where each statement is slow, but not too slow, those behind it must not wait for all of them. */
export function tooLate(): StoreFault {
  return new StoreFault('timeout', 'the store did not answer in time');
}

async function runJob(
  lane: WriteLane,
  { ring }: LiveKeyring,
  memo: Map<string, unknown>,
  job: Job,
  now: number,
): Promise<Outcome> {
  const { connection, chain } = lane;
  const mark = chain.mark();
  let saved = false;
  const tx: Tx = {
    on: connection,
    ring,
    memo,
    chain,
    changes: new Map(),
    found: new Map(),
    writing() {
      if (saved) return connection;
      saved = true;
      const taken = connection.run('savepoint action', []);
      return taken instanceof Promise ? taken.then(() => connection) : connection;
    },
  };
  if (job.tries === 0) job.span?.begin('pump.wait', job.queuedAt)?.end();
  const part = job.span?.begin('pump.action');
  try {
    const value = await within(part, () => job.run(tx));
    if (saved) await connection.run('release savepoint action', []);
    chain.tell(mark, [...tx.changes.values()], now);
    return { job, failed: false, value };
  } catch (thrown) {
    // A statement that failed may have spoilt the transaction: the whole batch is rolled back and run job by job.
    if (thrown instanceof StoreFault) throw thrown;
    memo.clear();
    if (saved) await connection.exec('rollback to savepoint action; release savepoint action');
    chain.backTo(mark);
    if (thrown instanceof Refusal) job.refused(tx, thrown);
    return { job, failed: true, value: thrown };
  } finally {
    part?.end();
  }
}

const mostTries = 5;

function afterFault(thrown: unknown, jobs: readonly Job[], isLost: boolean): BatchEnd {
  const kind = thrown instanceof StoreFault ? thrown.kind : 'refused';
  const laneBroken = kind === 'unreachable' || isLost;
  // A commit whose outcome is unknown must not be run again: it may have been done.
  if (laneBroken || kind === 'timeout') {
    for (const job of jobs) job.reject(thrown);
    return { laneBroken, again: [] };
  }
  // A name that another lane took meanwhile is seen by the next try, which then refuses it and records that.
  const mayPass = kind === 'conflict' || kind === 'duplicate';
  const again: Job[] = [];
  for (const job of jobs) {
    const worthAnother = jobs.length > 1 || (mayPass && job.tries < mostTries);
    if (worthAnother) again.push({ ...job, tries: job.tries + 1 });
    else job.reject(thrown);
  }
  return { laneBroken, again };
}

/** False when it failed: what the connection then holds must not become part of a later transaction. */
async function rollBack(connection: Connection): Promise<boolean> {
  try {
    await connection.exec('rollback');
    return true;
  } catch {
    // A connection that is gone, or a transaction that the engine ended by itself, has nothing to roll back.
    return false;
  }
}
