// npm test [-- PATTERN...]: runs the *.test.ts files whose path contains one of the patterns, or all of them.
// Each file is a process of its own on node:test. The last line of output is the count.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installBrowser } from './browser.ts';
import { startPostgres } from './postgres.ts';
import type { Outcome } from './test-reporter.ts';

const folders = ['server', 'cli', 'sdk', 'web', 'conformance', 'scripts'];
const cores = Math.max(2, availableParallelism());
// A story of a browser takes ten seconds on a quiet machine, and a minute on one that is busy and slow.
const testTimeout = 120_000;
const fileTimeout = 600_000;
/**
 * CI must end within twenty minutes, on machines of which one takes 14 and another 30. Whoever has done less than this
 * share of the files after four minutes is slow: there a suite that runs on both engines begins on one of them, by turns.
 * Stories that could not begin in time are left out. Whatever was left out is counted as skipped, by name.
 */
const ciPace = { lookAfter: 4 * 60_000, share: 0.25, storiesUntil: { usual: 14 * 60_000, slow: 10 * 60_000 } };
/**
 * CI works on more files at once than it has cores. So few that failed there are run once more, each alone: a test of
 * time or place may fail by chance, and what it says of the program is what it says then. The first failure is told.
 */
const mostTriedAgain = 6;

type FileResult = { file: string; outcomes: Outcome[]; output: string; seconds: number };

const root = dirname(import.meta.dirname);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopping.abort(signal));

process.chdir(root);
process.exitCode = await main(process.argv.slice(2));

async function main(patterns: string[]): Promise<number> {
  const files = findFiles(patterns);
  if (files.length === 0) {
    console.error(`No test file has ${patterns.join(' or ') || '.test.ts'} in its path.`);
    return 1;
  }
  installClients(files);
  if (files.some((file) => /^(web|sdk)\//.test(file))) installBrowser();
  if (files.some(needsBuild) && !build()) return 1;
  if (files.some((file) => file.startsWith('web/test/gallery')) && !buildGallery()) return 1;
  const given = process.env.ARCA_TEST_POSTGRES_URL;
  const postgres = given ? undefined : await startPostgres();
  const scratch = await mkdtemp(join(tmpdir(), 'arca-test-'));
  const results: FileResult[] = [];
  const again: string[] = [];
  try {
    const env = environment(given ?? postgres?.url ?? '', scratch);
    const begun = performance.now();
    let isSlow = process.env.CI === 'true' ? process.env.ARCA_TEST_SLOW === 'true' || undefined : false;
    const work = async (queues: string[][]) => {
      const next = () => queues.find((queue) => queue.length > 0)?.shift();
      for (let file = next(); file !== undefined && !stopping.signal.aborted; file = next()) {
        const elapsed = performance.now() - begun;
        if (elapsed > ciPace.lookAfter) isSlow ??= results.length < files.length * ciPace.share;
        const result = isLate(file, elapsed, isSlow ?? false)
          ? skipped(file)
          : await runFile(file, join(scratch, `${file.replaceAll('/', '-')}.jsonl`), env, engineLeftOut(file, isSlow));
        results.push(result);
        print(result);
      }
    };
    // A story waits for its browser, and many a test for a disk or a process: one more than there are cores work at once,
    // and one of them begins with the stories. With two more the cores had no rest, and what was timed ran out of it.
    // Of those the gallery's come last: they are what CI may leave out.
    const isGallery = (file: string) => file.startsWith('web/test/gallery');
    const stories = files.filter(isStory).sort((a, b) => Number(isGallery(a)) - Number(isGallery(b)));
    const others = files.filter((file) => !isStory(file));
    await Promise.all([work([stories, others]), ...Array.from({ length: cores }, () => work([others, stories]))]);
    const failed = results.filter(hasFailed);
    if (process.env.CI === 'true' && failed.length <= mostTriedAgain) {
      for (const first of failed) {
        if (stopping.signal.aborted) break;
        console.log(`\nOnce more, alone: ${first.file}`);
        const second = await runFile(first.file, join(scratch, `${first.file.replaceAll('/', '-')}-again.jsonl`), env);
        results[results.indexOf(first)] = second;
        print(second);
        if (!hasFailed(second)) again.push(...failuresOf(first).map(({ name }) => `${first.file} › ${name}`));
      }
    }
  } finally {
    await postgres?.stop();
    await rm(scratch, { recursive: true, force: true });
  }
  if (stopping.signal.aborted) {
    console.error(`Stopped by ${stopping.signal.reason}.`);
    return 130;
  }
  return conclude(results, again);
}

function findFiles(patterns: string[]): string[] {
  return globSync(`{${folders.join(',')}}/**/*.test.ts`, { exclude: ['**/node_modules/**'] })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
    .sort();
}

/** A test beside a lock file of its own, for a client too large for everyone's install, gets that client installed first. */
function installClients(files: string[]): void {
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    if (!existsSync(join(folder, 'package-lock.json'))) continue;
    const { status } = spawnSync(process.execPath, ['scripts/install.mjs', folder], { stdio: 'inherit' });
    if (status !== 0) process.exit(1);
  }
}

function isStory(file: string): boolean {
  return /^web\/test\/(stories|gallery)/.test(file);
}

function isLate(file: string, elapsed: number, isSlow: boolean): boolean {
  const until = isSlow ? ciPace.storiesUntil.slow : ciPace.storiesUntil.usual;
  return process.env.CI === 'true' && isStory(file) && elapsed > until;
}

function engineLeftOut(file: string, isSlow = false): string | undefined {
  const text = isSlow && needsBuild(file) ? readFileSync(file, 'utf8') : '';
  if (!/\bof engines\b/.test(text) || text.includes('casesOf(')) return undefined;
  return file.length % 2 === 0 || text.includes("engines.includes('postgres')") ? 'sqlite' : 'postgres';
}

function leftOut(what: string): Outcome {
  return { what: 'skipped', name: what, reason: 'no time was left of the minutes that CI has' };
}

function skipped(file: string): FileResult {
  return { file, outcomes: [leftOut('the file')], output: '', seconds: 0 };
}

function needsBuild(file: string): boolean {
  return !file.startsWith('scripts/');
}

/** Once for all, so that stories and tests of whole processes tell of what `npm start` serves. */
function build(): boolean {
  return spawnSync(process.execPath, ['scripts/build.ts', '--packages'], { stdio: 'inherit' }).status === 0;
}

/** Once for the files that look at it. */
function buildGallery(): boolean {
  const build = ['build', '--config', 'gallery/vite.config.ts', '--logLevel', 'error'];
  return spawnSync(join(root, 'node_modules/.bin/vite'), build, { cwd: 'web', stdio: 'inherit' }).status === 0;
}

/** The caller's environment without settings of Arca's, which would lead the tests to the caller's own safe. */
function environment(postgresUrl: string, scratch: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('ARCA_') || name.startsWith('ARCA_TEST_'),
  );
  return {
    ...Object.fromEntries(kept),
    ARCA_TEST_POSTGRES_URL: postgresUrl,
    TMPDIR: scratch,
    NODE_COMPILE_CACHE: join(scratch, 'compiled'),
  };
}

