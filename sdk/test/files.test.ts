import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Person, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { type Arca, isProblem } from '../src/arca.ts';
import { download, upload } from '../src/files.ts';
import { connect, errorOf } from './connect.ts';
import { type RoughLine, roughLine } from './rough-line.ts';

const mebibyte = 1024 * 1024;
/** Bytes that tell their place: a part at the wrong one is seen. */
const content = Buffer.from(Array.from({ length: (5 * mebibyte) / 4 }, (_, at) => at * 4).flatMap(bytesOf));
const file = () => new File([content], 'plänë "1".pdf', { type: 'application/pdf' });

function bytesOf(place: number): number[] {
  return [place & 255, (place >> 8) & 255, (place >> 16) & 255, place % 251];
}

async function bytesIn(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('the files of the SDK', () => {
  let safe: TestSafe;
  let person: Person;
  let arca: Arca;
  let line: RoughLine;
  let rough: Arca;
  before(async () => {
    safe = await startSafe('sqlite');
    person = await safe.person('ana');
    arca = connect(safe, person);
    line = await roughLine(safe.url);
    rough = connect(safe, person, { url: line.url, retries: 0 });
  });
  after(async () => {
    await line.close();
    await safe.close();
  });

  const made = async (id: string) => (await arca.items.createFile({ name: 'plan', upload: id })).number;

  it('go up in parts, told of as they are stored, and come down as they were, with name and type', async () => {
    const told: number[] = [];
    let begun = '';
    const id = await upload(arca, file(), {
      onProgress: (stored) => told.push(stored),
      onBegin: (one) => (begun = one),
    });
    assert.equal(begun, id);
    assert.deepEqual([told[0], told[1], told.at(-1)], [0, mebibyte, content.length]);
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
    const number = await made(id);
    const { stream, ...rest } = await download(arca, number);
    assert.deepEqual(
      { ...rest, etag: typeof rest.etag },
      {
        ...{ length: content.length, from: 0, mediaType: 'application/pdf' },
        ...{ fileName: 'plänë "1".pdf', etag: 'string' },
      },
    );
    assert.ok((await bytesIn(stream)).equals(content));
  });

  it('come down by ranges, and by versions', async () => {
    const number = await made(await upload(arca, file()));
    const part = await download(arca, number, { range: { from: 1000, to: 70_000 } });
    assert.deepEqual([part.from, part.length], [1000, 69_000]);
    assert.ok((await bytesIn(part.stream)).equals(content.subarray(1000, 70_000)));
    const rest = await download(arca, number, { range: { from: content.length - 10 }, ifRange: part.etag ?? '' });
    assert.ok((await bytesIn(rest.stream)).equals(content.subarray(-10)));
    const small = new Blob(['another content']);
    await arca.items.updateFile({
      number,
      upload: await upload(arca, small, { fileName: 'b.txt', mediaType: 'text/plain' }),
    });
    // It is another file by now: all of it comes.
    const whole = await download(arca, number, { range: { from: 5 }, ifRange: part.etag ?? '' });
    assert.deepEqual([whole.from, whole.fileName, whole.mediaType], [0, 'b.txt', 'text/plain']);
    assert.equal(String(await bytesIn(whole.stream)), 'another content');
    const before = await download(arca, number, { version: 1 });
    assert.ok((await bytesIn(before.stream)).equals(content));
  });

  it('that were ended go on where they stopped, with the same content alone', async () => {
    const ending = new AbortController();
    let id = '';
    const onProgress = (stored: number) => {
      if (stored > 0) ending.abort();
    };
    const error = await errorOf(
      upload(arca, file(), { signal: ending.signal, onBegin: (one) => (id = one), onProgress }),
    );
    assert.equal((error as { code?: string }).code, 'aborted');
    const { offset } = await arca.uploads.read({ id });
    assert.ok(offset > 0 && offset < content.length);
    assert.match(
      String(await errorOf(upload(arca, new Blob(['x']), { resume: id }))),
      /TypeError: this is not the content/,
    );
    const told: number[] = [];
    assert.equal(await upload(arca, file(), { resume: id, onProgress: (stored) => told.push(stored) }), id);
    assert.equal(told[0], offset);
    const { stream } = await download(arca, await made(id));
    assert.ok((await bytesIn(stream)).equals(content));
  });

  it('go on over a line that breaks: no part is lost, and none is there twice', async () => {
    line.plan('pass', 'cut before', 'cut after', 'broken answer', 'pass');
    const id = await upload(rough, file());
    assert.ok(line.sent.length > line.reached.length);
    const { stream } = await download(arca, await made(id));
    assert.ok((await bytesIn(stream)).equals(content));
  });

  it('are given up after six tries of the same part, and can still be gone on with', async () => {
    let id = '';
    line.plan('pass', ...Array.from({ length: 6 }, () => 'cut before' as const));
    const error = await errorOf(upload(rough, file(), { onBegin: (one) => (id = one) }));
    assert.ok(isProblem(error) === false && (error as { code?: string }).code === 'network_failed', String(error));
    assert.equal(line.sent.length, 7);
    line.plan();
    assert.equal(await upload(rough, file(), { resume: id }), id);
  });

  it('fail, and never end early, when what comes down is not whole', async () => {
    const number = await made(await upload(arca, file()));
    line.plan('half an answer');
    const { stream, length } = await download(rough, number);
    assert.equal(length, content.length);
    await assert.rejects(bytesIn(stream));
    const ending = new AbortController();
    const ended = await download(arca, number, { signal: ending.signal });
    ending.abort();
    await assert.rejects(bytesIn(ended.stream), { name: 'AbortError' });
  });

  it('are refused with the safe’s own words', async () => {
    assert.ok(isProblem(await errorOf(download(arca, 999_999)), 'item_not_found'));
    assert.ok(isProblem(await errorOf(upload(arca, file(), { resume: '0'.repeat(32) })), 'upload_not_found'));
    const number = await made(await upload(arca, new Blob(['x'])));
    const other = connect(safe, await safe.person('ben'));
    assert.ok(isProblem(await errorOf(download(other, number)), 'access_denied'));
    assert.ok(isProblem(await errorOf(download(arca, number, { range: { from: 5 } })), 'range_unsatisfiable'));
    const reader = connect(safe, await safe.person('eve', { readOnly: true }));
    assert.ok(isProblem(await errorOf(upload(reader, file())), 'access_denied'));
  });
});
