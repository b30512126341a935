// npm run bench: measures the safe against floors that run on the same machine in the same minutes, prints one table
// and records it. docs/reference/performance.md says what each line means.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../scripts/postgres.ts';
import type { Engine } from '../server/src/storage/connection.ts';
import { type Bench, openBench } from './bench.ts';
import { connections, wrkVersion } from './load.ts';
import { commitOf, describeMachine } from './machine.ts';
import { type Options, readOptions, UsageProblem, usage, type WorkName, workNames } from './options.ts';
import { readResults, recordResult } from './results.ts';
import type { Row } from './row.ts';
import { sidesTable, tableOf } from './table.ts';
import { measureCreate } from './works/create.ts';
import { measureDisable } from './works/disable.ts';
import { measureFile } from './works/file.ts';
import { measureImport } from './works/import.ts';
import { measureList } from './works/list.ts';
import { measureRead } from './works/read.ts';
import { measureRotate } from './works/rotate.ts';
import { measureScreens } from './works/screens.ts';
import { measureSearch } from './works/search.ts';
import { measureSoak } from './works/soak.ts';
import { measureStart } from './works/start.ts';
import { measureToken } from './works/token.ts';

const works: Readonly<Record<WorkName, (bench: Bench) => Promise<Row[]>>> = {
  read: measureRead,
  disable: measureDisable,
  create: measureCreate,
  token: measureToken,
  list: measureList,
  search: measureSearch,
  start: measureStart,
  file: measureFile,
  import: measureImport,
  rotate: measureRotate,
  screens: measureScreens,
};

const root = dirname(import.meta.dirname);
/** Works that could not be measured. */
const failed: string[] = [];

try {
  await main(readOptions(process.argv.slice(2)));
} catch (thrown) {
  if (thrown instanceof UsageProblem) console.error(`${thrown.message}\n\n${usage}`);
  else console.error(thrown);
  process.exitCode = 1;
}

async function main(options: Options): Promise<void> {
  const wrk = await wrkVersion();
  if (wrk === null) throw new UsageProblem('The load generator is missing: apt-get install wrk (or brew install wrk).');
  const machine = describeMachine(wrk);
  const before = readResults();
  // On the checkout's disk: a temporary folder may be in memory, where durable means nothing.
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'bench-'));
  process.once('SIGINT', () => process.exit(130));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

  const rows: Row[] = [];
  for (const engine of options.engines) rows.push(...(await measureEngine(engine, options, join(folder, engine))));

  console.log(`\n${sidesTable(rows)}\n\n${tableOf(rows, before)}\n`);
  if (failed.length > 0) {
    console.error(`Not recorded: ${failed.join(', ')} failed, as told above.`);
    process.exitCode = 1;
    return;
  }
  if (!isWorthRecording(options)) {
    console.log('Not recorded: only a run of all works with five pairs or more, and without profiles, is.');
    return;
  }
  const { seconds, pairs } = options;
  const at = new Date().toISOString();
  console.log(
    `Recorded in ${recordResult({ at, commit: commitOf(root), machine, seconds, pairs, connections, rows })}.`,
  );
}

function isWorthRecording({ only, pairs, profile, soak }: Options): boolean {
  return soak === null && only.length === workNames.length && pairs >= 5 && profile === null;
}

async function measureEngine(engine: Engine, options: Options, folder: string): Promise<Row[]> {
  const postgres = engine === 'postgres' ? await startPostgres({ durable: true }) : null;
  const say = (line: string) => console.error(`${engine}: ${line}`);
  let databases = 0;
  const bench = openBench(
    engine,
    options,
    folder,
    async () => {
      databases += 1;
      return postgres && createDatabase(postgres.url, `bench_${databases}`);
    },
    say,
  );
  try {
    if (options.soak !== null) return await measureSoak(bench, options.soak);
    const rows: Row[] = [];
    for (const name of options.only) {
      say(name);
      try {
        rows.push(...(await works[name](bench)));
      } catch (thrown) {
        // What the others say is worth its quarter of an hour.
        failed.push(`${engine}: ${name}`);
        console.error(thrown);
      }
    }
    return rows;
  } finally {
    await bench.stopAll();
    await postgres?.stop();
  }
}

async function createDatabase(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
