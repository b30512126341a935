// What the Dockerfile says, held against what it must: no engine is needed, so no image is built here.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join, matchesGlob, relative } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'yaml';
import { bundleCommand } from './bundle-command.ts';

const root = dirname(import.meta.dirname);
const user = 10_001;

type Step = { word: string; rest: string };

/** The steps of each stage, comments dropped and continued lines joined. */
function readStages(text: string): { base: Step[]; stages: Step[][] } {
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const steps = lines
    .filter((line) => line !== '')
    .map((line) => {
      const [word = ''] = line.split(' ', 1);
      return { word, rest: line.slice(word.length + 1) };
    });
  const stages: Step[][] = [];
  const base: Step[] = [];
  for (const step of steps) {
    if (step.word === 'FROM') stages.push([]);
    (stages.at(-1) ?? base).push(step);
  }
  return { base, stages };
}

const { base, stages } = readStages(await readFile(join(root, 'Dockerfile'), 'utf8'));
const last = stages.at(-1) ?? [];
const all = stages.flat();
const restOf = (word: string, steps = last): string[] =>
  steps.filter((step) => step.word === word).map(({ rest }) => rest);
const jsonOf = (word: string): string[] => {
  const text = restOf(word).join();
  return JSON.parse(text.slice(text.indexOf('['))) as string[];
};

test('every stage is built on one base, pinned by digest', () => {
  assert.deepEqual(
    base.map(({ word }) => word),
    ['ARG'],
  );
  assert.match(base[0]?.rest ?? '', /^BASE=node:\d+\.\d+\.\d+-trixie-slim@sha256:[0-9a-f]{64}$/);
  for (const from of restOf('FROM', all)) assert.match(from, /^\$\{BASE\}( AS [a-z]+)?$/);
});

