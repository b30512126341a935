import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '../../../scripts/postgres.ts';
import { engines, startSafe } from '../start-safe.ts';
import { mustRefuse } from '../v1/problem.ts';

const note = '/api/mysafe/note';
const secret = 'what nobody may see';
const patience = 60_000;

/** Until `done` says so; fails with what it is that did not happen. */
async function until(what: string, done: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + patience;
  while (!(await done())) {
    assert.ok(performance.now() < end, what);
    await sleep(50);
  }
}

/** A cluster whose server a test stops and starts again. */
async function startCluster() {
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

if (engines.includes('postgres'))
  it('a safe whose PostgreSQL is stopped reveals nothing, says why, and goes on when it is started again', async (test) => {
    const cluster = await startCluster();
    test.after(() => cluster.remove());
    const safe = await startSafe('sqlite', { ARCA_DATABASE_URL: cluster.url, ARCA_STORE_TIMEOUT: '2' });
    test.after(() => safe.close());
    const key = await safe.person('ana');
    const ana = await safe.signIn('ana');
    await key.call('POST', note, { name: 'first', note: secret });
    const wire = () => key.call('GET', `${note}/1`);
    const own = () => ana.call('POST', '/api/v1/items/note/1/reveal', {});
    const recorded = async () => (await safe.operator.run('audit.list', { event: 'item.revealed' })).length;
    const before = await recorded();

    await cluster.stop();
    for (let count = 0; count < 3; count += 1) {
      const answer = await wire();
      assert.ok([502, 504].includes(answer.status), answer.text);
      assert.ok(!answer.text.includes(secret));
      const problem = await own();
      assert.ok(!problem.text.includes(secret));
      mustRefuse(problem, problem.status, problem.status === 504 ? 'store_timeout' : 'store_unreachable');
    }
    const { status, json } = await safe.call('GET', '/readyz');
    assert.equal(status, 503);
    assert.match((json as { reasons: string[] }).reasons.join(), /^the store /);
    assert.match(safe.log(), /"fault":"(unreachable|timeout)".*"msg":"the store failed"/);

    await cluster.start();
    let given = 0;
    await until('the safe goes on', async () => {
      const answer = await wire();
      if (answer.status === 200) given += 1;
      return answer.status === 200;
    });
    await until('the safe is ready', async () => (await safe.call('GET', '/readyz')).status === 200);
    assert.equal((await own()).status, 200);
    assert.equal(await recorded(), before + given + 1);
    assert.deepEqual((await safe.operator.run('audit.verify', { state: true })).problems, []);
  });
