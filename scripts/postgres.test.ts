import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from './postgres.ts';

const skip = process.platform === 'win32' ? 'needs a POSIX shell' : false;

test('a cluster commits synchronously, sorts by code point and takes 300 connections', { skip }, async () => {
  const { url, stop } = await startPostgres();
  const client = new pg.Client(url);
  await client.connect();
  const ask = async (query: string) => Object.values((await client.query(query)).rows[0]).join(' ');
  assert.match(await ask('show server_version'), /^1[5-9]|^[2-9]/);
  assert.equal(await ask('show synchronous_commit'), 'on');
  assert.equal(await ask('show max_connections'), '300');
  assert.equal(await ask("select lower('ÁÇÃ')"), 'áçã');
  assert.equal(await ask("select 'Z' < 'a'"), 'true');
  await client.query('create database another strategy file_copy');
  await client.end();
  await stop();
  await assert.rejects(new pg.Client(url).connect(), { code: 'ECONNREFUSED' });
});

test('a durable cluster keeps fsync', { skip }, async () => {
  const { url, stop } = await startPostgres({ durable: true });
  const client = new pg.Client(url);
  await client.connect();
  assert.deepEqual((await client.query('show fsync')).rows, [{ fsync: 'on' }]);
  await client.end();
  await stop();
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
  test(`${signal} to the process that started it ends it and removes its folder`, { skip }, async () => {
    const text = `
      import pg from ${JSON.stringify(import.meta.resolve('pg'))};
      import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'postgres.ts'))};
      const { url } = await startPostgres();
      const client = new pg.Client(url);
      await client.connect();
      console.log(url + ' ' + (await client.query('show data_directory')).rows[0].data_directory);
      setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', text], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(starter.stdout), 'line');
    const [url, data] = line.split(' ');
    assert.ok(existsSync(data));
    starter.kill(signal);
    for (const end = Date.now() + 10_000; existsSync(join(data, '..')) && Date.now() < end; ) await sleep(20);
    assert.ok(!existsSync(join(data, '..')), data);
    await assert.rejects(new pg.Client(url).connect(), { code: 'ECONNREFUSED' });
  });
}