test('the last stage runs as a user by number that is not root, writes to its volume alone and looks after itself', () => {
  assert.deepEqual(restOf('USER'), [`${user}:${user}`]);
  assert.deepEqual(restOf('VOLUME'), ['/data']);
  assert.match(restOf('HEALTHCHECK').join(), /^--interval=\S+ --timeout=\S+ --start-period=\S+ CMD \["node", /);
  const at = (word: string) => last.findIndex((step) => step.word === word);
  assert.ok(
    at('RUN') < at('COPY') && last.filter(({ word }) => word === 'RUN').length === 1,
    'nothing is run over the files',
  );
});

test('packages are installed from the lock file, without tools and without their scripts', async () => {
  const installs = restOf('RUN', all).filter((rest) => rest.includes('npm '));
  assert.equal(installs.length, 2);
  for (const install of installs) assert.match(install, /^npm ci --omit=dev --ignore-scripts( --\S+)*$/);
  // What builds is there without tools, as Vite's.
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  for (const name of ['vite', 'rolldown']) assert.equal(packages[`node_modules/${name}`].dev, undefined, name);
});

test('no secret can get into a layer', async () => {
  assert.deepEqual(restOf('ADD', all), []);
  assert.deepEqual(restOf('ARG', all), []);
  for (const rest of restOf('ENV', all)) assert.doesNotMatch(rest, /KEY|PASS|SECRET|TOKEN|DATABASE_URL/);
  for (const rest of restOf('COPY', all)) assert.doesNotMatch(rest, /^(--\S+ )*\. /, 'a folder as a whole');
  const lines = (await readFile(join(root, '.dockerignore'), 'utf8')).split('\n');
  assert.equal(lines[1], '*', 'everything is left out unless it is named');
  for (const never of ['**/root.key', '**/*.key', '**/*.pem', '**/.env*', '**/arca.yaml', '**/.git']) {
    assert.ok(lines.lastIndexOf(never) > lines.findLastIndex((line) => line.startsWith('!')), never);
  }
});

const ignored = (await readFile(join(root, '.dockerignore'), 'utf8'))
  .split('\n')
  .filter((line) => line !== '*' && !/^(!|#|$)/.test(line));
/** What the file takes out of the folders that it lets in. */
const isLeftOut = (path: string) => ignored.some((pattern) => matchesGlob(path, pattern));

test('neither tests nor the demo get into an image', () => {
  for (const path of ['cli/src/commands/demo', 'server/src/crypto/seal.test.ts', 'web/test', 'server/src/root.key']) {
    assert.ok(isLeftOut(path), path);
  }
  for (const path of ['cli/src/commands/demo.ts', 'server/src/main.ts', '']) assert.ok(!isLeftOut(path), path);
});

test('what is copied from the context is let in', async () => {
  const letIn = (await readFile(join(root, '.dockerignore'), 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('!'));
  const wanted = restOf('COPY', all)
    .filter((rest) => !rest.startsWith('--from'))
    .flatMap((rest) => rest.split(' ').slice(0, -1));
  assert.ok(wanted.length > 10);
  for (const path of wanted) {
    assert.ok(
      letIn.some((line) => path === line.slice(1) || path.startsWith(`${line.slice(1)}/`)),
      path,
    );
  }
});

test('the compose file takes every right away and names every secret by file', async () => {
  const { services, secrets } = parse(await readFile(join(root, 'deploy/compose.yaml'), 'utf8'));
  const { safe, store } = services;
  assert.deepEqual([safe.read_only, safe.cap_drop, safe.security_opt], [true, ['ALL'], ['no-new-privileges:true']]);
  assert.deepEqual(safe.ports, ['127.0.0.1:7717:7717']);
  assert.equal(store.ports, undefined);
  assert.equal(store.network_mode, 'none');
  assert.equal(safe.environment.ARCA_REQUIRE_TLS, 'on');
  assert.match(store.image, /^postgres:\d+\.\d+-/);
  for (const name of [...safe.secrets, ...store.secrets]) assert.match(secrets[name].file, /^\.\/secrets\//);
  assert.doesNotMatch(JSON.stringify([safe.environment, store.environment]), /postgres:\/\/|PASSWORD"/);
});

/** Does what a stage does with files of the context. */
async function copyInto(folder: string, stage: Step[]): Promise<void> {
  for (const rest of restOf('COPY', stage).filter((one) => !one.startsWith('--from'))) {
    const parts = rest.split(' ');
    const target = parts.at(-1) ?? '';
    for (const source of parts.slice(0, -1)) {
      const name = source.split('/').at(-1) ?? '';
      const path = target.endsWith('/') ? join(folder, target, name) : join(folder, target);
      await cp(join(root, source), path, { recursive: true, filter: (one) => !isLeftOut(relative(root, one)) });
    }
  }
}

const asRoot = process.getuid?.() === 0;
const identity = asRoot ? { uid: user, gid: user } : {};
const readable = spawnSync(process.execPath, ['-e', ''], { cwd: root, ...identity }).status === 0;
const skip = readable ? false : `user ${user} cannot read the checkout's packages`;

test('the final files serve as that user, over a tree that cannot be written', { skip }, async (t) => {
  // Not in a folder of the tests' own, which the other user could not enter.
  const folder = await mkdtemp('/tmp/arca-container-');
  const [app, build, data] = [join(folder, 'app'), join(folder, 'build'), join(folder, 'data')];
  for (const made of [app, build]) await mkdir(made);
  await mkdir(data, { mode: 0o700 });
  if (asRoot) await chown(data, user, user);
  // The packages are those of the checkout, tools among them: installing anew needs a network.
  await symlink(join(root, 'node_modules'), join(app, 'node_modules'));
  await copyInto(app, last);
  await symlink(join(root, 'node_modules'), join(build, 'node_modules'));
  await copyInto(build, stages.find((steps) => steps[0]?.rest.endsWith(' AS built')) ?? []);
  await bundleCommand(build, join(app, 'cli/dist'));
  await chmod(folder, 0o755);
  spawnSync('chmod', ['-R', 'a-w,a+rX', app]);
  after(async () => {
    spawnSync('chmod', ['-R', 'u+w', folder]);
    await rm(folder, { recursive: true });
  });

  const env = { PATH: process.env.PATH, NODE_ENV: 'production', ARCA_DATA_DIR: data, ARCA_HOST: '127.0.0.1' };
  const inside = (words: string[]) => words.map((word) => word.replace(/^\/app\//, `${app}/`));
  const checks = (port: string) => {
    const [, ...words] = inside(jsonOf('HEALTHCHECK'));
    return spawnSync(process.execPath, words, { cwd: app, env: { ...env, ARCA_PORT: port }, ...identity }).status;
  };
  const [, command = ''] = inside(jsonOf('ENTRYPOINT'));
  const asked = (...more: string[]) =>
    spawnSync(process.execPath, [command, ...more], { cwd: app, env, ...identity, encoding: 'utf8' });
  const help = asked('--help');
  assert.equal(help.status, 0, help.stderr);
  assert.ok(help.stdout.includes('setup') && !help.stdout.includes('demo'), help.stdout);
  const demo = asked('demo');
  assert.deepEqual([demo.status, demo.stderr], [2, "arca: unknown command 'demo'\n"]);

  const port = String(20_000 + (process.pid % 10_000));
  assert.equal(checks(port), 1, 'nobody is there yet');

  const [, ...words] = inside([...jsonOf('ENTRYPOINT'), ...jsonOf('CMD')]);
  const safe = spawn(process.execPath, words, { cwd: app, env: { ...env, ARCA_PORT: port }, ...identity });
  let told = '';
  for (const stream of [safe.stdout, safe.stderr]) stream.setEncoding('utf8').on('data', (text) => (told += text));
  t.after(() => safe.kill('SIGKILL'));
  while (checks(port) !== 0) {
    // Lets the news of its end arrive.
    await setTimeout(50);
    assert.equal(safe.exitCode, null, told);
  }
  safe.kill('SIGTERM');
  const [code] = await once(safe, 'exit');
  assert.equal(code, 0, told);
  assert.ok((await readdir(data)).includes('root.key'));
});
