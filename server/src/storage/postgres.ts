import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type Connection, type Row, StoreFault, type StoreFaultKind } from './connection.ts';
import { keepRecent, mostStatements } from './recent-statements.ts';
import type { Value } from './tables.ts';

export type PostgresSettings = {
  url: string;
  timeoutMilliseconds: number;
  /** For statements, where it is not the same. */
  statementMilliseconds?: number;
};

// Milliseconds and counts fit a double exactly; pg's default is a text for every bigint.
const typesOf = (library: typeof pg) =>
  ({
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === 20 ? (text: string) => Number(text) : library.types.getTypeParser(oid, format),
  }) as pg.CustomTypesConfig;

/** Opens one PostgreSQL connection whose commits are durable. */
export async function openPostgres(settings: PostgresSettings): Promise<Connection> {
  const { url, timeoutMilliseconds, statementMilliseconds = timeoutMilliseconds } = settings;
  // The embedded store has no use for it.
  const { default: library } = await import('pg');
  const client = makeClient(library, {
    connectionString: url,
    application_name: 'arca',
    connectionTimeoutMillis: timeoutMilliseconds,
    statement_timeout: statementMilliseconds,
    query_timeout: statementMilliseconds + 1000,
    keepAlive: true,
    types: typesOf(library),
  });
  let broken: StoreFault | null = null;
  client.on('error', (error) => {
    broken = faultOf(error);
  });
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (broken) throw broken;
    try {
      return await work();
    } catch (thrown) {
      const fault = faultOf(thrown);
      // After a time-out on our side an answer may still arrive: the connection cannot be trusted again.
      if (fault.kind === 'unreachable' || fault.message.includes('Query read timeout')) broken = fault;
      throw fault;
    }
  };
  // PostgreSQL keeps a plan by its name for good: when a newer node has changed a table, all are made anew under others.
  let plans = 0;
  const prepared = keepRecent<true>(mostStatements);
  const query = (text: string, values: readonly Value[]): Promise<Row[]> =>
    guarded(async () => {
      const name = plans === 0 ? nameOf(text) : `${nameOf(text)}-${plans}`;
      if (prepared.find(name) === undefined) await letGo(client, prepared.keep(name, true));
      try {
        return (await client.query({ name, text, values: [...values] })).rows as Row[];
      } catch (thrown) {
        if ((thrown as { code?: string }).code === outdatedPlan) plans += 1;
        throw thrown;
      }
    });

  await guarded(() => client.connect());
  const connection: Connection = {
    engine: 'postgres',
    get broken() {
      return broken !== null;
    },
    all: query,
    first: async (sql, parameters) => (await query(sql, parameters))[0],
    run: async (sql, parameters) => void (await query(sql, parameters)),
    exec: (sql) => guarded(async () => void (await client.query(sql))),
    close: () => endOf(client, broken !== null),
  };
  try {
    await mustBeDurable(connection);
  } catch (thrown) {
    await connection.close();
    throw thrown;
  }
  return connection;
}

/** Reads the files of certificates that the URL names. */
function makeClient(library: typeof pg, config: pg.ClientConfig): pg.Client {
  try {
    return new library.Client(config);
  } catch (thrown) {
    throw faultOf(thrown);
  }
}

/** Both sides keep a statement by its name for good: what is not asked for any more is forgotten by both. */
async function letGo(client: pg.Client, names: readonly string[]): Promise<void> {
  const { parsedStatements } = client.connection as unknown as { parsedStatements: Record<string, string> };
  // One whose text was refused was never prepared.
  const known = names.filter((name) => parsedStatements[name] !== undefined);
  if (known.length === 0) return;
  await client.query(known.map((name) => `deallocate "${name}"`).join('; '));
  // Not before the server has done it: it refuses to prepare a name that it still has.
  for (const name of known) delete parsedStatements[name];
}

const partingMilliseconds = 1000;

/** Takes leave of the server, and goes without its answer when it is broken or does not come soon. */
async function endOf(client: pg.Client, isBroken: boolean): Promise<void> {
  const { stream } = client.connection;
  if (isBroken) stream.destroy();
  const late = setTimeout(() => stream.destroy(), partingMilliseconds);
  // A connection that is already gone has nothing to end.
  await client.end().catch(() => undefined);
  clearTimeout(late);
}

async function mustBeDurable(connection: Connection): Promise<void> {
  await connection.exec('set synchronous_commit = on');
  const [row] = await connection.all('show synchronous_commit', []);
  if (row?.synchronous_commit !== 'on') {
    throw new StoreFault('unreachable', 'PostgreSQL does not keep synchronous_commit on for this user');
  }
}

const names = new Map<string, string>();

/** Prepared statements are found by name; the name is the text's own digest. */
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (!name) {
    name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
    if (names.size < 2000) names.set(sql, name);
  }
  return name;
}

const outdatedPlan = '0A000';

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const kindOfState: Readonly<Record<string, StoreFaultKind>> = {
  '40001': 'conflict', // serialization_failure
  '40P01': 'conflict', // deadlock_detected
  '23505': 'duplicate', // unique_violation
  '57014': 'timeout', // query_canceled
  '55P03': 'timeout', // lock_not_available
  '25006': 'unreachable', // read_only_sql_transaction
  [outdatedPlan]: 'conflict', // a cached plan whose table changed: prepared again on the next try
};
// Connection exceptions, insufficient resources, operator intervention, system and internal errors.
const unreachableClasses = ['08', '28', '3D', '53', '57', '58', 'XX'];

const ofNoTrustedIssuer = 'its certificate is of an issuer that is not trusted here';
/** What Node says of these names addresses and parts of certificates, and not what is wrong. */
const tlsTroubles: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: ofNoTrustedIssuer,
  SELF_SIGNED_CERT_IN_CHAIN: ofNoTrustedIssuer,
  UNABLE_TO_GET_ISSUER_CERT: ofNoTrustedIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ofNoTrustedIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ofNoTrustedIssuer,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it does not trust the issuer of the certificate that it was shown',
};

function faultOf(thrown: unknown): StoreFault {
  if (thrown instanceof StoreFault) return thrown;
  const { code = '', message = 'unknown' } = thrown as { code?: string; message?: string };
  return new StoreFault(kindOf(code, message), `postgres ${code}: ${tlsTroubles[code] ?? message.trim()}`, thrown);
}

function kindOf(code: string, message: string): StoreFaultKind {
  if (kindOfState[code]) return kindOfState[code];
  if (/timeout/i.test(message) && code === '') return 'timeout';
  if (!/^[0-9A-Z]{5}$/.test(code)) return 'unreachable'; // ECONNREFUSED, a closed socket and the like
  return unreachableClasses.includes(code.slice(0, 2)) ? 'unreachable' : 'refused';
}
