import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries } from '../audit-left.ts';
import { engines, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from '../v1/problem.ts';
import { begin, download, makeFile, mebibyte, mustEqual, sendPart, someBytes, upload } from './upload.ts';

for (const engine of engines) {
  describe(`a file on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let ben: SignedIn;
    const as = (person: Person) => ({ headers: { authorization: `Bearer ${person.token}` } });
    const cookie = (person: SignedIn) => ({ headers: { cookie: person.cookie } });
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
      ben = await safe.signIn('ben');
    });
    after(() => safe.close());

    it('comes back as it was, with its name and media type, and every download is recorded', async () => {
      const content = someBytes(2 * mebibyte + 12_345);
      const id = await upload(ana, content, mebibyte, 'C:\\plans\\größe "1".pdf', 'Application/PDF; x=1');
      const made = await ana.call('POST', '/api/v1/items/file', { name: 'Plan', upload: id, tags: ['a'], notes: 'n' });
      const item = done<Record<string, unknown>>(made, 201);
      assert.deepEqual(
        [item.name, item.fileName, item.mediaType, item.size, item.filled],
        ['Plan', 'größe "1".pdf', 'application/pdf', content.length, ['content', 'notes']],
      );
      const number = item.number as number;
      const got = await download(safe.url, as(ana), number);
      mustEqual(got.bytes, content);
      assert.equal(got.status, 200);
      assert.deepEqual(
        [
          'content-type',
          'content-length',
          'accept-ranges',
          'etag',
          'x-content-type-options',
          'content-disposition',
        ].map((name) => got.headers.get(name)),
        [
          ...['application/pdf', String(content.length), 'bytes', '"v1"', 'nosniff'],
          `attachment; filename="gr__e _1_.pdf"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%221%22.pdf`,
        ],
      );
      assert.match(got.headers.get('content-security-policy') ?? '', /sandbox/);
      const [entry] = await auditEntries(safe, got as never);
      assert.deepEqual(
        [entry?.event, entry?.target, entry?.details.fields, entry?.details.version],
        ['item.revealed', `file:${number}`, ['content'], 1],
      );
      const revealed = done<{ secrets: object }>(await ana.call('POST', `/api/v1/items/file/${number}/reveal`));
      assert.deepEqual(revealed.secrets, { notes: 'n' });
    });

    it('goes on where it stopped, and takes no part twice or out of turn', async () => {
      const content = someBytes(2 * mebibyte + 5);
      const id = await begin(ana, content);
      done(await sendPart(ana, id, content, 0, mebibyte));
      const twice = mustRefuse(await sendPart(ana, id, content, 0, mebibyte), 409, 'upload_offset_wrong');
      assert.equal((twice as unknown as { offset: number }).offset, mebibyte);
      mustRefuse(await sendPart(ana, id, content, 2 * mebibyte), 409, 'upload_offset_wrong');
      mustBeInvalid(await sendPart(ana, id, content, mebibyte, mebibyte + 10), ['Content-Length']);
      mustBeInvalid(await ana.call('PUT', `/api/v1/uploads/${id}/parts/${mebibyte}`, someBytes(3 * mebibyte)), [
        'Content-Length',
      ]);
      const early = await ana.call('POST', '/api/v1/items/file', { name: 'early', upload: id });
      mustRefuse(early, 409, 'upload_incomplete');
      assert.equal(done<{ offset: number }>(await ana.call('GET', `/api/v1/uploads/${id}`)).offset, mebibyte);
      done(await sendPart(ana, id, content, mebibyte));
      const made = await ana.call('POST', '/api/v1/items/file', { name: 'whole', upload: id });
      mustEqual((await download(safe.url, as(ana), done<{ number: number }>(made, 201).number)).bytes, content);
      mustRefuse(await ana.call('POST', '/api/v1/items/file', { name: 'again', upload: id }), 404, 'upload_not_found');
    });

    it("is no other's upload", async () => {
      const content = someBytes(10);
      const id = await begin(ana, content);
      for (const [method, path] of [
        ['GET', ''],
        ['DELETE', ''],
        ['PUT', '/parts/0'],
      ] as const) {
        const body = method === 'PUT' ? content : undefined;
        mustRefuse(await ben.call(method, `/api/v1/uploads/${id}${path}`, body), 404, 'upload_not_found');
      }
      mustRefuse(await ben.call('POST', '/api/v1/items/file', { name: 'x', upload: id }), 404, 'upload_not_found');
      done(await ana.call('DELETE', `/api/v1/uploads/${id}`), 204);
      mustRefuse(await ana.call('GET', `/api/v1/uploads/${id}`), 404, 'upload_not_found');
    });

    it('has versions, of which each keeps its own content', async () => {
      const [first, second] = [someBytes(100), someBytes(mebibyte + 1)];
      const number = await makeFile(ana, first);
      const path = `/api/v1/items/file/${number}`;
      const id = await upload(ana, second, mebibyte, 'other.txt', 'text/plain');
      const changed = done<Record<string, unknown>>(await ana.call('PATCH', path, { upload: id }));
      assert.deepEqual([changed.version, changed.fileName, changed.size], [2, 'other.txt', second.length]);
      const { versions } = done<{ versions: { fields: string[] }[] }>(await ana.call('GET', `${path}/versions`));
      assert.deepEqual([...(versions[0]?.fields ?? [])].sort(), ['content', 'fileName', 'mediaType', 'size']);
      mustEqual((await download(safe.url, as(ana), number)).bytes, second);
      mustEqual((await download(safe.url, as(ana), number, { query: '?version=1' })).bytes, first);
      assert.equal((await download(safe.url, as(ana), number, { query: '?version=3' })).status, 404);
      done(await ana.call('POST', `${path}/versions/1/restore`));
      mustEqual((await download(safe.url, as(ana), number)).bytes, first);
      done(await ana.call('PATCH', path, { name: 'renamed' }));
      mustEqual((await download(safe.url, as(ana), number)).bytes, first);
    });

    it('gives ranges, and all of it once another version counts', async () => {
      const content = someBytes(mebibyte + 70_000);
      const number = await makeFile(ana, content);
      const range = async (text: string, more: Record<string, string> = {}) =>
        download(safe.url, as(ana), number, { headers: { range: `bytes=${text}`, ...more } });
      for (const [text, from, to] of [
        ['0-0', 0, 1],
        ['65530-65545', 65_530, 65_546],
        [`${mebibyte - 3}-${mebibyte + 2}`, mebibyte - 3, mebibyte + 3],
        ['1100000-', 1_100_000, content.length],
        ['-7', content.length - 7, content.length],
      ] as const) {
        const got = await range(text);
        assert.deepEqual(
          [got.status, got.headers.get('content-range')],
          [206, `bytes ${from}-${to - 1}/${content.length}`],
        );
        mustEqual(got.bytes, content.subarray(from, to), text);
        const [entry] = await auditEntries(safe, got as never);
        assert.equal(entry?.details.range, `${from}-${to - 1}`);
      }
      const behind = await range(`${content.length}-`);
      assert.deepEqual([behind.status, behind.headers.get('content-range')], [416, `bytes */${content.length}`]);
      assert.equal((await range('0-9', { 'if-range': '"v1"' })).status, 206);
      assert.equal((await range('0-9', { 'if-range': '"v2"' })).status, 200);
      assert.equal((await range('0-1,5-6')).status, 200);
    });

    it('is shared, disabled and given a reason for like other items', async () => {
      const content = someBytes(99);
      const number = await makeFile(ana, content);
      const path = `/api/v1/items/file/${number}`;
      const byBen = (query = '') => download(safe.url, cookie(ben), number, { query });
      assert.equal((await byBen()).status, 403);
      done(await ana.call('PUT', `${path}/shares/users/ben`, { role: 'viewer' }));
      mustEqual((await byBen()).bytes, content);
      assert.equal((await byBen('?version=1')).status, 403);
      done(await ana.call('PATCH', path, { justificationRequired: true }));
      assert.equal((await byBen()).status, 403);
      mustEqual((await byBen('?justification=audit')).bytes, content);
      done(await ana.call('POST', `${path}/disable`));
      assert.equal((await byBen('?justification=audit')).status, 409);
      done(await ana.call('POST', `${path}/enable`));
      mustEqual((await download(safe.url, as(ana), number)).bytes, content);
    });

    it('obeys the limits of access keys', async () => {
      const content = someBytes(20);
      const number = await makeFile(ana, content);
      const other = await makeFile(ana, content);
      const reader = await safe.person('ana', { readOnly: true });
      const chosen = await safe.person('ana', { items: [`file:${number}`] });
      const covered = await safe.person('ana', { encryption: 'jwe' });
      mustEqual((await download(safe.url, as(reader), number)).bytes, content);
      mustRefuse(await reader.call('POST', '/api/v1/uploads', { size: 1, fileName: 'a' }), 403, 'access_denied');
      mustEqual((await download(safe.url, as(chosen), number)).bytes, content);
      assert.equal((await download(safe.url, as(chosen), other)).status, 403);
      const id = await upload(chosen, content);
      mustRefuse(await chosen.call('POST', '/api/v1/items/file', { name: 'x', upload: id }), 403, 'access_denied');
      done(await chosen.call('PATCH', `/api/v1/items/file/${number}`, { upload: id }));
      assert.equal((await download(safe.url, as(covered), number)).status, 422);
    });

    it('may be empty', async () => {
      const number = await makeFile(ana, someBytes(0));
      const got = await download(safe.url, as(ana), number);
      assert.deepEqual([got.status, got.bytes.length], [200, 0]);
    });
  });
}
