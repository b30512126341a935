// Runs the recipes of docs/integrate/ as they stand there, against one safe. Those that are run by hand say so themselves.

import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { type Manifest, valueOfStore } from './external-secrets.ts';

const run = promisify(execFile);
/** With what a careless program would take for the end of a text, or for more than a text. */
const password = `not "a" real\\one 'é' $HOME %s`;

function blocks(page: string, language: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs/integrate', `${page}.md`), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block);
}

function missing(command: string, ...args: string[]): string | false {
  return spawnSync(command, args).status === 0 ? false : `this host has no ${[command, ...args].join(' ')}`;
}

describe('the recipes', () => {
  let safe: TestSafe;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    safe = await startSafe('sqlite');
    const { call, clientId, clientSecret } = await safe.person('ana');
    const made = await call('POST', '/api/v1/items/password', { name: 'Database', username: 'app', password });
    assert.equal((made.json as { number: number }).number, 1);
    folder = mkdtempSync(join(tmpdir(), 'arca-recipes-'));
    env = {
      PATH: process.env.PATH,
      HOME: folder,
      LC_ALL: 'C.UTF-8',
      ARCA_URL: safe.url,
      ARCA_CLIENT_ID: clientId,
      ARCA_CLIENT_SECRET: clientSecret,
    };
  });
  after(async () => {
    await safe.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a block as a file of its own, and gives what it prints. */
  async function ran(command: string, file: string, text = ''): Promise<string> {
    writeFileSync(join(folder, file), text);
    return (await run(command, [file], { cwd: folder, env })).stdout;
  }

  const noJq = missing('jq', '--version') || missing('curl', '--version');

  it('curl', { skip: noJq }, async () => {
    assert.equal(await ran('sh', 'reveal.sh', blocks('curl', 'sh')[0]), `${password}\n`);
  });

  it('Node', async () => {
    assert.equal(await ran(process.execPath, 'reveal.mjs', blocks('node', 'js')[0]), `${password}\n`);
  });

  it('Python', { skip: missing('python3', '--version') }, async () => {
    assert.equal(await ran('python3', 'reveal.py', blocks('python', 'python')[0]), `${password}\n`);
  });

  it('Python with requests', { skip: missing('python3', '-c', 'import requests') }, async () => {
    assert.equal(await ran('python3', 'reveal_requests.py', blocks('python', 'python')[1]), `${password}\n`);
  });

  it('GitHub Actions', { skip: noJq }, async () => {
    const { jobs } = parse(blocks('github-actions', 'yaml')[0] ?? '');
    const [reveal, deploy] = jobs.deploy.steps as { id?: string; env: Record<string, string>; run: string }[];
    // `vars` and `secrets` come from the repository; here from the test, under the same names.
    for (const [name, value] of Object.entries(reveal?.env ?? {}))
      assert.match(value, new RegExp(`^\\$\\{\\{ (vars|secrets)\\.${name} \\}\\}$`));
    const output = join(folder, 'output');
    writeFileSync(output, '');
    const step = async (script: string | undefined, more: object) => {
      writeFileSync(join(folder, 'step.sh'), script ?? '');
      const shell = ['--noprofile', '--norc', '-e', '-o', 'pipefail', 'step.sh'];
      return (await run('bash', shell, { cwd: folder, env: { ...env, GITHUB_OUTPUT: output, ...more } })).stdout;
    };
    const told = await step(reveal?.run, {});
    assert.match(told, /^::add-mask::[\w.-]+\n::add-mask::/);
    assert.ok(told.endsWith(`::add-mask::${password}\n`));
    const [, outputs = ''] = /^password=(.*)\n$/.exec(readFileSync(output, 'utf8')) ?? [];
    assert.deepEqual(deploy?.env, { DB_PASSWORD: `\${{ steps.${reveal?.id}.outputs.password }}` });
    assert.equal(
      await step(deploy?.run, { DB_PASSWORD: outputs }),
      `deploying with a password of ${[...password].length} characters\n`,
    );
    // A key that does not hold ends the job at its first step.
    await assert.rejects(step(reveal?.run, { ARCA_CLIENT_SECRET: 'wrong' }), /401/);
  });

  it('Kubernetes', async () => {
    const manifests = parseAllDocuments(blocks('kubernetes', 'yaml')[0] ?? '').map((one) => one.toJS() as Manifest);
    const key = { clientId: env.ARCA_CLIENT_ID ?? '', clientSecret: env.ARCA_CLIENT_SECRET ?? '' };
    assert.deepEqual(await valueOfStore(manifests, key, safe.url), { password });
  });

  it('say of what the tests do not run that it was run by hand', () => {
    for (const page of ['go', 'ansible']) {
      const text = readFileSync(join(import.meta.dirname, '../../docs/integrate', `${page}.md`), 'utf8');
      assert.match(
        text,
        /^The tests of this project do not run this\b.*: it was run by hand with .+ on \d+ \w+ 2026/ms,
        page,
      );
    }
  });
});
