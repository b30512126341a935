import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { house } from '../../src/domain/turns.ts';
import { entryOf, record, searchAudit } from '../../src/storage/audit.ts';
import type { AuditSearch } from '../../src/storage/audit-search.ts';
import type { Tx } from '../../src/storage/transaction.ts';
import { engines, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';

const second = 1000;
const nobody = { accessKeyId: null, details: {} };

function submit(safe: TestSafe, run: (tx: Tx) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const { store } = safe.serving.safe;
    const settled = { resolve: () => resolve(), refused: reject, reject };
    store.submit({ run, ...settled, by: house, queuedAt: performance.now(), tries: 0 });
  });
}

const searched = (safe: TestSafe, search: AuditSearch): Promise<AuditEntry[]> =>
  safe.serving.safe.store.read(async (tx) => (await searchAudit(tx, search)).map((row) => entryOf(tx, row)));

const placesOf = (entries: readonly AuditEntry[]) => entries.map(({ lane, sequence }) => `${lane}:${sequence}`);

for (const engine of engines) {
  describe(`searching the audit in pieces of its lanes on ${engine}`, () => {
    let safe: TestSafe;
    let all: AuditEntry[];
    const start = Date.UTC(2027, 0, 1);
    let now = start;
    const at = (milliseconds: number) => {
      now = milliseconds;
      safe.setClock(new Date(now));
    };

    /** Entries of 40 users and as many targets, most of them of one; some of neither. */
    async function recordSome(count: number): Promise<void> {
      for (let batch = 0; batch < count; batch += 50) {
        at(now + 2 * second);
        await submit(safe, async (tx) => {
          for (let one = batch; one < batch + 50; one += 1) {
            const about = one % 7 === 0 ? null : `password:${one % 3 === 0 ? 1 : one % 40}`;
            const userId = one % 11 === 0 ? null : one % 2 === 0 ? 1 : one % 40;
            const event = one % 5 === 0 ? 'item.updated' : 'item.revealed';
            record(tx, { event, userId, target: about, ...nobody }, new Date(now), `r${one}`);
          }
        });
      }
    }

    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '2' });
      at(start);
      // Two safes' lanes of which the second begins before the first's clock has ended, and one that is short.
      await recordSome(2600);
      await safe.restart();
      at(now - 40 * second);
      await recordSome(1500);
      await safe.restart();
      await recordSome(50);
      all = await searched(safe, { most: 100_000 });
      assert.ok(all.length > 4150);
    });
    after(() => safe.close());

    const fits = (entry: AuditEntry, { userId, target, events, since, until }: Omit<AuditSearch, 'most'>) =>
      (userId === undefined || entry.userId === userId) &&
      (target === undefined || entry.target === target) &&
      (events === undefined || events.includes(entry.event)) &&
      (since === undefined || entry.at >= since) &&
      (until === undefined || entry.at < until);

    it('a page holds what a look at all entries finds, and the next begins behind it', async () => {
      const wishes: Omit<AuditSearch, 'most'>[] = [
        { target: 'password:1' },
        { target: 'password:39' },
        { target: 'password:41' },
        { userId: 1 },
        { userId: 13 },
        { userId: 13, target: 'password:13' },
        { userId: 1, events: ['item.updated'] },
        { target: 'password:1', events: ['item.updated', 'item.revealed'] },
      ];
      const middle = start + 60 * second;
      const times = [{}, { since: new Date(middle) }, { until: new Date(middle) }, { until: new Date(start) }];
      const both = { since: new Date(middle), until: new Date(middle + 4 * second) };
      for (const wish of wishes) {
        for (const when of [...times, both]) {
          const search = { ...wish, ...when };
          const wanted = placesOf(all.filter((entry) => fits(entry, search)));
          for (const most of [7, 400, 100_000]) {
            const found: string[] = [];
            let page: AuditEntry[];
            let before: AuditSearch['before'];
            do {
              page = await searched(safe, { ...search, before, most });
              found.push(...placesOf(page));
              before = page.at(-1);
              // Of short pages the first twenty tell.
            } while (page.length === most && found.length < most * 20);
            assert.deepEqual(found, wanted.slice(0, found.length), JSON.stringify({ search, most }));
            if (page.length < most) assert.equal(found.length, wanted.length, JSON.stringify({ search, most }));
          }
        }
      }
    });

    it('a search goes on behind places that are none', async () => {
      const lanes = [...new Set(all.map(({ lane }) => lane))];
      for (const lane of [...lanes, '0'.repeat(16), 'f'.repeat(16)]) {
        for (const [time, sequence] of [
          [start - second, 1],
          [start + 30 * second, 100_000],
          [start + 30 * second, 0],
          [now + second, 1024],
        ] as const) {
          const before = { at: new Date(time), lane, sequence };
          const behind = all.filter(
            (entry) =>
              entry.target === 'password:1' &&
              +entry.at <= time &&
              (+entry.at < time || entry.lane < lane || (entry.lane === lane && entry.sequence < sequence)),
          );
          const found = await searched(safe, { target: 'password:1', before, most: 100_000 });
          // A place of a lane is where its sequence is: its time says nothing more.
          const ofOthers = (entries: AuditEntry[]) => placesOf(entries.filter((entry) => entry.lane !== lane));
          assert.deepEqual(ofOthers(found), ofOthers(behind), JSON.stringify(before));
        }
      }
    });

    it('the times of a lane never go back: with a clock that was set back another lane begins', async () => {
      const store = await openByHand(safe.settings);
      try {
        const lanesOpen = () => store.all('select lane from audit_lanes where closed_at is null');
        await recordSome(50);
        const held = now;
        // Less than a second is no reason for one: the entry has the time of the one before it.
        safe.setClock(new Date(held - 900));
        await submit(safe, async (tx) => {
          record(tx, { event: 'item.revealed', userId: 13, target: null, ...nobody }, new Date(held - 900), 'r');
        });
        const lanes = await lanesOpen();
        at(held - 3600 * second);
        await recordSome(50);
        assert.ok((await lanesOpen()).length > lanes.length);
        const [newest] = await searched(safe, { userId: 13, most: 1 });
        // The other lane of PostgreSQL may not have come that far.
        assert.ok([held, ...(engine === 'postgres' ? [held - 900] : [])].includes(+(newest?.at ?? 0)));
        const rows = await store.all('select lane, sequence, at from audit_entries order by lane, sequence');
        for (const [index, row] of rows.entries()) {
          const previous = rows[index - 1];
          if (previous && previous.lane === row.lane) assert.ok(Number(row.at) >= Number(previous.at));
        }
        const { problems } = await safe.operator.run('audit.verify', undefined as never);
        assert.deepEqual(problems, []);
      } finally {
        await store.close();
      }
    });
  });
}
