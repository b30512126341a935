import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Writable } from 'node:stream';
import pg from 'pg';
import type { NewAccessKey } from '../src/actions/access-keys/add.ts';
import { type Operator, operate } from '../src/admin/operate.ts';
import { makeLog, type Serving, startServer } from '../src/main.ts';
import { readSettings, type Settings } from '../src/settings.ts';
import type { Engine } from '../src/storage/connection.ts';
import { mustConform } from './conform.ts';

const { ARCA_TEST_POSTGRES_URL, ARCA_TEST_WITHOUT_ENGINE } = process.env;

/**
 * Every suite of behaviour runs on each of these. PostgreSQL is there whenever the tests run through `npm test`, which
 * leaves one of them out where CI is slow.
 */
export const engines: readonly Engine[] = (
  ARCA_TEST_POSTGRES_URL ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)
).filter((engine) => engine !== ARCA_TEST_WITHOUT_ENGINE);

/**
 * For suites of what the engine cannot matter to: both are met, from file to file by turns, for the tests must end within
 * CI's twenty minutes.
 */
export function engineOf(file: string): readonly Engine[] {
  return engines.slice(basename(file).length % engines.length).slice(0, 1);
}

/** Of many cases those that are met on this engine: by turns, for the same reason. */
export function casesOf<T>(all: readonly T[], engine: Engine): readonly T[] {
  return all.filter((_, at) => at % engines.length === engines.indexOf(engine));
}

/** Screens of one file: each of the hundreds that are built has routes of its own, which a server takes its time to make. */
const fewPages = join(import.meta.dirname, 'fixtures/pages');

export type Answer = { status: number; headers: Headers; text: string; json: unknown };

/** A user with an access key and a token, calling over HTTP. */
export type Person = {
  username: string;
  clientId: string;
  clientSecret: string;
  token: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
};

/** A user who signed in, calling over HTTP with his session's cookie from a page of the safe. */
export type SignedIn = Pick<Person, 'username' | 'call'> & { cookie: string };

export type TestSafe = {
  engine: Engine;
  url: string;
  settings: Settings;
  serving: Serving;
  operator: Operator;
  /** Log lines so far, whole. */
  log(): string;
  /** Sets the safe's clock, or lets it run again with null. */
  setClock(at: Date | null): void;
  /** Adds a user (unless there) with a key of these limits and a fresh token. */
  person(username: string, key?: Partial<NewAccessKey>): Promise<Person>;
  token(clientId: string, clientSecret: string): Promise<string>;
  /** Signs a user in (adds him unless there, as an admin when told) and calls as the safe's own pages do. */
  signIn(username: string, role?: 'admin' | 'member'): Promise<SignedIn>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Stops the server and starts it again on the same store. */
  restart(meanwhile?: () => void): Promise<void>;
  close(): Promise<void>;
};

/** A password that passes the rules, for people whose password is not what is tested. */
export const anyPassword = 'seven wooden boats 41';

/** Starts a whole server on a real socket and an empty store of its own. Close it in the test's `after`. */
export async function startSafe(engine: Engine, environment: Record<string, string> = {}): Promise<TestSafe> {
  const folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
  const database = engine === 'postgres' ? await createDatabase() : null;
  const rootKeyFile = join(folder, 'test-root.key');
  writeFileSync(rootKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  chmodSync(rootKeyFile, 0o600);
  const settings = readSettings({
    ARCA_DATA_DIR: join(folder, 'data'),
    ARCA_PORT: '0',
    ARCA_LOG_LEVEL: 'info',
    ARCA_ROOT_KEY_FILE: rootKeyFile,
    ARCA_PAGES_DIR: fewPages,
    ARCA_FAILURES_PER_MINUTE: '1000000',
    ARCA_FAILURES_PER_ADDRESS: '1000000',
    ARCA_SIGN_IN_FAILURES: '1000000',
    ...(database ? { ARCA_DATABASE_URL: database.url } : {}),
    ...environment,
  });
  let lines = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines += String(chunk);
      done();
    },
  });
  let fixed: Date | null = null;
  const clock = () => fixed ?? new Date();
  const start = () => startServer(settings, makeLog(settings.logLevel, sink), clock);
  let serving = await start();

  const safe: TestSafe = {
    engine,
    settings,
    get url() {
      return serving.url;
    },
    get serving() {
      return serving;
    },
    get operator() {
      return operate(serving.safe, 'tester');
    },
    log: () => lines,
    setClock(at) {
      fixed = at;
    },
    async person(username, key = {}) {
      const users = await safe.operator.run('user.list', undefined as never);
      if (!users.some((user) => user.username === username)) {
        await safe.operator.run('user.add', { username, password: anyPassword });
      }
      const { clientId, clientSecret } = await safe.operator.run('access-key.add', {
        owner: username,
        name: `key of ${username}`,
        ...key,
      });
      const token = await safe.token(clientId, clientSecret);
      return {
        username,
        clientId,
        clientSecret,
        token,
        call: (method, path, body, headers) =>
          safe.call(method, path, body, { authorization: `Bearer ${token}`, ...headers }),
      };
    },
    async signIn(username, role = 'member') {
      const users = await safe.operator.run('user.list', undefined as never);
      if (!users.some((user) => user.username === username)) {
        await safe.operator.run('user.add', { username, password: anyPassword, role });
      }
      const { status, headers, text } = await safe.call('POST', '/api/v1/session', { username, password: anyPassword });
      if (status !== 201) throw new Error(`signing in failed: ${status} ${text}`);
      return inSession(safe, username, headers.get('set-cookie')?.split(';')[0] ?? '');
    },
    async token(clientId, clientSecret) {
      const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const { json } = await safe.call('POST', '/api/oauth2/token', body);
      return (json as { access_token: string }).access_token;
    },
    async call(method, path, body, headers = {}) {
      const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
      const response = await fetch(`${serving.url}${path}`, {
        method,
        headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
        ...(body === undefined
          ? {}
          : { body: isJson ? JSON.stringify(body) : (body as string | Uint8Array<ArrayBuffer>) }),
      });
      const text = await response.text();
      const answer = { status: response.status, headers: response.headers, text, json: parsed(text) };
      // Whatever a test asks our own API for, the answer must be one that the reference tells of.
      if (path.startsWith('/api/v1/')) mustConform(method, path, answer);
      return answer;
    },
    async restart(meanwhile) {
      await serving.close();
      meanwhile?.();
      serving = await start();
    },
    async close() {
      await serving.close();
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return safe;
}

/** Calls as a page does in the session of this cookie, and takes the new one that a proof gives. */
export function inSession(safe: Pick<TestSafe, 'call'>, username: string, first: string): SignedIn {
  let cookie = first;
  return {
    username,
    get cookie() {
      return cookie;
    },
    async call(method, path, body, headers) {
      const answer = await safe.call(method, path, body, { cookie, 'sec-fetch-site': 'same-origin', ...headers });
      const [renewed] = path === '/api/v1/session/proof' ? answer.headers.getSetCookie() : [];
      cookie = renewed?.split(';')[0] ?? cookie;
      return answer;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An empty database of its own on the test run's PostgreSQL. */
export async function createDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  if (!ARCA_TEST_POSTGRES_URL) throw new Error('no PostgreSQL: run the tests with npm test');
  const name = `arca_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} strategy file_copy`);
  const url = new URL(ARCA_TEST_POSTGRES_URL);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: ARCA_TEST_POSTGRES_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
