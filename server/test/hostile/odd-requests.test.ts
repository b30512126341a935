import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Engine } from '../../src/storage/connection.ts';
import { openRaw, type RawConnection } from '../raw-socket.ts';
import { engines } from '../start-safe.ts';
import { mustKeepPromises } from './answer-rules.ts';
import { type Chance, startChance } from './chance.ts';
import { type OddRequest, oddRequest } from './odd-requests.ts';
import { heapInUse, mustBeUnharmed, type SeededSafe, startSeededSafe } from './seeded-safe.ts';

/** Another seed walks other ways: ARCA_TEST_SEED=7 npm test -- hostile. */
const seed = Number(process.env.ARCA_TEST_SEED ?? '20261121');
const counts: Readonly<Record<Engine, number>> = { sqlite: 3000, postgres: 900 };
const workers = 8;
const mostGrowth = 32 * 1024 * 1024;

const shown = ({ bytes }: OddRequest): string => bytes.subarray(0, 3000).toString('latin1');

for (const engine of engines) {
  describe(`odd requests on ${engine}, seed ${seed}`, () => {
    let seeded: SeededSafe;
    const statuses = new Map<number, number>();
    before(async () => {
      // Node leaves a request that it cannot parse after an upgrade it did not take until this time is over.
      seeded = await startSeededSafe(engine, { ARCA_REQUEST_TIMEOUT: '2' });
    });
    after(() => seeded.safe.close());

    /** Sends one request after the other, over the same connection as long as the server keeps it. */
    async function work(chance: Chance, count: number): Promise<void> {
      let connection: RawConnection | null = null;
      let previous = '';
      for (let at = 0; at < count; at += 1) {
        const request = oddRequest(chance, seeded.callers);
        if (!connection?.isOpen() || chance.onceIn(10)) {
          connection?.close();
          connection = await openRaw(seeded.safe.url);
          previous = '';
        }
        try {
          if (!(await askOddly(connection, request))) connection = null;
        } catch (thrown) {
          throw new Error(`after: ${previous}\n\nthis: ${shown(request)}\n\n${thrown}`, { cause: thrown });
        }
        previous = shown(request);
      }
      connection?.close();
    }

    /** Whether the connection may be used again. */
    async function askOddly(connection: RawConnection, { method, bytes }: OddRequest): Promise<boolean> {
      connection.send(bytes);
      const answer = await connection.answer(method);
      assert.ok(answer !== null, 'closed without an answer');
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const text = mustKeepPromises(method, answer);
      for (const secret of seeded.secrets) assert.equal(text.includes(secret), false, `gave away ${secret}`);
      if (answer.headers.get('connection') !== 'close') return true;
      connection.close();
      return false;
    }

    const walk = (from: number, count: number): Promise<unknown> =>
      Promise.all(Array.from({ length: workers }, (_, at) => work(startChance(from + at), Math.ceil(count / workers))));

    it('are each answered as the wire promises, and give nothing away', async () => {
      const count = counts[engine];
      await walk(seed, count / 4);
      const early = heapInUse();
      await walk(seed + workers, (count * 3) / 4);
      const growth = heapInUse() - early;
      assert.ok(growth < mostGrowth, `the heap grew by ${Math.round(growth / 1024)} KiB`);
      // A walk that meets one wall only shows little.
      for (const status of [200, 201, 400, 401, 404]) {
        assert.ok(statuses.has(status), `${status} never came`);
      }
    });

    it('leave the safe unharmed', () => mustBeUnharmed(seeded));
  });
}
