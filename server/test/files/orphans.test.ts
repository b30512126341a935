import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectBlobs } from '../../src/actions/files/collect.ts';
import { systemContext } from '../../src/actions/system-context.ts';
import { startChildServer } from '../child-server.ts';
import { anyPassword, engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { done, mustRefuse } from '../v1/problem.ts';
import { begin, download, makeFile, mebibyte, mustEqual, sendPart, someBytes, upload } from './upload.ts';

const hour = 3_600_000;

for (const engine of engineOf(import.meta.filename)) {
  describe(`content that no item takes, on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    const stored = () => globSync('*/*', { cwd: join(safe.settings.dataDir, 'files') }).length;
    const collectAt = async (later: number) => {
      safe.setClock(new Date(Date.now() + later));
      const count = await collectBlobs(systemContext(safe.serving.safe));
      safe.setClock(null);
      return count;
    };
    before(async () => {
      safe = await startSafe(engine, { ARCA_USER_FILES_MB: '4', ARCA_ALL_FILES_MB: '6', ARCA_FILE_MB: '3' });
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    it('is removed a day later, and nothing that an item keeps ever', async () => {
      const content = someBytes(mebibyte + 9);
      const kept = await makeFile(ana, content);
      const left = await begin(ana, content);
      done(await sendPart(ana, left, content, 0, mebibyte));
      assert.equal(stored(), 3);
      assert.equal(await collectAt(2 * hour), 0);
      // First it is doomed, an hour later it goes.
      assert.equal(await collectAt(25 * hour), 0);
      mustRefuse(await ana.call('GET', `/api/v1/uploads/${left}`), 404, 'upload_not_found');
      assert.equal(await collectAt(27 * hour), 1);
      assert.equal(await collectAt(1000 * hour), 0);
      assert.equal(stored(), 2);
      const as = { headers: { authorization: `Bearer ${ana.token}` } };
      mustEqual((await download(safe.url, as, kept)).bytes, content);
    });

    it('is removed when its part broke off, when it was cancelled, and when an item took another try', async () => {
      const before = stored();
      const content = someBytes(mebibyte);
      const id = await begin(ana, content);
      await breakOff(`${safe.url}/api/v1/uploads/${id}/parts/0`, ana.token, content);
      done(await sendPart(ana, id, content, 0));
      // That the connection broke is heard a moment later.
      for (let tries = 200; stored() > before + 1 && tries > 0; tries -= 1) await sleep(50);
      assert.equal(stored(), before + 1);
      done(await ana.call('DELETE', `/api/v1/uploads/${id}`), 204);
      assert.equal(await collectAt(0), 0);
      // The row of the part that broke off goes a moment after its bytes: it may have been doomed with the other.
      assert.ok([1, 2].includes(await collectAt(2 * hour)));
      assert.equal(stored(), before);
    });

    it('counts against the quota until it is cancelled', async () => {
      const room = async () => done<{ used: number; limit: number }>(await ana.call('GET', '/api/v1/uploads'));
      const { used, limit } = await room();
      assert.equal(limit, 4 * mebibyte);
      const wish = { size: 2 * mebibyte, fileName: 'a' };
      const { id } = done<{ id: string }>(await ana.call('POST', '/api/v1/uploads', wish), 201);
      assert.equal((await room()).used, used + 2 * mebibyte);
      mustRefuse(await ana.call('POST', '/api/v1/uploads', wish), 409, 'quota_reached');
      mustRefuse(await ana.call('POST', '/api/v1/uploads', { ...wish, size: 4 * mebibyte }), 413, 'file_too_large');
      const ben = await safe.person('ben');
      const third = await ben.call('POST', '/api/v1/uploads', { size: 3 * mebibyte, fileName: 'a' });
      assert.equal((mustRefuse(third, 409, 'quota_reached') as unknown as { of: string }).of, 'safe');
      done(await ana.call('DELETE', `/api/v1/uploads/${id}`), 204);
      assert.equal((await room()).used, used);
      const root = await safe.signIn('root', 'admin');
      const { files } = done<{ files: object }>(await root.call('GET', '/api/v1/statistics'));
      assert.ok((files as { bytes: number }).bytes > mebibyte);
    });

    it('does not outlive a process that is killed while it writes', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
      const rootKeyFile = join(folder, 'test-root.key');
      writeFileSync(rootKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
      const dataDir = join(folder, 'data');
      try {
        const environment = { ARCA_DATA_DIR: dataDir, ARCA_ROOT_KEY_FILE: rootKeyFile };
        const child = await startChildServer(environment);
        await child.operator.run('user.add', { username: 'ana', password: anyPassword });
        const key = await child.operator.run('access-key.add', { owner: 'ana', name: 'k' });
        const form = { grant_type: 'client_credentials', client_id: key.clientId, client_secret: key.clientSecret };
        const answer = await fetch(`${child.url}/api/oauth2/token`, {
          method: 'POST',
          body: new URLSearchParams(form),
        });
        const { access_token } = (await answer.json()) as { access_token: string };
        const by = {
          call: async (method: string, path: string, body?: unknown) => {
            const isBytes = body instanceof Uint8Array;
            const sent = await fetch(`${child.url}${path}`, {
              method,
              headers: {
                authorization: `Bearer ${access_token}`,
                'content-type': isBytes ? 'application/octet-stream' : 'application/json',
              },
              ...(body === undefined ? {} : { body: (isBytes ? body : JSON.stringify(body)) as string }),
            });
            const text = await sent.text();
            return { status: sent.status, headers: sent.headers, text, json: text === '' ? null : JSON.parse(text) };
          },
        };
        const content = someBytes(2 * mebibyte);
        const whole = await upload(by, content);
        done(await by.call('POST', '/api/v1/items/file', { name: 'kept', upload: whole }), 201);
        const id = await begin(by, content);
        const half = request(`${child.url}/api/v1/uploads/${id}/parts/0`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${access_token}`, 'content-length': content.length },
        });
        half.on('error', () => undefined);
        half.write(content.subarray(0, mebibyte));
        const parts = () => globSync('*/*', { cwd: join(dataDir, 'files') });
        while (!parts().some((name) => name.endsWith('.part'))) await new Promise((resume) => setTimeout(resume, 20));
        await child.kill();
        half.destroy();
        const again = await startSafe('sqlite', { ...environment, ARCA_DATA_DIR: dataDir });
        try {
          for (const later of [25 * hour, 27 * hour]) {
            again.setClock(new Date(Date.now() + later));
            await collectBlobs(systemContext(again.serving.safe));
          }
          assert.deepEqual(
            parts().map((name) => name.endsWith('.part')),
            [false, false],
          );
          const store = await openByHand(again.settings);
          assert.equal((await store.one('select count(*) as count from blobs where kept_at is null')).count, 0);
          await store.close();
        } finally {
          await again.close();
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}

/** Sends half of a part and goes away. */
async function breakOff(url: string, token: string, content: Buffer): Promise<void> {
  const sending = request(url, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-length': content.length },
  });
  sending.on('error', () => undefined);
  await new Promise<void>((sent) => sending.write(content.subarray(0, content.length / 2), () => sent()));
  sending.destroy();
  await new Promise((closed) => sending.once('close', closed));
}
