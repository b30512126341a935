import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasMore, leaveStreamTurn, moveOn, nextBatch, takeStreamTurn } from '../../actions/audit/stream.ts';
import type { Safe } from '../../actions/safe.ts';
import { NotDelivered } from './call-out.ts';
import type { Receiver } from './receiver.ts';

const idleMilliseconds = 1000;
const firstWait = 1000;
const longestWait = 300_000;

/**
 * Sends the audit to a receiver, from where it is, until stopped. The cursor in the store moves once the receiver has a
 * batch, so that each entry comes at least once, whatever breaks in between.
 */
export function streamAudit(safe: Safe, receiver: Receiver): { stop(): Promise<void> } {
  const ending = new AbortController();
  const holder = randomUUID();
  let failures = 0;

  async function round(): Promise<number> {
    try {
      if (!(await hasMore(safe, receiver.name))) return idleMilliseconds;
      if (!(await takeStreamTurn(safe, receiver.name, holder))) return idleMilliseconds * 5;
      const batch = await nextBatch(safe, receiver.name);
      if (batch.entries.length === 0) return idleMilliseconds;
      await receiver.send(batch.entries);
      await moveOn(safe, receiver.name, batch);
      failures = 0;
      return 0;
    } catch (thrown) {
      failures += 1;
      safe.log.warn({ receiver: receiver.name, failures, cause: causeOf(thrown) }, 'the audit could not be sent');
      return backOff(failures);
    }
  }

  async function work(): Promise<void> {
    while (!ending.signal.aborted) {
      const wait = await round();
      if (wait > 0) await sleep(wait, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
    }
  }

  const working = work();
  return {
    async stop() {
      ending.abort();
      await working;
      // A store that is gone gives nobody the turn; it is over in a minute anyway.
      await leaveStreamTurn(safe, receiver.name, holder).catch(() => undefined);
    },
  };
}

/** Half of a doubling wait for certain, the other half by chance, so that nodes do not come all at once. */
function backOff(failures: number): number {
  const most = Math.min(longestWait, firstWait * 2 ** Math.min(failures - 1, 20));
  return most / 2 + Math.random() * (most / 2);
}

/** By allow-list: what a receiver says is not ours to keep. */
export function causeOf(thrown: unknown): string {
  if (thrown instanceof NotDelivered) return thrown.message;
  const { code, name } = thrown as { code?: string; name?: string };
  return code ?? name ?? 'unknown';
}
