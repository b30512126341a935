import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { SettingProblem } from '../setting-readers.ts';
import { openBreachedPasswords } from './breached-passwords.ts';

const folder = mkdtempSync(join(tmpdir(), 'arca-breached-'));
after(() => rmSync(folder, { recursive: true }));

const sha1 = (password: string) => createHash('sha1').update(password).digest('hex').toUpperCase();
const known = Array.from({ length: 2000 }, (_, at) => `breached password ${at}`);
const sorted = known.map(sha1).sort();
// Counts of one to ten digits, so that lines differ in length.
const lines = sorted.map((hash, at) => `${hash}:${10 ** (at % 10)}`);

let files = 0;
function fileOf(text: string): string {
  files += 1;
  const path = join(folder, `${files}.txt`);
  writeFileSync(path, text);
  return path;
}

async function open(test: TestContext, text: string) {
  const list = await openBreachedPasswords(fileOf(text));
  test.after(() => list.close());
  return list;
}

describe('a list of breached passwords', () => {
  for (const [how, text] of [
    ['as it is downloaded', `${lines.join('\n')}\n`],
    ['with lines that end as on Windows', `${lines.join('\r\n')}\r\n`],
    ['without an end of the last line', lines.join('\n')],
    ['in small letters', lines.join('\n').toLowerCase()],
  ] as const) {
    it(`finds each of its passwords and no other: ${how}`, async (test) => {
      const list = await open(test, text);
      for (const password of known) assert.ok(await list.has(password), password);
      for (let at = 0; at < 500; at += 1) assert.ok(!(await list.has(`another password ${at}`)));
    });
  }

  it('finds the first and the last of it, and nothing before, between or behind', async (test) => {
    const place = new Map(sorted.map((hash, at) => [hash, at]));
    const near = known.filter((password) => Math.abs((place.get(sha1(password)) ?? 0) - 1000) < 50);
    assert.ok(near.length > 90);
    for (const length of [1, 2, 3, 10]) {
      const inside = lines.slice(1000, 1000 + length);
      const list = await open(test, `${inside.join('\n')}\n`);
      for (const password of near) {
        const hash = sha1(password);
        assert.equal(
          await list.has(password),
          inside.some((line) => line.startsWith(hash)),
          `${length} ${hash}`,
        );
      }
    }
  });

  it('holds nothing where none is named', async () => {
    const list = await openBreachedPasswords(null);
    assert.equal(await list.has(known[0] ?? ''), false);
    await list.close();
  });

  const shuffled = lines.toSorted((a, b) => (a.slice(20) < b.slice(20) ? -1 : 1));
  const wrongForm =
    /^ARCA_BREACHED_PASSWORDS names \S+, which does not hold lines of a SHA-1 in hex, a colon and a count\.$/;
  const rows: [what: string, text: string, says: RegExp][] = [
    ['is empty', '', wrongForm],
    ['holds one blank line', '\n', wrongForm],
    ['holds passwords', known.join('\n'), wrongForm],
    ['holds hashes of NTLM', lines.map((line) => line.slice(8)).join('\n'), wrongForm],
    ['holds hashes alone', sorted.join('\n'), wrongForm],
    ['is one line without an end', 'x'.repeat(10_000), wrongForm],
    ['is packed', String.fromCharCode(...Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256)), wrongForm],
    [
      'is sorted by something else',
      shuffled.join('\n'),
      /^ARCA_BREACHED_PASSWORDS names \S+, which is not sorted by hash\.$/,
    ],
    ['is sorted downwards', lines.toReversed().join('\n'), /not sorted by hash/],
    ['holds one line twice', `${lines[0]}\n${lines[0]}\n`, /not sorted by hash/],
  ];
  for (const [what, text, says] of rows) {
    it(`is refused when it ${what}`, async () => {
      await assert.rejects(openBreachedPasswords(fileOf(text)), (thrown) => {
        assert.ok(thrown instanceof SettingProblem);
        assert.match(thrown.message, says);
        return true;
      });
    });
  }

  it('is refused when it is a folder or not there', async () => {
    await assert.rejects(
      openBreachedPasswords(folder),
      /^SettingProblem: ARCA_BREACHED_PASSWORDS names \S+, which is no file\.$/,
    );
    await assert.rejects(openBreachedPasswords(join(folder, 'none')), { code: 'ENOENT' });
  });
});
