// The package as its users get it: packed, installed into an empty project, compiled against, run, and loaded by a browser.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { anyPassword, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { noBrowser, openBrowser } from '../../web/test/browser.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const tsc = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');

const program = `import { Arca, ArcaError, isProblem, type Item, type PasswordItem } from '@arca/sdk';

const { SAFE: url, ID: clientId, SECRET: clientSecret } = process.env;
const arca = new Arca({ url, clientId, clientSecret });
const made: Item = await arca.items.createPassword({ name: 'packed', username: 'ana', password: 'not-a-real-one' });
const names: string[] = [];
for await (const { name } of arca.items.list.all({ q: 'pack', limit: 1 })) names.push(name);
const { secrets } = await arca.items.reveal(made, { signal: AbortSignal.timeout(20_000) });
try {
  await arca.items.updatePassword({ number: made.number, name: 'x' }, { ifMatch: 99 });
} catch (error) {
  if (!isProblem(error, 'revision_stale')) throw error;
  const { problem }: ArcaError<'revision_stale'> = error;
  console.log(JSON.stringify([names, secrets.password, problem.current.revision]));
}
export const nameOf = (item: PasswordItem): string => item.name;
`;

describe('the packed SDK', () => {
  let safe: TestSafe;
  let folder: string;
  let packed: { path: string; size: number }[];
  const installed = () => join(folder, 'node_modules', '@arca', 'sdk');
  before(async () => {
    safe = await startSafe('sqlite');
    folder = await mkdtemp(join(tmpdir(), 'sdk-user-'));
    const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder, '-w', 'sdk'], {
      cwd: root,
    });
    const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [
      { filename: string; files: typeof packed },
    ];
    packed = files;
    await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    await run('npm', ['install', '--offline', '--silent', join(folder, filename)], { cwd: folder });
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await safe.close();
  });

  it('holds what is built, its sources and its own licence, and depends on nothing', async () => {
    const paths = packed.map(({ path }) => path);
    for (const path of ['dist/arca.js', 'dist/arca.d.ts', 'dist/arca.js.map', 'src/arca.ts', 'LICENSE', 'README.md']) {
      assert.ok(paths.includes(path), path);
    }
    assert.deepEqual(
      paths.filter((path) => !/^(dist\/|src\/|LICENSE$|README\.md$|package\.json$)/.test(path)),
      [],
    );
    const { license, sideEffects, dependencies } = JSON.parse(
      await readFile(join(installed(), 'package.json'), 'utf8'),
    );
    assert.deepEqual([license, sideEffects, dependencies], ['MIT', false, undefined]);
    assert.match(await readFile(join(installed(), 'LICENSE'), 'utf8'), /^MIT License/);
    // Its comments are what editors show.
    assert.match(await readFile(join(installed(), 'dist', 'generated', 'items.d.ts'), 'utf8'), /Reveal secret fields/);
    const script = await readFile(join(installed(), 'dist', 'methods.js'), 'utf8');
    assert.match(script, /^\/\*\* A method for each operation/m);
    assert.match(script, /\/\/# sourceMappingURL=methods\.js\.map/);
  });

  /** Compiles the program as strictly as a user may, the package's own declarations too. Gives what the compiler says. */
  async function compile(text: string, options: object): Promise<string> {
    const compilerOptions = { ...options, target: 'es2022', strict: true, exactOptionalPropertyTypes: true };
    const project = { compilerOptions: { ...compilerOptions, skipLibCheck: false }, files: ['use.ts'] };
    await writeFile(join(folder, 'use.ts'), text);
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
    return (await run(tsc, ['-p', folder]).catch((failed: { stdout: string }) => failed)).stdout;
  }

  it('is typed for browsers, without types of Node', async () => {
    const declared = 'declare const process: { env: Record<string, string | undefined> };\n';
    const options = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], types: [], noEmit: true };
    assert.equal(await compile(declared + program, options), '');
  });

  it('is typed for Node, without types of browsers, and works there with a safe', async () => {
    const typeRoots = [join(root, 'node_modules', '@types')];
    const options = { module: 'nodenext', lib: ['es2022'], types: ['node'], typeRoots };
    assert.equal(await compile(program, options), '');
    const { clientId, clientSecret } = await safe.person('ana');
    const env = { ...process.env, SAFE: safe.url, ID: clientId, SECRET: clientSecret };
    const { stdout } = await run(process.execPath, ['use.js'], { cwd: folder, env });
    assert.equal(stdout, '[["packed"],"not-a-real-one",1]\n');
  });

  it('loaded by a browser in a page of the safe works by its session', { skip: noBrowser }, async () => {
    await safe.signIn('ben');
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      // The safe has no such page: the browser is given one at the safe's own origin, with the package's files beside.
      await page.route(`${safe.url}/sdk/**`, async (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === '/sdk/') return route.fulfill({ contentType: 'text/html', body: '<title>SDK</title>' });
        const body = await readFile(join(installed(), pathname.slice('/sdk/'.length)), 'utf8');
        return route.fulfill({ contentType: 'text/javascript', body });
      });
      await page.goto(`${safe.url}/sdk/`);
      const told = await page.evaluate(`(async () => {
        const { Arca, isProblem } = await import('/sdk/dist/arca.js');
        const arca = new Arca();
        const before = await arca.items.list().catch((error) => isProblem(error, 'token_missing'));
        await arca.session.start({ username: 'ben', password: '${anyPassword}' });
        const { kind, number } = await arca.items.createNote({ name: 'from a page', note: 'hello' });
        const { secrets } = await arca.items.reveal({ kind, number });
        const names = [];
        for await (const item of arca.items.list.all({ limit: 1 })) names.push(item.name);
        const first = await arca.items.read.withResponse({ kind, number });
        const again = await arca.items.read.withResponse({ kind, number }, { ifNoneMatch: first.etag });
        return [before, secrets.note, names, again.status];
      })()`);
      assert.deepEqual(told, [true, 'hello', ['from a page'], 304]);
    } finally {
      await browser.close();
    }
  });
});
