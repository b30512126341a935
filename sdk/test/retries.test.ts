import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { engineOf, type Person, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { type Arca, ArcaError, isProblem } from '../src/arca.ts';
import { collect, connect } from './connect.ts';
import { type Fate, type RoughLine, roughLine } from './rough-line.ts';

const fates: Readonly<Record<string, Fate>> = {
  'a cut before it arrives': 'cut before',
  'a cut after it was done': 'cut after',
  'an answer that breaks off': 'broken answer',
  'an answer that never comes': 'silence',
  '502 of a proxy': { status: 502 },
  '503 of a proxy': { status: 503 },
  '504 of a proxy': { status: 504 },
  '429': { status: 429, headers: { 'retry-after': '0' } },
};

for (const engine of engineOf(import.meta.filename)) {
  describe(`retries of the SDK on ${engine}`, { concurrency: 6 }, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine);
      await safe.person('ben');
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    /** A line of its own for each test, with a client that has its token. */
    async function overRoughLine(context: TestContext, timeout = 2000): Promise<{ line: RoughLine; arca: Arca }> {
      const line = await roughLine(safe.url);
      context.after(() => line.close());
      const arca = connect(safe, ana, { url: line.url, timeout });
      await arca.items.list({ limit: 1 });
      return { line, arca };
    }

    for (const [what, fate] of Object.entries(fates)) {
      it(`after ${what} a repeatable POST is tried again with its key, and done once`, async (context) => {
        const { line, arca } = await overRoughLine(context);
        line.plan(fate, fate);
        const name = `once, after ${what}`;
        await arca.items.createNote({ name, note: 'x' });
        assert.ok(line.sent.length >= 3);
        assert.equal(new Set(line.reached.map(({ key }) => key)).size, 1);
        assert.match(line.reached[0]?.key ?? '', /^[0-9a-f]{32}$/);
        assert.equal((await collect(arca.items.list.all({ name }))).length, 1);
      });

      it(`after ${what} a read is tried again, and a PATCH or a reveal is not`, async (context) => {
        const { line, arca } = await overRoughLine(context);
        const { kind, number, name } = await arca.items.createNote({ name: 'steady', note: 'x' });
        line.plan(fate);
        assert.equal((await arca.items.read({ kind, number })).name, name);
        assert.ok(line.sent.length >= 2);
        for (const call of [
          () => arca.items.reveal({ kind, number }),
          () => arca.items.updateNote({ number, name: 'changed' }),
        ]) {
          line.plan(fate);
          await assert.rejects(call(), ArcaError);
          assert.equal(line.sent.length, 1);
        }
      });

      it(`after ${what} a PUT and a DELETE are tried again, with If-Match only if the first was surely not done`, async (context) => {
        const { line, arca } = await overRoughLine(context);
        const { kind, number } = await arca.items.createNote({ name: 'shared', note: 'x' });
        const share = { kind, number, username: 'ben', role: 'viewer' } as const;
        line.plan(fate);
        const { revision } = await arca.items.shareWithUser(share);
        assert.ok(line.sent.length >= 2);
        line.plan(fate);
        const unshare = arca.items.unshareWithUser(share, { ifMatch: revision });
        if (typeof fate === 'object' && [429, 503].includes(fate.status)) {
          assert.equal((await unshare).changed, true);
        } else {
          await assert.rejects(unshare, ArcaError);
          assert.equal(line.sent.length, 1);
        }
      });
    }

    it('a key that the caller chose is the one that is sent', async (context) => {
      const { line, arca } = await overRoughLine(context);
      line.plan('cut after');
      const made = await arca.items.createNote({ name: 'job 7', note: 'x' }, { idempotencyKey: 'job-7' });
      assert.deepEqual(
        line.reached.map(({ key }) => key),
        ['job-7', 'job-7'],
      );
      const again = await arca.items.createNote({ name: 'job 7', note: 'x' }, { idempotencyKey: 'job-7' });
      assert.equal(again.number, made.number);
      const other = arca.items.createNote({ name: 'job 8', note: 'x' }, { idempotencyKey: 'job-7' });
      await assert.rejects(other, (error) => isProblem(error, 'idempotency_key_reused'));
    });

    it('an empty key, which would count for none, gives way to one of the client', async (context) => {
      const { line, arca } = await overRoughLine(context);
      line.plan('cut after');
      await arca.items.createNote({ name: 'job 9', note: 'x' }, { idempotencyKey: '' });
      assert.equal((await collect(arca.items.list.all({ name: 'job 9' }))).length, 1);
    });

    it('a POST with If-Match whose answer was lost is answered as the first time', async (context) => {
      const { line, arca } = await overRoughLine(context);
      const { kind, number, revision } = await arca.items.createNote({ name: 'x', note: 'x' });
      line.plan('cut after');
      const changed = await arca.items.disable({ kind, number }, { ifMatch: revision });
      assert.deepEqual(changed, { changed: true, revision: revision + 1 });
    });

    it('gives up with what it met last when the retries are used up', async (context) => {
      const { line, arca } = await overRoughLine(context, 30_000);
      line.plan('cut before', { status: 503 }, 'cut before', { status: 502 }, 'pass');
      await assert.rejects(arca.items.list(), (error) => {
        assert.ok(error instanceof ArcaError);
        assert.deepEqual([error.code, error.status, error.problem], ['answer_unreadable', 502, null]);
        return true;
      });
      assert.equal(line.sent.length, 4);
      line.plan(...Array.from<Fate>({ length: 9 }).fill('cut before'));
      await assert.rejects(arca.items.list(), (error) => error instanceof ArcaError && error.code === 'network_failed');
      assert.equal(line.sent.length, 4);
    });

    it('does not wait longer than a minute: it tells what it met', async (context) => {
      const { line, arca } = await overRoughLine(context, 30_000);
      for (const wait of ['61', new Date(Date.now() + 3_600_000).toUTCString()]) {
        line.plan({ status: 503, headers: { 'retry-after': wait } });
        await assert.rejects(arca.items.list(), (error) => error instanceof ArcaError && error.status === 503);
        assert.equal(line.sent.length, 1);
      }
    });
  });
}
