import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import pino, { type Logger } from 'pino';
import type { Safe } from './actions/safe.ts';
import { hasUsers } from './actions/users/has-users.ts';
import { makeSetUpLink } from './actions/users/set-up-by-link.ts';
import { startArchiving } from './admin/archive-schedule.ts';
import { startBackups } from './admin/backup-schedule.ts';
import { openSocket } from './admin/socket.ts';
import { buildApp } from './http/app.ts';
import { openLogLines } from './log-lines.ts';
import { defaultRootKey, willMakeRootKey } from './open-keys.ts';
import { openSafe } from './open-safe.ts';
import type { Settings } from './settings.ts';
import { keepHeapSmall, settleOnceIdle } from './settle-memory.ts';
import { openTracing, type Tracing } from './tracing/otlp.ts';

export type Serving = {
  safe: Safe;
  /** Where the server listens, such as `http://127.0.0.1:7717`. */
  url: string;
  /** The first start made a root key in this file; null otherwise. */
  madeRootKey: string | null;
  /** No user was made yet. */
  isNew: boolean;
  /** How many are open now. */
  connections(): Promise<number>;
  /** Lets running requests finish, writes everything back and closes the safe. */
  close(): Promise<void>;
};

/** Opens the safe and serves it until `close`. Throws what opening or listening throws, with a plain message. */
export async function startServer(settings: Settings, log: Logger, clock?: () => Date): Promise<Serving> {
  // Whatever this process makes is for its own account alone.
  process.umask(0o077);
  // The environment may hold the root key; a crash report that is asked for must not. It tells of each thread's own
  // environment too, so that every Worker here is started with --report-exclude-env.
  process.report.excludeEnv = true;
  mustHoldTls(settings);
  const madeRootKey = willMakeRootKey(settings) ? defaultRootKey(settings) : null;
  // A command that has the folder for a moment is waited for; another server is not gone so soon.
  const opening = { log, patienceMilliseconds: 3000 };
  const { safe, close: closeSafe } = await openSafe(settings, clock ? { ...opening, clock } : opening);
  let app: FastifyInstance | null = null;
  let tracing: Tracing | null = null;
  let socket: { close(): Promise<void> } | null = null;
  let backups: { stop(): Promise<void> } | null = null;
  let archiving: { stop(): Promise<void> } | null = null;
  try {
    tracing = await openTracing(settings, log);
    app = buildApp(safe, settings, tracing);
    await app.listen({ host: settings.host, port: settings.port });
    socket = await openSocket(safe, settings.dataDir);
    backups = startBackups(safe, settings);
    archiving = startArchiving(safe, settings);
  } catch (thrown) {
    await app?.close();
    await closeSafe();
    throw thrown;
  }
  const { server } = app;
  return {
    safe,
    url: settings.publicUrl ?? app.listeningOrigin,
    madeRootKey,
    isNew: !(await hasUsers(safe)),
    connections: () => promisify(server.getConnections).call(server),
    async close() {
      const late = setTimeout(() => app.server.closeAllConnections(), settings.shutdownSeconds * 1000);
      // A connection at work now is closed once it idles; else the safe would stay open until its client leaves.
      const idle = setInterval(() => app.server.closeIdleConnections(), 50);
      await app.close();
      clearTimeout(late);
      clearInterval(idle);
      await tracing?.close();
      await socket?.close();
      await backups?.stop();
      await archiving?.stop();
      await closeSafe();
    },
  };
}

/** A certificate that cannot be used is found before the store is touched. */
function mustHoldTls({ tlsCert, tlsKey }: Settings): void {
  if (tlsCert !== null && tlsKey !== null) {
    createSecureContext({ cert: readFileSync(tlsCert), key: readFileSync(tlsKey) });
  }
}

/** Serves until the process is told to stop. `say` tells the operator a line that is not for the log. */
export async function serve(settings: Settings, say: (line: string) => void): Promise<void> {
  const lines = openLogLines(1);
  const log = makeLog(settings.logLevel, lines);
  const serving = await startServer(settings, log);
  say(`Arca is open at ${serving.url}`);
  if (serving.madeRootKey) {
    say(
      `It made its root key in ${serving.madeRootKey}. Move it away from the data and name it with ARCA_ROOT_KEY_FILE:`,
    );
    say('whoever has both can read everything, and without it nothing can be read.');
  }
  const link = serving.isNew ? openSetUp(serving, settings) : null;
  if (link) {
    say(`It has no administrator yet. Within 30 minutes, open ${link.url}`);
    say(`or run: npx arca setup --admin NAME --password-stdin (the link is in ${link.file} too)`);
  }
  log.info({ url: serving.url }, 'open');
  // Node writes it when a process ends by itself: one that is killed would leave the next start to compile all anew.
  flushCompileCache();
  keepHeapSmall();
  const stopSettling = settleOnceIdle(serving.connections);
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  log.info('closing');
  stopSettling();
  if (link) rmSync(link.file, { force: true });
  await serving.close();
  log.info('closed');
  lines.flushSync();
}

/** The one-time link for the first administrator: on the terminal and in a file that this account alone reads, never in the log. */
function openSetUp(serving: Serving, settings: Settings): { url: string; file: string } {
  // Behind the #, so that no request and no log carries it.
  const url = `${serving.url}/set-up#${makeSetUpLink(serving.safe)}`;
  const file = join(settings.dataDir, 'set-up-link');
  writeFileSync(file, `${url}\n`, { mode: 0o600 });
  return { url, file };
}

/** Structured log lines; what may be in them is decided where they are written, and errors lose all but their stack. */
export function makeLog(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: errorForLog },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** By allow-list: an error's message and other members may hold a query's values, or a piece of what was sent. */
function errorForLog(thrown: unknown): object {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const { name, message, stack = '' } = thrown;
  // The message stands in the stack whole, and may have several lines.
  const head = `${name}: ${message}`;
  const frames = (stack.startsWith(head) ? stack.slice(head.length) : stack).split('\n');
  return {
    type: name,
    code: (thrown as { code?: unknown }).code,
    stack: frames.filter((line) => /^ +at /.test(line)).join('\n'),
  };
}
