// Files over lines that break: what a transcript cannot break at the right moment.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type RoughLine, roughLine } from '../../sdk/test/rough-line.ts';
import { type Person, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { builtCommand } from './stage.ts';

const mebibyte = 1024 * 1024;

describe('files over a line that breaks', () => {
  let safe: TestSafe;
  let ana: Person;
  let line: RoughLine;
  let folder: string;
  const content = randomBytes(3 * mebibyte);
  before(async () => {
    safe = await startSafe('sqlite');
    ana = await safe.person('ana');
    line = await roughLine(safe.url);
    folder = mkdtempSync(join(tmpdir(), 'arca-lines-'));
    writeFileSync(join(folder, 'plan.bin'), content);
  });
  after(async () => {
    await line.close();
    await safe.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the command; once so many calls were sent it gets Ctrl-C. */
  async function arca(args: readonly string[], calls = Number.POSITIVE_INFINITY) {
    const env = { PATH: '', HOME: folder, ARCA_URL: line.url, ARCA_CLIENT_ID: ana.clientId };
    const child = spawn(process.execPath, [builtCommand, 'file', ...args], {
      cwd: folder,
      env: { ...env, ARCA_CLIENT_SECRET: ana.clientSecret },
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    const looking = setInterval(() => {
      if (line.sent.length >= calls) child.kill('SIGINT');
    }, 50);
    const [code] = (await once(child, 'close')) as [number | null];
    clearInterval(looking);
    return { code, told };
  }

  const drafts = () => readdirSync(folder).filter((name) => name.endsWith('.part'));

  it('an upload that cannot go on tells how to go on, and only the rest is sent then', async () => {
    line.plan('pass', 'pass', { status: 403 });
    const { code, told } = await arca(['put', 'plan.bin']);
    assert.equal(code, 3, told);
    const id = /--resume ([0-9a-f]{32})\./.exec(told)?.[1] ?? '';
    line.plan();
    const done = await arca(['put', 'plan.bin', '--resume', id]);
    assert.deepEqual(done, { code: 0, told: 'Put plan.bin (3145728 bytes) into the safe as file 1.\n' });
    assert.ok(line.sent.includes(`PUT /api/v1/uploads/${id}/parts/${mebibyte}`));
    assert.ok(!line.sent.includes(`PUT /api/v1/uploads/${id}/parts/0`));
  });

  it('another file does not go on where the first one was', async () => {
    line.plan('pass', 'pass', { status: 403 });
    const { told } = await arca(['put', 'plan.bin']);
    const id = /--resume ([0-9a-f]{32})\./.exec(told)?.[1] ?? '';
    const soon = new Date(Date.now() + 60_000);
    utimesSync(join(folder, 'plan.bin'), soon, soon);
    line.plan();
    const refused = await arca(['put', 'plan.bin', '--resume', id]);
    assert.equal(refused.code, 1);
    assert.match(refused.told, /^arca: plan.bin was changed since that upload was begun/);
  });

  it('a download that breaks off goes on where it was', async () => {
    line.plan('pass', 'half an answer', 'cut before', 'half an answer');
    const { code, told } = await arca(['get', '1', '--output', 'back.bin']);
    assert.equal(code, 0, told);
    assert.ok(readFileSync(join(folder, 'back.bin')).equals(content));
    assert.ok(line.sent.length >= 5, String(line.sent));
    assert.deepEqual(drafts(), []);
  });

  it('of a download that is ended by Ctrl-C nothing is left', async () => {
    line.plan('pass', 'half an answer', { status: 429, headers: { 'retry-after': '50' } });
    const { code } = await arca(['get', '1', '--output', 'ended.bin'], 3);
    assert.equal(code, 130);
    assert.deepEqual([drafts(), existsSync(join(folder, 'ended.bin'))], [[], false]);
  });
});
