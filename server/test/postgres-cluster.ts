import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '../../scripts/postgres.ts';

const patience = 60_000;

/** Until `done` says so; fails with what it is that did not happen. */
export async function until(what: string, done: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + patience;
  while (!(await done())) {
    assert.ok(performance.now() < end, what);
    await sleep(50);
  }
}

/** A cluster whose server a test stops and starts again. */
export async function startCluster() {
  const cluster = await startPostgres();
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  const { rows } = await client.query('show data_directory');
  const data = String(rows[0]?.data_directory);
  const { uid, gid } = statSync(data);
  await client.end();
  const pidFile = join(data, 'postmaster.pid');
  const pid = () => Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  const isGone = () => {
    try {
      readFileSync(pidFile);
      return false;
    } catch {
      return true;
    }
  };
  const answers = async () => {
    const one = new pg.Client({ connectionString: cluster.url });
    one.on('error', () => undefined);
    try {
      await one.connect();
      await one.end();
      return true;
    } catch {
      return false;
    }
  };
  const stop = async () => {
    process.kill(pid(), 'SIGINT');
    await until('PostgreSQL stops', isGone);
  };
  return {
    url: cluster.url,
    stop,
    async start() {
      const program = join(dirname(data), 'bin', 'postgres');
      const as = process.getuid?.() === 0 ? { uid, gid } : {};
      spawn(program, ['-D', data], { ...as, cwd: data, stdio: 'ignore', detached: true }).unref();
      await until('PostgreSQL starts', answers);
    },
    async remove() {
      if (!isGone()) await stop();
      await cluster.stop();
    },
  };
}
