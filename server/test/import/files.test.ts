import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeFile, someBytes } from '../files/upload.ts';
import { engines, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done } from '../v1/problem.ts';
import { contents, finish, plan, rowsOf } from './plan-steps.ts';

type Made = { file: string; content: string; items: number; left: { kind: string; number: number; why: string }[] };

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
      const made = done<Made>(await ana.call('POST', '/api/v1/exports', body));
      return { ...made, bytes: Buffer.from(made.content, 'base64') };
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
