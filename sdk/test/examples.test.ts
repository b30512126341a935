// Runs the examples of docs/integrate/sdk.md as they stand there, in order, against one safe.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { startSafe, type TestSafe } from '../../server/test/start-safe.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

type Example = { heading: string; language: string; text: string; file: string };

/** Each block of code under its heading. One that makes no client begins with the first one's lines. */
function examplesOf(page: string): Example[] {
  const examples: Example[] = [];
  let heading = '';
  for (const [, title, language = '', text = ''] of page.matchAll(/^## ([^\n]*)$|^```(\w+)\n(.*?)^```$/gms)) {
    heading = title ?? heading;
    if (title !== undefined) continue;
    const [client] = examples;
    const whole = client && language === 'ts' && !text.includes('new Arca(') ? `${client.text}\n${text}` : text;
    const file = /^\/\/ (\S+\.ts)\n/.exec(text)?.[1] ?? `example-${examples.length}.${language}`;
    examples.push({ heading, language, text: whole, file });
  }
  return examples;
}

const examples = examplesOf(await readFile(join(root, 'docs', 'integrate', 'sdk.md'), 'utf8'));

describe('the examples of the SDK', () => {
  let safe: TestSafe;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    safe = await startSafe('sqlite');
    await safe.person('ben');
    const ana = await safe.person('ana');
    const sealed = await safe.person('ana', { encryption: 'jwe' });
    const { pem } = await safe.operator.run('access-key.view-private-key', { clientId: sealed.clientId });
    folder = await mkdtemp(join(tmpdir(), 'sdk-examples-'));
    // The workspace itself rather than a copy: Node runs the SDK's TypeScript, since its real path is in no node_modules.
    await mkdir(join(folder, 'node_modules'));
    await symlink(join(root, 'node_modules', '@arca'), join(folder, 'node_modules', '@arca'));
    await symlink(join(root, 'node_modules', '@types'), join(folder, 'node_modules', '@types'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    for (const { file, text } of examples) await writeFile(join(folder, file), text);
    env = {
      ...process.env,
      NODE_OPTIONS: '--conditions=arca-source',
      ARCA_URL: safe.url,
      ARCA_CLIENT_ID: ana.clientId,
      ARCA_CLIENT_SECRET: ana.clientSecret,
      ARCA_SEALED_ID: sealed.clientId,
      ARCA_SEALED_SECRET: sealed.clientSecret,
      ARCA_PRIVATE_KEY: pem,
    };
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await safe.close();
  });

  for (const { heading, language, file, text } of examples) {
    it(`${heading}: ${file}`, async () => {
      const expected = [...text.matchAll(/(?:\/\/|#) → (.*)$/gm)].map(([, line]) => `${line}\n`).join('');
      const command = language === 'sh' ? 'sh' : process.execPath;
      const { stdout } = await run(command, [file], { cwd: folder, env });
      if (!text.startsWith('// ')) assert.equal(stdout, expected);
    });
  }

  it('are typed as the SDK is', async () => {
    const compilerOptions = {
      customConditions: ['arca-source'],
      typeRoots: ['node_modules/@types'],
      noUnusedLocals: false,
    };
    const project = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'] };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
    const tsc = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');
    const { stdout } = await run(tsc, ['-p', '.'], { cwd: folder }).catch((failed: { stdout: string }) => failed);
    assert.equal(stdout, '');
  });

  it('are all there', () => assert.ok(examples.length >= 12 && examples.every(({ text }) => text.length > 20)));
});
