import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectBlobs } from '../../src/actions/files/collect.ts';
import { systemContext } from '../../src/actions/system-context.ts';
import { auditEntries } from '../audit-left.ts';
import { download, makeFile, mebibyte, mustEqual, someBytes, upload } from '../files/upload.ts';
import { engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done } from '../v1/problem.ts';
import { contents, finish, plan, rowsOf } from './plan-steps.ts';
import * as sample from './sample-files.ts';

const passphrase = 'seven wooden boats';

type Made = { file: string; content: string; items: number; left: { kind: string; number: number; why: string }[] };
type Fields = { content: string } & Record<string, unknown>;

for (const engine of engineOf(import.meta.filename)) {
  describe(`files in exports and imports on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    before(async () => {
      safe = await startSafe(engine, { ARCA_FILE_MB: '10', ARCA_USER_FILES_MB: '40' });
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
      await makeFile(bea, someBytes(4 * mebibyte - 100), 'three');
      const late = await makeFile(bea, someBytes(200), 'late');
      const broken = await makeFile(bea, someBytes(100), 'broken');
      const [blob = ''] = newest(join(safe.settings.dataDir, 'files'));
      writeFileSync(blob, readFileSync(blob).subarray(0, -1));
      const made = done<Made>(await bea.call('POST', '/api/v1/exports', { format: 'json', plain: true }));
      const { left, items, content } = made;
      assert.deepEqual(left, [
        { kind: 'file', number: large, why: 'file_too_large' },
        { kind: 'file', number: late, why: 'export_full' },
        { kind: 'file', number: broken, why: 'integrity_broken' },
      ]);
      assert.equal(items, 3);
      // What left is as much as can leave, and can be imported again.
      const cora = await safe.signIn('cora');
      const planned = await plan(cora, Buffer.from(content, 'base64'));
      assert.deepEqual(planned.counts, { new: 3, same: 0, changed: 0, rejected: 0 });
      await finish(cora, planned.id, 'apply');
      assert.equal((await plan(cora, Buffer.from(content, 'base64'))).counts.same, 3);
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

    /** All files of somebody with all their fields and bytes, as if they had no numbers. */
    const filesOf = async (who: SignedIn) => {
      const found: Record<string, unknown>[] = [];
      for (const { number, ...fields } of await contents(who, 'file')) {
        const got = await download(safe.url, { headers: { cookie: who.cookie } }, number as number);
        assert.equal(got.status, 200);
        found.push({
          ...fields,
          sha256: createHash('sha256').update(got.bytes).digest('hex'),
          length: got.bytes.length,
        });
      }
      return found.sort((a, b) => String(a.name).localeCompare(String(b.name)));
    };
    const stored = () => newest(join(safe.settings.dataDir, 'files')).length;
    const collectAt = async (hours: number) => {
      safe.setClock(new Date(Date.now() + hours * 3_600_000));
      const count = await collectBlobs(systemContext(safe.serving.safe));
      safe.setClock(null);
      return count;
    };

    for (const body of [
      { format: 'json', passphrase },
      { format: 'kdbx', passphrase },
    ] as const) {
      it(`gives back every field and byte after an export as ${body.format}`, async () => {
        const dora = await safe.signIn(`dora-${body.format}`);
        for (const [name, content, fileName, mediaType] of [
          ['Größe "1"', someBytes(2 * mebibyte + 17), 'größe "1" 🔑.pdf', 'application/pdf'],
          ['Empty', someBytes(0), 'empty', 'text/plain'],
          ['Small', someBytes(3), 'small.bin', undefined],
          ['Same name', someBytes(10), 'a.txt', 'text/plain'],
          ['Same name', someBytes(10), 'a.txt', 'text/plain'],
        ] as const) {
          const id = await upload(dora, content, mebibyte, fileName, mediaType);
          const fields = { name, upload: id, notes: '=1+1\n\tçã', tags: ['b', 'a'] };
          done(await dora.call('POST', '/api/v1/items/file', fields), 201);
        }
        const made = done<Made>(await dora.call('POST', '/api/v1/exports', body));
        assert.deepEqual([made.items, made.left], [5, []]);
        const bytes = Buffer.from(made.content, 'base64');
        const enzo = await safe.signIn(`enzo-${body.format}`);
        const before = stored();
        const planned = await plan(enzo, bytes, { passphrase });
        assert.deepEqual(planned.counts, { new: 5, same: 0, changed: 0, rejected: 0 });
        assert.deepEqual(await filesOf(enzo), []);
        const applied = await finish(enzo, planned.id, 'apply');
        assert.deepEqual([applied.status, applied.outcomes.created], ['finished', 5]);
        const wanted = await filesOf(dora);
        assert.deepEqual(await filesOf(enzo), wanted);
        assert.equal(stored(), before + 4);
        const again = await plan(enzo, bytes, { passphrase });
        assert.deepEqual(again.counts, { new: 0, same: 5, changed: 0, rejected: 0 });
        assert.equal(stored(), before + 4);
        // Nothing of it is collected while its items are there.
        assert.equal(await collectAt(100), 0);
        assert.equal((await finish(enzo, planned.id, 'undo')).outcomes.undone, 5);
        assert.deepEqual(await filesOf(enzo), []);
        const room = done<{ used: number }>(await enzo.call('GET', '/api/v1/uploads'));
        assert.equal(room.used, 0);
        // A backup that runs may still read them for a day.
        assert.equal(await collectAt(23), 0);
        assert.equal(await collectAt(26), 4);
        assert.equal(stored(), before);
        assert.deepEqual(await filesOf(dora), wanted);
      });
    }

    const fileOf = (name: string, content: Buffer) => ({
      kind: 'file',
      fields: { name, fileName: 'a.txt', mediaType: 'text/plain', content: content.toString('base64') },
    });
    const arcaJson = (...items: object[]) => JSON.stringify({ format: 'arca-items-1', items });

    it('makes files of what is attached to the entries of KeePass, and finds the same again', async () => {
      const hal = await safe.signIn('hal');
      const { kdbx } = await sample.keePass(passphrase);
      const planned = await plan(hal, kdbx, { passphrase });
      assert.deepEqual(planned.counts, { new: 4, same: 0, changed: 0, rejected: 1 });
      await finish(hal, planned.id, 'apply');
      const found = (await filesOf(hal)).map(({ name, mediaType, notes, tags, length }) => ({
        ...{ name, mediaType, notes, tags, length },
      }));
      const common = { notes: 'Attachment of: Wiki', tags: ['Work/Web', 'team'] };
      assert.deepEqual(found, [
        { name: 'key', mediaType: 'application/octet-stream', ...common, length: 1 },
        { name: 'plan.txt', mediaType: 'text/plain', ...common, length: sample.attachment.length },
      ]);
      const again = await plan(hal, kdbx, { passphrase });
      assert.deepEqual(again.counts, { new: 0, same: 4, changed: 0, rejected: 1 });
      await finish(hal, planned.id, 'undo');
      assert.equal(await collectAt(26), 2);
    });

    it('makes a new version of a file whose bytes differ, and puts the former ones back', async () => {
      const fay = await safe.signIn('fay');
      const [first, second] = [someBytes(500), someBytes(500)];
      const made = await plan(fay, arcaJson(fileOf('Plan', first)));
      await finish(fay, made.id, 'apply');
      const [{ number } = { number: 0 }] = (await contents(fay, 'file')) as { number: number }[];
      const bytes = async (query = '') =>
        (await download(safe.url, { headers: { cookie: fay.cookie } }, number, { query })).bytes;
      const changing = await plan(fay, arcaJson(fileOf('Plan', second)));
      assert.deepEqual(changing.counts, { new: 0, same: 0, changed: 1, rejected: 0 });
      assert.equal((await finish(fay, changing.id, 'apply')).outcomes.updated, 1);
      mustEqual(await bytes(), second);
      mustEqual(await bytes('?version=1'), first);
      assert.equal((await finish(fay, changing.id, 'undo')).outcomes.undone, 1);
      mustEqual(await bytes(), first);
      assert.equal(await collectAt(100), 0);
      mustEqual(await bytes('?version=2'), second);
    });

    it('stores no bytes again of a file of which only words differ', async () => {
      const jan = await safe.signIn('jan');
      const content = someBytes(mebibyte + 9);
      const file = fileOf('Plan', content);
      const changed = (more: object) => arcaJson({ ...file, fields: { ...file.fields, ...more } });
      const used = async () => done<{ used: number }>(await jan.call('GET', '/api/v1/uploads')).used;
      await finish(jan, (await plan(jan, changed({}))).id, 'apply');
      const [before, room] = [stored(), await used()];
      const words = { tags: ['work'], notes: 'signed' };
      const changing = await plan(jan, changed(words));
      assert.deepEqual(changing.counts, { new: 0, same: 0, changed: 1, rejected: 0 });
      assert.deepEqual([stored(), await used()], [before, room]);
      assert.equal((await finish(jan, changing.id, 'apply')).outcomes.updated, 1);
      const [{ number, tags, notes, version } = { number: 0 }] = await contents(jan, 'file');
      assert.deepEqual([tags, notes, version], [['work'], 'signed', undefined]);
      const bytes = async (query: string) =>
        (await download(safe.url, { headers: { cookie: jan.cookie } }, number as number, { query })).bytes;
      for (const query of ['', '?version=1', '?version=2']) mustEqual(await bytes(query), content);
      assert.equal((await plan(jan, changed(words))).counts.same, 1);
      // One that is uploaded, not brought by an import, keeps its bytes likewise.
      const uploaded = await makeFile(jan, content, 'Sent');
      const sent = { name: 'Sent', fileName: 'plan.bin', mediaType: 'application/octet-stream', notes: 'as planned' };
      const again = await plan(jan, changed(sent));
      assert.equal(again.counts.changed, 1);
      assert.equal((await finish(jan, again.id, 'apply')).outcomes.updated, 1);
      const got = await download(safe.url, { headers: { cookie: jan.cookie } }, uploaded);
      mustEqual(got.bytes, content);
      assert.deepEqual([stored(), await collectAt(100)], [before + 2, 0]);
      assert.equal((await finish(jan, again.id, 'undo')).outcomes.undone, 1);
      assert.equal((await finish(jan, changing.id, 'undo')).outcomes.undone, 1);
      mustEqual(await bytes(''), content);
      assert.equal(await collectAt(100), 0);
    });

    it('gives the room of a plan back when it is discarded', async () => {
      const kim = await safe.signIn('kim');
      const used = async () => done<{ used: number }>(await kim.call('GET', '/api/v1/uploads')).used;
      const before = stored();
      const file = arcaJson(fileOf('One', someBytes(mebibyte)), fileOf('Two', someBytes(5)));
      const planned = await plan(kim, file);
      assert.deepEqual([stored(), (await used()) > mebibyte], [before + 2, true]);
      const answer = await kim.call('DELETE', `/api/v1/imports/${planned.id}`);
      assert.equal(answer.status, 204, answer.text);
      const told = (await auditEntries(safe, answer)).map(({ event, target }) => [event, target]);
      assert.deepEqual(told, [['import.discarded', `import:${planned.id}`]]);
      for (const path of ['', '/rows', '/log'])
        assert.equal((await kim.call('GET', `/api/v1/imports/${planned.id}${path}`)).status, 404);
      assert.equal((await kim.call('DELETE', `/api/v1/imports/${planned.id}`)).status, 404);
      assert.deepEqual(done<{ imports: object[] }>(await kim.call('GET', '/api/v1/imports')).imports, []);
      for (let tries = 0; tries < 500 && (await used()) > 0; tries += 1) await sleep(20);
      assert.equal(await used(), 0);
      assert.equal(await collectAt(2), 2);
      assert.equal(stored(), before);
      // What is applied is undone, not discarded.
      const again = await plan(kim, file);
      await finish(kim, again.id, 'apply');
      const refused = await kim.call('DELETE', `/api/v1/imports/${again.id}`);
      assert.deepEqual([refused.status, (refused.json as { code: string }).code], [409, 'import_impossible']);
    });

    it('reserves the room of what it plans, and gives it back after a day', async () => {
      const gil = await safe.signIn('gil');
      for (let at = 0; at < 4; at += 1)
        done(await gil.call('POST', '/api/v1/uploads', { size: 9 * mebibyte, fileName: 'a' }), 201);
      const used = async () => done<{ used: number }>(await gil.call('GET', '/api/v1/uploads')).used;
      const before = stored();
      const one = fileOf('One', someBytes(3 * mebibyte));
      const planned = await plan(
        gil,
        arcaJson(one, fileOf('Two', someBytes(3 * mebibyte)), fileOf('Three', someBytes(5))),
      );
      assert.deepEqual(planned.counts, { new: 2, same: 0, changed: 0, rejected: 1 });
      const refused = (await rowsOf(gil, planned.id)).find(({ verdict }) => verdict === 'rejected');
      assert.deepEqual([refused?.name, refused?.reason], ['Two', 'no room left for your files']);
      assert.ok((await used()) > 39 * mebibyte);
      assert.equal((await plan(gil, arcaJson(one))).counts.rejected, 1);
      const large = fileOf('Large', someBytes(11 * mebibyte));
      assert.equal((await rowsOf(gil, (await plan(gil, arcaJson(large))).id))[0]?.reason, 'is larger than 10 MiB');
      // As a process that was killed leaves it: a blob that no item takes.
      assert.equal(await collectAt(23), 0);
      assert.equal(await collectAt(25), 0);
      assert.equal(await used(), 0);
      assert.equal(stored(), before + 2);
      // Who applies it now is told that its bytes are gone.
      const applied = await finish(gil, planned.id, 'apply');
      assert.deepEqual([applied.status, applied.outcomes.left], ['finished', 2]);
      assert.match((await rowsOf(gil, planned.id))[0]?.reason ?? '', /kept no longer/);
      assert.deepEqual(await contents(gil, 'file'), []);
      assert.equal(await collectAt(27), 2);
      assert.equal(stored(), before);
    });

    it('changes no file that is attached to another entry under the same name', async () => {
      const ira = await safe.signIn('ira');
      const attached = (holder: string, content: string) => {
        const { kind, fields } = fileOf('key', Buffer.from(content));
        return { kind, fields: { ...fields, notes: `Attachment of: ${holder}\nfirst of two` } };
      };
      await finish(ira, (await plan(ira, arcaJson(attached('One', 'a')))).id, 'apply');
      const planned = await plan(ira, arcaJson(attached('Two', 'b'), attached('One', 'c')));
      const rows = await rowsOf(ira, planned.id);
      assert.deepEqual(
        rows.map(({ verdict }) => verdict),
        ['new', 'changed'],
      );
    });
  });
}

/** The stored blobs of a folder, newest first. */
function newest(folder: string): string[] {
  return globSync('*/*', { cwd: folder })
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}
