import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import pg from 'pg';
import { type Ended, openStage, type Stage } from './stage.ts';
import { fitted, readTranscript, type Step } from './transcript.ts';

const { ARCA_TEST_POSTGRES_URL: postgresUrl } = process.env;
// A transcript starts dozens of processes one after the other: seconds on a quiet host, a minute on a busy one.
const patience = 150_000;
const only = process.env.ARCA_TEST_TRANSCRIPT;

describe('the command', { concurrency: availableParallelism() }, () => {
  for (const path of globSync(join(import.meta.dirname, '*.txt')).sort()) {
    const name = basename(path, '.txt');
    if (only && only !== name) continue;
    const { needs, steps } = readTranscript(readFileSync(path, 'utf8'));
    test(name, { skip: missing(needs) ?? false, timeout: patience + 10_000 }, () => play(path, needs, steps));
  }
});

async function play(path: string, needs: readonly string[], steps: readonly Step[]): Promise<void> {
  const stage = await openStage(AbortSignal.timeout(patience));
  try {
    const kept = new Map<string, string>();
    if (needs.includes('postgres')) await usePostgres(stage);
    for (const step of steps) {
      const { stdout, stderr, exitCode } = await perform(stage, step.command);
      const actual = {
        exitCode,
        stderr: fitted(stderr.trimEnd(), step.stderr, kept),
        stdout: fitted(stdout.trimEnd(), step.stdout, kept),
      };
      const { line, command, ...expected } = step;
      assert.deepEqual({ ...actual }, { ...expected }, `${basename(path)}:${line}: ${command}\n${stdout}\n${stderr}`);
      for (const [name, value] of kept) stage.set(name, value);
    }
  } finally {
    await stage.close();
  }
}

/** Four commands are the stage's own; all others are the shell's. */
async function perform(stage: Stage, command: string): Promise<Ended> {
  const [, name, value] = /^export ([A-Z_]+)=(.*)$/.exec(command) ?? [];
  if (name !== undefined) {
    const { stdout } = await stage.run(`printf %s ${value}`);
    stage.set(name, stdout);
    return { stdout: '', stderr: '', exitCode: 0 };
  }
  if (command === 'start the server') return stage.start();
  if (command === 'stop the server') return stage.end('SIGTERM');
  if (command === 'kill the server') return stage.end('SIGKILL');
  return stage.run(command);
}

function missing(needs: readonly string[]): string | undefined {
  if (needs.includes('postgres') && !postgresUrl) return 'ARCA_TEST_POSTGRES_URL names no PostgreSQL';
  if (needs.includes('script') && spawnSync('sh', ['-c', 'command -v script']).status !== 0)
    return 'this host has no script(1)';
  return undefined;
}

async function usePostgres(stage: Stage): Promise<void> {
  const url = new URL(postgresUrl ?? '');
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const name = `arca_command_${randomBytes(6).toString('hex')}`;
  await client.query(`create database ${name} strategy file_copy`);
  await client.end();
  url.pathname = `/${name}`;
  stage.set('ARCA_DATABASE_URL', url.href);
  writeFileSync(join(stage.folder, 'root.key'), randomBytes(32).toString('base64'), { mode: 0o600 });
  stage.set('ARCA_ROOT_KEY_FILE', 'root.key');
}
