import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bare, bareSettings } from '../bare-settings.ts';
import { type ChildServer, startChildServer } from '../child-server.ts';
import { download, mustEqual } from '../files/upload.ts';
import { type Answer, anyPassword, engineOf, type SignedIn } from '../start-safe.ts';
import { openByHand, type StoreByHand } from '../store-by-hand.ts';
import { done } from '../v1/problem.ts';
import { ended, type Planned, plan, rowsOf } from './plan-steps.ts';

const size = 400;
const bytesOf = (at: number) => createHash('sha512').update(`file ${at}`).digest();
const file = JSON.stringify({
  format: 'arca-items-1',
  items: Array.from({ length: size }, (_, at) => ({
    kind: 'file',
    fields: { name: `file ${at}`, fileName: `${at}.bin`, content: bytesOf(at).toString('base64') },
  })),
});
/** Processes that start take as long as the host lets them. */
const patient = { timeout: 300_000 };

for (const engine of engineOf(import.meta.filename)) {
  describe(`a server that is killed while it imports files, on ${engine}`, () => {
    let bare: Bare;
    let server: ChildServer;
    let store: StoreByHand;
    let cookie = '';
    before(async () => {
      bare = await bareSettings(engine);
      await start();
      await server.operator.run('user.add', { username: 'ana', password: anyPassword });
      const answer = await ana.call('POST', '/api/v1/session', { username: 'ana', password: anyPassword });
      cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
      store = await openByHand(bare.settings);
    }, patient);
    after(async () => {
      await store?.close();
      await server?.kill();
      await bare.remove();
    }, patient);

    const start = async () => {
      server = await startChildServer({ ...bare.environment, ARCA_LOG_LEVEL: 'warn' });
    };
    /** One person through all lives of the server: her session is in the store. */
    const ana: Pick<SignedIn, 'call'> = {
      async call(method, path, body): Promise<Answer> {
        const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
        const sent = body === undefined ? {} : { body: JSON.stringify(body) };
        const response = await fetch(`${server.url}${path}`, { method, headers, ...sent });
        const text = await response.text();
        const { status } = response;
        return { status, headers: response.headers, text, json: text === '' ? null : JSON.parse(text) };
      },
    };
    const count = async (where: string) => Number((await store.one(`select count(*) as count from ${where}`)).count);
    const unkept = () => count('blobs where kept_at is null');

    it('leaves of a plan nothing but blobs that no item takes', patient, async () => {
      const cut = plan(ana, file).then(
        () => assert.fail('the plan was done before anybody could kill it'),
        (thrown: Error) => thrown.message,
      );
      for (let tries = 0; tries < 5000 && (await unkept()) < 50; tries += 1) await sleep(5);
      await server.kill();
      assert.match(await cut, /fetch failed|terminated/);
      await start();
      const left = await unkept();
      assert.ok(left >= 50 && left < size, `${left} blobs`);
      assert.deepEqual(done<{ imports: object[] }>(await ana.call('GET', '/api/v1/imports')).imports, []);
      assert.deepEqual([await count('items'), await count('import_rows')], [0, 0]);
    });

    it('goes on with applying, and keeps of each file the bytes that came', patient, async () => {
      const before = await unkept();
      const { id, counts } = await plan(ana, file);
      assert.equal(counts.new, size);
      assert.deepEqual([await unkept(), await count('blobs')], [before + size, before + size]);
      done(await ana.call('POST', `/api/v1/imports/${id}/apply`));
      const read = async () => done<Planned>(await ana.call('GET', `/api/v1/imports/${id}`));
      for (const far of [50, 200]) {
        for (let tries = 0; tries < 5000 && (await read()).done < far; tries += 1) await sleep(5);
        await server.kill();
        await start();
        const now = await read();
        assert.ok(now.done >= far && now.done < size, `killed at ${now.done}`);
      }
      const { status, outcomes } = await ended(ana, id);
      assert.deepEqual([status, outcomes.created], ['finished', size]);
      assert.deepEqual([await count('items'), await unkept(), await count('blobs')], [size, before, before + size]);
      for (const { name, number } of await rowsOf(ana, id)) {
        const got = await download(server.url, { headers: { cookie } }, number as number);
        mustEqual(got.bytes, bytesOf(Number(name.split(' ')[1])), name);
      }
    });
  });
}
