import assert from 'node:assert/strict';
import { openRaw, type RawConnection } from '../raw-socket.ts';
import { mustBeBearable } from './answer-rules.ts';
import { type Chance, startChance } from './chance.ts';
import { oddOperation } from './odd-operations.ts';
import { oddStray } from './odd-strays.ts';
import { type OddRequest, oddWireRequest } from './odd-wire.ts';
import type { SeededSafe } from './seeded-safe.ts';

const workers = 8;
/** Milliseconds for an answer: a hang lasts longer, on however busy a machine. */
const patience = 55_000;

export type Walk = {
  /** How often each status was answered; by operation for our own API. */
  statuses: Map<number, number>;
  byOperation: Map<string, Map<number, number>>;
};

export const startWalk = (): Walk => ({ statuses: new Map(), byOperation: new Map() });

/** One request to any route of any dialect. */
function oddRequest(chance: Chance, { callers, cast, strays }: SeededSafe): OddRequest {
  const which = chance.below(20);
  if (which === 0) return oddStray(chance, strays);
  return which < 10 ? oddWireRequest(chance, callers) : oddOperation(chance, cast);
}

/**
 * Sends so many requests, each by a seed of its own that follows the one before, and holds each answer to what is
 * promised. Throws with the request that broke it, the one before it on the same connection, and its seed.
 */
export async function walk(seeded: SeededSafe, from: number, count: number, told: Walk): Promise<void> {
  let next = from;
  const work = async (): Promise<void> => {
    let connection: RawConnection | null = null;
    let previous = '';
    for (let seed = next++; seed < from + count; seed = next++) {
      const chance = startChance(seed);
      const request = oddRequest(chance, seeded);
      if (!connection?.isOpen() || chance.onceIn(10)) {
        connection?.close();
        connection = await openRaw(seeded.safe.url, patience);
        previous = '';
      }
      try {
        if (!(await askOddly(seeded, connection, request, told))) connection = null;
      } catch (thrown) {
        const about = `seed ${seed}, ${request.operation?.id ?? 'no operation'}`;
        throw new Error(`${about}: ${thrown}\n\nasked: ${shown(request)}\n\nafter: ${previous}`, { cause: thrown });
      }
      previous = shown(request);
    }
    connection?.close();
  };
  await Promise.all(Array.from({ length: workers }, work));
}

const shown = ({ bytes }: OddRequest): string => bytes.subarray(0, 3000).toString('latin1');

/** Whether the connection may be used again. */
async function askOddly(seeded: SeededSafe, connection: RawConnection, request: OddRequest, told: Walk) {
  connection.send(request.bytes);
  const answer = await connection.answer(request.method);
  // An export that has begun breaks off when whoever asked for it may not any more: it must not seem whole.
  if (answer === null && request.operation?.media !== undefined) return false;
  assert.ok(answer !== null, 'closed without an answer');
  const { status } = answer;
  told.statuses.set(status, (told.statuses.get(status) ?? 0) + 1);
  if (request.operation) {
    const of = told.byOperation.get(request.operation.id) ?? new Map<number, number>();
    told.byOperation.set(request.operation.id, of.set(status, (of.get(status) ?? 0) + 1));
  }
  const text = mustBeBearable(request, answer);
  const head = [...answer.headers.values()].join('\n');
  for (const secret of seeded.secrets)
    assert.ok(!text.includes(secret) && !head.includes(secret), `gave away ${secret}`);
  if (status === 401 || status === 403) await recast(seeded, request);
  if (answer.headers.get('connection') !== 'close') return true;
  connection.close();
  return false;
}

/** Whoever lost his session or his role by what was asked is followed by another. */
async function recast({ cast }: SeededSafe, { bytes, operation }: OddRequest): Promise<void> {
  if (operation === null) return;
  const head = bytes.subarray(0, 20_000).toString('latin1');
  const player = cast.people.find(({ cookie }) => head.includes(cookie));
  if (player) await cast.recast(player.cookie);
}
