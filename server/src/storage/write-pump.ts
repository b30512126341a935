import type { LiveKeyring } from '../crypto/live-keyring.ts';
import { startTurns } from '../domain/turns.ts';
import { type Connection, StoreFault } from './connection.ts';
import { type PumpFigures, startPumpFigures } from './pump-figures.ts';
import { whileMoreCome } from './while-more-come.ts';
import { closeLane, type Job, openLane, runBatch, tooLate, type WriteLane } from './write-lane.ts';

export type PumpSettings = {
  /** Connections that write side by side; one on the embedded store. */
  lanes: number;
  /** Jobs in one transaction at the most. */
  batch: number;
  /** Jobs that may wait; beyond it those of who has most waiting are answered as if the store did not answer in time. */
  queue: number;
  /** How long a job may wait for its batch. */
  timeoutMilliseconds: number;
};

export type WritePump = {
  submit(job: Job): void;
  /** Tells that a connection was accepted, whose first job comes with one of the next turns of the event loop. */
  expect(): void;
  /** Runs what waits and closes every lane. */
  close(): Promise<void>;
  readonly waiting: number;
  /** Resolves once everything that a reader may see now is durable; null when it is. */
  readonly durable: Promise<void> | null;
  readonly figures: PumpFigures;
};

/** In ms, longer than it takes to accept a hundred connections, slices of long work between them. */
const longestGathering = 25;

/**
 * Group commit: jobs queue; each lane takes what has queued, runs it in one transaction and commits once. There is no
 * waiting timer: a batch is whatever came while the last one was at work. Where more has come than fits into one, those
 * who wait take turns.
 */
export function startPump(
  connect: () => Promise<Connection>,
  keys: LiveKeyring,
  settings: PumpSettings,
  now: () => number,
): WritePump {
  const queue = startTurns<Job>(settings.queue);
  const alone: Job[] = [];
  let closing = false;
  let expected = 0;
  const lanes: Promise<void>[] = [];
  const open = new Set<WriteLane>();
  let filling: { enough: number; resume: () => void } | null = null;
  const idle: (() => void)[] = [];
  const figures = startPumpFigures();

  const wake = (): void => idle.shift()?.();
  const waiting = (): number => queue.size + alone.length;

  function take(): Job[] {
    const solo = alone.shift();
    if (solo) return [solo];
    return queue.take(settings.batch);
  }

  /**
   * Everything that arrived in this turn of the event loop joins the batch. A turn accepts one connection: while each
   * accepts another the batch waits, or the last of many would wait for as many batches before its first byte is read.
   */
  function gather(): Promise<void> {
    return whileMoreCome(
      () => expected,
      performance.now() + longestGathering,
      () => waiting() >= settings.batch,
    );
  }

  /**
   * While a sync is under way no answer of the next batch leaves any earlier for beginning at once: who was answered by
   * the last sync is about to ask again, and a batch of the few who were quickest costs as much as one of all.
   */
  async function fill(lane: WriteLane | null, enough: number): Promise<void> {
    // A batch may be on its way to the disk and one wait for it; what comes then joins the next.
    await lane?.syncs?.ahead?.catch(() => undefined);
    const under = lane?.syncs?.pending;
    if (!under || waiting() === 0 || waiting() >= enough) return;
    await new Promise<void>((resume) => {
      filling = { enough, resume };
      under.then(resume, resume);
    });
    filling = null;
  }

  async function work(): Promise<void> {
    let lane: WriteLane | null = null;
    let last = 0;
    const leave = async (): Promise<void> => {
      const left = lane;
      lane = null;
      if (!left) return;
      await closeLane(left);
      open.delete(left);
    };
    for (;;) {
      await gather();
      await fill(lane, Math.ceil(last / 2));
      if (waiting() === 0) {
        if (closing) break;
        await new Promise<void>((resume) => idle.push(resume));
        continue;
      }
      const jobs = take();
      last = jobs.length;
      figures.batches.add(jobs.length);
      const oldest = jobs.reduce((first, { queuedAt }) => Math.min(first, queuedAt), Number.POSITIVE_INFINITY);
      figures.waits.add((performance.now() - oldest) / 1000);
      try {
        if (lane && (lane.connection.broken || !lane.chain.goesOn(keys.ring, now()))) {
          // It broke while nothing was done on it: nobody needs to hear of it. Or another lane begins with a new key, or
          // with a clock that was set back.
          await leave();
        }
        if (!lane) {
          lane = await openLane(connect, keys, now());
          open.add(lane);
        }
      } catch (thrown) {
        for (const job of jobs) job.reject(thrown);
        continue;
      }
      const end = await runBatch(lane, keys, jobs, now(), settings.timeoutMilliseconds, figures);
      alone.push(...end.again);
      if (end.laneBroken) await leave();
      if (waiting() > 0) wake();
    }
    await leave();
  }

  // A lane that is stuck must not keep jobs waiting without an answer.
  const sweep = setInterval(() => {
    const oldest = performance.now() - settings.timeoutMilliseconds;
    for (const job of queue.remove(({ queuedAt }) => queuedAt < oldest)) job.reject(tooLate());
  }, 250);
  sweep.unref();

  for (let at = 0; at < settings.lanes; at += 1) lanes.push(work());

  return {
    submit(job) {
      if (closing) {
        job.reject(new StoreFault('unreachable', 'the safe is closing'));
        return;
      }
      const gone = queue.add(job, job.by);
      gone?.reject(new StoreFault('timeout', 'too many changes are waiting for the store'));
      if (gone !== job) wake();
      if (filling && waiting() >= filling.enough) filling.resume();
    },
    expect() {
      expected += 1;
    },
    async close() {
      closing = true;
      while (idle.length > 0) wake();
      await Promise.all(lanes);
      clearInterval(sweep);
    },
    get waiting() {
      return waiting();
    },
    get durable() {
      for (const { syncs } of open) if (syncs?.pending) return syncs.pending;
      return null;
    },
    figures,
  };
}
