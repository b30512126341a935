import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { auditEntries } from '../audit-left.ts';
import { makeFile, mebibyte, mustEqual, someBytes } from '../files/upload.ts';
import { engines, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done } from '../v1/problem.ts';
import { contents, finish, plan, rowsOf } from './plan-steps.ts';

type Made = { file: string; content: string; items: number; left: { kind: string; number: number; why: string }[] };
type Fields = { content: string } & Record<string, unknown>;

for (const engine of engines) {
  describe(`files in exports and imports on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.signIn('ana');
    });
    after(() => safe.close());

    const exported = async (body: object) => {
      const answer = await ana.call('POST', '/api/v1/exports', body);
      const made = done<Made>(answer);
      return { ...made, bytes: Buffer.from(made.content, 'base64'), answer };
    };

    it('gives neither names nor keys of stored bytes away, in no format', async () => {
      const number = await makeFile(ana, someBytes(1000), 'Plan', { notes: 'n' });
      for (const body of [{ format: 'json', plain: true }, { format: 'csv' }]) {
        const { bytes } = await exported(body);
        assert.doesNotMatch(bytes.toString(), /blob|"key"|parts/, body.format);
      }
      const { left } = await exported({ format: 'csv' });
      assert.deepEqual(left, [{ kind: 'file', number, why: 'file_not_in_format' }]);
    });

    it('exports their bytes, found whole, and records that they left', async () => {
      const number = await makeFile(ana, someBytes(0), 'Nothing in it');
      const content = someBytes(mebibyte + 7);
      const other = await makeFile(ana, content, 'Two parts');
      const { bytes, answer } = await exported({ format: 'json', plain: true });
      const { items } = JSON.parse(bytes.toString()) as { items: { number: number; fields: Fields }[] };
      const fieldsOf = (wanted: number) => items.find((one) => one.number === wanted)?.fields;
      assert.equal(fieldsOf(number)?.content, '');
      const { content: held, ...rest } = fieldsOf(other) as Fields;
      mustEqual(Buffer.from(held, 'base64'), content);
      assert.deepEqual(rest, {
        ...{ name: 'Two parts', fileName: 'plan.bin', mediaType: 'application/octet-stream' },
        ...{ size: content.length, tags: [], notes: '' },
      });
      const revealed = (await auditEntries(safe, answer)).find(({ target }) => target === `file:${other}`);
      assert.deepEqual([revealed?.event, revealed?.details.fields], ['item.revealed', ['content']]);
    });

    it('leaves out what does not fit or is broken, and tells it', async () => {
      const bea = await safe.signIn('bea');
      const large = await makeFile(bea, someBytes(8 * mebibyte + 1), 'Large');
      for (const name of ['one', 'two']) await makeFile(bea, someBytes(8 * mebibyte), name);
      const late = await makeFile(bea, someBytes(5 * mebibyte), 'late');
      const broken = await makeFile(bea, someBytes(100), 'broken');
      const [blob = ''] = newest(join(safe.settings.dataDir, 'files'));
      writeFileSync(blob, readFileSync(blob).subarray(0, -1));
      const { left, items } = done<Made>(await bea.call('POST', '/api/v1/exports', { format: 'json', plain: true }));
      assert.deepEqual(left, [
        { kind: 'file', number: large, why: 'file_too_large' },
        { kind: 'file', number: late, why: 'export_full' },
        { kind: 'file', number: broken, why: 'integrity_broken' },
      ]);
      assert.equal(items, 2);
    });

    it('takes no content that is not real bytes', async () => {
      const part = { blob: 'a'.repeat(32), key: Buffer.alloc(32).toString('base64'), length: 5 };
      const items = [{ size: 5, parts: [part] }, null, ['aGVsbG8='], undefined, 'no base64'].map((content, at) => ({
        kind: 'file',
        fields: { name: `Forged ${at}`, content, fileName: 'a.txt', mediaType: 'text/plain', size: 5 },
      }));
      const before = await contents(ana, 'file');
      const planned = await plan(ana, JSON.stringify({ format: 'arca-items-1', items }));
      assert.deepEqual(planned.counts, { new: 0, same: 0, changed: 0, rejected: 5 });
      for (const { reason, kind } of await rowsOf(ana, planned.id)) {
        assert.equal(kind, 'file');
        assert.match(reason ?? '', /^content is /);
      }
      await finish(ana, planned.id, 'apply');
      const table = await plan(ana, 'kind,name,clientId,identifierCode\nfile,Forged,,\n');
      assert.equal(table.counts.rejected, 1);
      assert.deepEqual(await contents(ana, 'file'), before);
    });
  });
}

/** The stored blobs of a folder, newest first. */
function newest(folder: string): string[] {
  return globSync('*/*', { cwd: folder })
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}
