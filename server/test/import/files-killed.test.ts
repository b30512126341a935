import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { download, mustEqual } from '../files/upload.ts';
import { engineOf } from '../start-safe.ts';
import { done } from '../v1/problem.ts';
import { type Lives, patient, startLives } from './lives.ts';
import { ended, plan, rowsOf } from './plan-steps.ts';

const size = 400;
const bytesOf = (at: number) => createHash('sha512').update(`file ${at}`).digest();
const file = JSON.stringify({
  format: 'arca-items-1',
  items: Array.from({ length: size }, (_, at) => ({
    kind: 'file',
    fields: { name: `file ${at}`, fileName: `${at}.bin`, content: bytesOf(at).toString('base64') },
  })),
});

for (const engine of engineOf(import.meta.filename)) {
  describe(`a server that is killed while it imports files, on ${engine}`, () => {
    let lives: Lives;
    before(async () => {
      lives = await startLives(engine);
    }, patient);
    after(() => lives?.close(), patient);
    const unkept = () => lives.count('blobs where kept_at is null');

    it('leaves of a plan nothing but blobs that no item takes', patient, async () => {
      const cut = plan(lives.ana, file).then(
        () => assert.fail('the plan was done before anybody could kill it'),
        (thrown: Error) => thrown.message,
      );
      for (let tries = 0; tries < 5000 && (await unkept()) < 50; tries += 1) await sleep(5);
      await lives.killed();
      assert.match(await cut, /fetch failed|terminated/);
      const left = await unkept();
      assert.ok(left >= 50 && left < size, `${left} blobs`);
      assert.deepEqual(done<{ imports: object[] }>(await lives.ana.call('GET', '/api/v1/imports')).imports, []);
      assert.deepEqual([await lives.count('items'), await lives.count('import_rows')], [0, 0]);
    });

    it('goes on with applying, and keeps of each file the bytes that came', patient, async () => {
      const before = await unkept();
      const { id, counts } = await plan(lives.ana, file);
      assert.equal(counts.new, size);
      assert.deepEqual([await unkept(), await lives.count('blobs')], [before + size, before + size]);
      done(await lives.ana.call('POST', `/api/v1/imports/${id}/apply`));
      for (const far of [50, 200]) {
        const now = await lives.killedAt(id, far);
        assert.ok(now.done >= far && now.done < size, `killed at ${now.done}`);
      }
      const { status, outcomes } = await ended(lives.ana, id);
      assert.deepEqual([status, outcomes.created], ['finished', size]);
      assert.deepEqual(
        [await lives.count('items'), await unkept(), await lives.count('blobs')],
        [size, before, before + size],
      );
      for (const { name, number } of await rowsOf(lives.ana, id)) {
        const got = await download(lives.now().url, { headers: { cookie: lives.cookie } }, number as number);
        mustEqual(got.bytes, bytesOf(Number(name.split(' ')[1])), name);
      }
    });

    it('goes on with what was discarded, until nothing of it is left', patient, async () => {
      const changed = file.replaceAll('"name":"file ', '"name":"another file ');
      const { id, counts } = await plan(lives.ana, changed);
      assert.equal(counts.new, size);
      const held = () => lives.count('blobs where kept_at is null and doomed_at is null');
      const before = (await held()) - size;
      const answer = await lives.ana.call('DELETE', `/api/v1/imports/${id}`);
      await lives.killed();
      assert.equal(answer.status, 204);
      assert.equal((await lives.ana.call('GET', `/api/v1/imports/${id}`)).status, 404);
      for (let tries = 0; tries < 500 && (await held()) > before; tries += 1) await sleep(20);
      assert.equal(await held(), before);
      for (let tries = 0; tries < 500 && (await lives.count('imports')) > 1; tries += 1) await sleep(20);
      assert.deepEqual(
        [await lives.count('imports'), await lives.count(`import_rows where import_id = ${id}`)],
        [1, 0],
      );
      const { problems } = await lives.now().operator.run('audit.verify', { state: true });
      assert.deepEqual(problems, []);
    });
  });
}
