import assert from 'node:assert/strict';
import { copyFileSync, globSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { type Answer, engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { download, makeFile, mebibyte, mustEqual, someBytes } from './upload.ts';

for (const engine of engineOf(import.meta.filename)) {
  describe(`a stored file that other hands touched, on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    const content = someBytes(mebibyte);
    const as = () => ({ headers: { authorization: `Bearer ${ana.token}` } });
    const files = () =>
      globSync('*/*', { cwd: join(safe.settings.dataDir, 'files') }).map((name) =>
        join(safe.settings.dataDir, 'files', name),
      );
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    /** A new file and where its one blob lies. */
    async function fresh(bytes = content): Promise<{ number: number; path: string }> {
      const known = new Set(files());
      const number = await makeFile(ana, bytes);
      const [path = ''] = files().filter((one) => !known.has(one));
      return { number, path };
    }

    it('lies in a folder of its own as nobody else may read it', async () => {
      const { path } = await fresh();
      assert.equal(statSync(path).mode & 0o777, 0o600);
      assert.equal(statSync(join(safe.settings.dataDir, 'files')).mode & 0o777, 0o700);
      assert.deepEqual(globSync('**/*.part', { cwd: join(safe.settings.dataDir, 'files') }), []);
    });

    const refusedWhole: Record<string, (path: string, other: string) => void> = {
      'whose header was changed': (path) => flip(path, 20),
      'whose first chunk was changed': (path) => flip(path, 200),
      'that another file was put in place of': (path, other) => copyFileSync(other, path),
      'that was cut to its header': (path) => truncateSync(path, 45),
      'that is gone': (path) => rmSync(path),
      'that is empty': (path) => truncateSync(path, 0),
    };
    for (const [what, damage] of Object.entries(refusedWhole)) {
      it(`is refused: one ${what}`, async () => {
        const [one, other] = [await fresh(), await fresh()];
        damage(one.path, other.path);
        const got = await download(safe.url, as(), one.number);
        assert.deepEqual([got.status, JSON.parse(got.bytes.toString()).code], [500, 'integrity_broken']);
        assert.match(safe.log(), /a stored file was changed, cut, swapped or is gone/);
        // That he tried is in the audit; nothing left.
        assert.deepEqual(await auditLines(safe, got as unknown as Answer), [`item.revealed ana file:${one.number}`]);
        mustEqual((await download(safe.url, as(), other.number)).bytes, content);
      });
    }

    const brokenLater: Record<string, (path: string) => void> = {
      'a chunk in its middle was changed': (path) => flip(path, 700_000),
      'its end was cut': (path) => truncateSync(path, statSync(path).size - 1),
      'two chunks changed places': (path) => {
        const bytes = readFileSync(path);
        const chunk = 65_552;
        const [a, b] = [45 + 8 * chunk, 45 + 9 * chunk];
        const moved = Buffer.concat([
          bytes.subarray(0, a),
          bytes.subarray(b, b + chunk),
          bytes.subarray(a, b),
          bytes.subarray(b + chunk),
        ]);
        writeFileSync(path, moved);
      },
    };
    for (const [what, damage] of Object.entries(brokenLater)) {
      it(`breaks the connection, and never ends it cleanly, when ${what}`, async () => {
        const { number, path } = await fresh();
        damage(path);
        await assert.rejects(download(safe.url, as(), number), /terminated|fetch failed/);
        // A range beside the damage is whole.
        const beside = await download(safe.url, as(), number, { headers: { range: 'bytes=0-99' } });
        mustEqual(beside.bytes, content.subarray(0, 100));
      });
    }

    it('opens under no other item: a version moved to another row is refused', async () => {
      const [one, other] = [await fresh(), await fresh()];
      const store = await openByHand(safe.settings);
      const [a, b] = [one.number, other.number];
      await store.run(
        `update item_versions set open = (select open from item_versions where kind = 'file' and number = ${b}), secret = (select secret from item_versions where kind = 'file' and number = ${b}), wrapped_key = (select wrapped_key from item_versions where kind = 'file' and number = ${b}) where kind = 'file' and number = ${a}`,
      );
      await store.close();
      assert.equal((await download(safe.url, as(), a)).status, 500);
      mustEqual((await download(safe.url, as(), b)).bytes, content);
    });
  });
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(path, bytes);
}
