import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type BackupLine, writeBackup } from '../../src/admin/backup-file.ts';
import { proveBackup } from '../../src/admin/prove-backup.ts';
import { restoreHere } from '../../src/admin/restore.ts';
import { emptyPlace, lock, opener } from '../backup/restored-place.ts';
import { engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { mustRefuse } from '../v1/problem.ts';
import { credentials, type S3Server, startS3 } from './s3-server.ts';
import { begin, download, makeFile, mebibyte, mustEqual, sendPart, someBytes } from './upload.ts';

for (const engine of engineOf(import.meta.filename)) {
  describe(`files in a bucket, with the safe on ${engine}`, () => {
    let s3: S3Server;
    let safe: TestSafe;
    let ana: Person;
    let folder: string;
    const as = () => ({ headers: { authorization: `Bearer ${ana.token}` } });
    before(async () => {
      s3 = await startS3();
      folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
      writeFileSync(join(folder, 'secret'), credentials.secret, { mode: 0o600 });
      safe = await startSafe(engine, {
        ARCA_BUCKET_URL: s3.url,
        ARCA_BUCKET_KEY_ID: credentials.id,
        ARCA_BUCKET_SECRET_FILE: join(folder, 'secret'),
        ARCA_OUTBOUND_ALLOWED: '127.0.0.1',
      });
      ana = await safe.person('ana');
    });
    after(async () => {
      await safe.close();
      await s3.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('are signed for, and come back whole and in ranges', async () => {
      const content = someBytes(2 * mebibyte + 77);
      const number = await makeFile(ana, content);
      assert.equal(s3.objects.size, 3);
      mustEqual((await download(safe.url, as(), number)).bytes, content);
      const range = { headers: { range: `bytes=${mebibyte - 5}-${mebibyte + 4}` } };
      mustEqual((await download(safe.url, as(), number, range)).bytes, content.subarray(mebibyte - 5, mebibyte + 5));
      assert.ok(s3.asked.every((line) => /^(PUT|GET) \/bucket\/arca\/[0-9a-f]{32} (200|206)$/.test(line)));
    });

    it('are refused when an object was swapped, and when the bucket fails, whose words stay with us', async () => {
      const content = someBytes(100);
      const number = await makeFile(ana, content);
      const [last = '', ...others] = [...s3.objects.keys()].reverse();
      const was = s3.objects.get(last) as Buffer;
      s3.objects.set(last, s3.objects.get(others[0] ?? '') as Buffer);
      assert.equal((await download(safe.url, as(), number)).status, 500);
      s3.objects.set(last, was);
      const id = await begin(ana, content);
      s3.failWith(503);
      assert.equal((await download(safe.url, as(), number)).status, 502);
      mustRefuse(await sendPart(ana, id, content, 0), 502, 'store_unreachable');
      s3.failWith(null);
      assert.ok(!safe.log().includes('a-key'));
      mustEqual((await download(safe.url, as(), number)).bytes, content);
    });

    it('are in a backup, which is proven with them and restores them into a folder', async () => {
      const content = someBytes(mebibyte + 300_000);
      const number = await makeFile(ana, content);
      const file = join(folder, 'safe.age');
      await writeBackup(safe.operator.stream('backup.make') as AsyncIterable<BackupLine>, file, lock);
      assert.ok((await proveBackup(file, opener, safe.settings)).versions > 0);
      const place = await emptyPlace(safe, 'sqlite');
      try {
        const settings = { ...place.settings, s3Url: null, s3KeyId: null, s3SecretFile: null };
        await restoreHere(file, opener, settings, { keepKeys: true, say: (line) => assert.fail(line) });
        const restored = await startSafe('sqlite', {
          ARCA_DATA_DIR: settings.dataDir,
          ARCA_ROOT_KEY_FILE: String(settings.rootKeyFile),
        });
        try {
          const by = await restored.person('ana');
          const got = await download(restored.url, { headers: { authorization: `Bearer ${by.token}` } }, number);
          mustEqual(got.bytes, content);
        } finally {
          await restored.close();
        }
      } finally {
        await place.remove();
      }
    });
  });
}