async function runFile(
  file: string,
  report: string,
  env: NodeJS.ProcessEnv,
  withoutEngine?: string,
): Promise<FileResult> {
  const start = performance.now();
  const reporter = join(import.meta.dirname, 'test-reporter.ts');
  const reporting = [`--test-reporter=${reporter}`, `--test-reporter-destination=${report}`];
  const preload = needsBuild(file) ? [`--import=${join(import.meta.dirname, 'resolve-for-tests.ts')}`] : [];
  const child = spawn(process.execPath, [`--test-timeout=${testTimeout}`, ...reporting, ...preload, file], {
    env: withoutEngine ? { ...env, ARCA_TEST_WITHOUT_ENGINE: withoutEngine } : env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  let ending = '';
  const end = (reason: string) => {
    ending = reason;
    killGroup(child.pid);
  };
  const timer = setTimeout(() => end(`was still running after ${fileTimeout / 1000} s`), fileTimeout);
  const onStop = () => end('was stopped');
  stopping.signal.addEventListener('abort', onStop);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  stopping.signal.removeEventListener('abort', onStop);
  killGroup(child.pid); // what the tests started and forgot

  const outcomes = await readOutcomes(report);
  const failed = outcomes.some(({ what }) => what === 'failed');
  const ran = outcomes.some(({ what }) => what === 'passed' || what === 'skipped');
  if (code !== 0) ending ||= failed ? '' : `ended with ${signal ?? `exit code ${code}`}`;
  else if (!ran || !outcomes.some(({ what }) => what === 'ended')) ending ||= 'holds no test, or ended before they did';
  if (withoutEngine) outcomes.push(leftOut(`on ${withoutEngine}`));
  if (ending) outcomes.push({ what: 'failed', name: 'the file', reason: `${file} ${ending}` });
  for (const outcome of outcomes) if (outcome.what === 'note') output += `${outcome.reason}\n`;
  return { file, outcomes, output, seconds: (performance.now() - start) / 1000 };
}

/** Ends a test process and all that it started, if there is any left. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function readOutcomes(report: string): Promise<Outcome[]> {
  const text = await readFile(report, 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

function failuresOf({ outcomes }: Pick<FileResult, 'outcomes'>) {
  return outcomes.flatMap((outcome) => (outcome.what === 'failed' ? [outcome] : []));
}

function hasFailed(result: FileResult): boolean {
  return failuresOf(result).length > 0;
}

function print({ file, outcomes, output, seconds }: FileResult): void {
  const failures = failuresOf({ outcomes });
  const count = outcomes.filter(({ what }) => what === 'passed').length;
  console.log(`${failures.length === 0 ? 'ok    ' : 'FAILED'} ${file}  ${count} passed, ${seconds.toFixed(1)} s`);
  for (const { name, reason } of failures) console.log(`\n  ${name}\n${reason.replaceAll(/^/gm, '    ')}\n`);
  if (failures.length > 0 && output.trim() !== '')
    console.log(`  It printed:\n${output.trimEnd().replaceAll(/^/gm, '    ')}\n`);
}

function conclude(results: FileResult[], again: string[]): number {
  const named: { what: Outcome['what']; line: string }[] = [];
  for (const { file, outcomes } of results) {
    for (const outcome of outcomes) {
      if (!('name' in outcome)) continue;
      const { what, name, reason } = outcome;
      named.push({ what, line: `${file} › ${name}${what === 'skipped' && reason !== 'true' ? ` (${reason})` : ''}` });
    }
  }
  const having = (what: Outcome['what']) => named.filter((outcome) => outcome.what === what).map(({ line }) => line);
  const [passed, failed, skipped] = [having('passed'), having('failed'), having('skipped')];
  console.log('');
  for (const line of skipped) console.log(`skipped: ${line}`);
  for (const line of again) console.log(`failed at first, passed alone: ${line}`);
  for (const line of failed) console.log(`failed: ${line}`);
  const counts = [`${passed.length} passed`, `${failed.length} failed`];
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  console.log(counts.join(', '));
  return failed.length > 0 || passed.length === 0 ? 1 : 0;
}
