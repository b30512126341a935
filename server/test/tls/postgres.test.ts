import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFileSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { type Postgres, startPostgres } from '../../../scripts/postgres.ts';
import { explainOpening } from '../../src/admin/explain-opening.ts';
import { operate } from '../../src/admin/operate.ts';
import { makeLog, startServer } from '../../src/main.ts';
import { readSettings, type Settings } from '../../src/settings.ts';
import { until } from '../postgres-cluster.ts';
import { anyPassword, engines } from '../start-safe.ts';
import { type Authority, makeAuthority } from './authority.ts';

const folder = mkdtempSync(join(tmpdir(), 'arca-tls-'));
const ours = makeAuthority(folder, 'ours');
const skip = ours === null ? 'there is no openssl' : !engines.includes('postgres') && 'there is no PostgreSQL';

describe('PostgreSQL by TLS alone', { skip }, () => {
  let cluster: Postgres;
  const { issue, file: trusted } = ours as Authority;
  const strangers = makeAuthority(folder, 'strangers') as Authority;

  before(async () => {
    cluster = await startPostgres();
    await asSuperuser(async (client) => {
      const { rows } = await client.query('show data_directory');
      const data = String(rows[0]?.data_directory);
      const { uid, gid } = statSync(data);
      const put = (name: string, text: string) => {
        writeFileSync(join(data, name), text, { mode: 0o600 });
        chownSync(join(data, name), uid, gid);
      };
      const { cert, key } = issue('localhost');
      put('server.crt', cert);
      put('server.key', key);
      put('clients.crt', readFileSync(trusted, 'utf8'));
      appendFileSync(join(data, 'postgresql.conf'), "\nssl = on\nssl_ca_file = 'clients.crt'\n");
      // Whoever comes as `arca` shows a certificate in that name, and has no password.
      const access = readFileSync(join(data, 'pg_hba.conf'), 'utf8');
      writeFileSync(join(data, 'pg_hba.conf'), `hostssl all arca all cert\nhost all arca all reject\n${access}`);
      await client.query('create role arca login');
      await client.query('select pg_reload_conf()');
    });
    await until('PostgreSQL speaks TLS', () => speaksTls('on'));
  });
  after(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function asSuperuser<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: cluster.url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  const speaksTls = (wanted: 'on' | 'off') =>
    asSuperuser(async (client) => (await client.query('show ssl')).rows[0]?.ssl === wanted);

  /** Settings for a new database that `arca` owns; `more` goes into its URL. */
  async function settingsFor(more: Record<string, string>, { host = 'localhost', by = 'arca' } = {}) {
    const name = `arca_${randomBytes(6).toString('hex')}`;
    await asSuperuser((client) => client.query(`create database ${name} owner arca strategy file_copy`));
    const url = new URL(cluster.url);
    url.hostname = host;
    url.pathname = `/${name}`;
    if (by === 'arca') [url.username, url.password] = [by, ''];
    url.search = new URLSearchParams(more).toString();
    return readSettings({
      ARCA_DATA_DIR: join(folder, name),
      ARCA_PORT: '0',
      ARCA_ROOT_KEY: randomBytes(32).toString('base64'),
      ARCA_REQUIRE_TLS: 'on',
      ARCA_DATABASE_URL: url.href,
    });
  }

  const asking = { sslmode: 'verify-full', sslrootcert: trusted };
  const shown = (authority: Authority, name: string) => {
    const { certFile, keyFile } = authority.issue(name);
    return { sslcert: certFile, sslkey: keyFile };
  };

  /** The start fails with this sentence, which tells an operator what is wrong. */
  async function refuses(settings: Settings, says: RegExp): Promise<void> {
    const thrown = await startServer(settings, makeLog('silent')).then(
      async (serving) => void (await serving.close()),
      (refusal: unknown) => refusal,
    );
    assert.match((await explainOpening(thrown, settings)) ?? '', says);
  }

  it('is served by a certificate in place of a password, and every connection is encrypted', async () => {
    const settings = await settingsFor({ ...asking, ...shown(ours as Authority, 'arca') });
    const serving = await startServer(settings, makeLog('silent'));
    try {
      const { username } = await operate(serving.safe, 'tester').run('setup', {
        username: 'ana',
        password: anyPassword,
      });
      assert.equal(username, 'ana');
      assert.equal((await fetch(`${serving.url}/readyz`)).status, 200);
      const { rows } = await asSuperuser((client) =>
        client.query(
          `select ssl, client_dn from pg_stat_ssl join pg_stat_activity using (pid) where usename = 'arca' and ssl is not null`,
        ),
      );
      assert.ok(rows.length > 3);
      for (const row of rows) assert.deepEqual(row, { ssl: true, client_dn: '/CN=arca' });
    } finally {
      await serving.close();
    }
  });

  it('is not served to who shows no certificate, one of another authority or in another name', async () => {
    await refuses(
      await settingsFor(asking),
      /^PostgreSQL cannot be used: postgres 28000: .*certificate.* \(ARCA_DATABASE_URL\)\.$/,
    );
    await refuses(
      await settingsFor({ ...asking, ...shown(strangers, 'arca') }),
      /: it does not trust the issuer of the certificate that it was shown \(ARCA_DATABASE_URL\)\.$/,
    );
    await refuses(
      await settingsFor({ ...asking, ...shown(ours as Authority, 'ben') }),
      /: postgres 28000: certificate authentication failed for user "arca" \(ARCA_DATABASE_URL\)\.$/,
    );
  });

  it('is refused where its certificate is for another host, or of an issuer that is not trusted', async () => {
    const by = { by: 'postgres' };
    await refuses(
      await settingsFor(asking, { ...by, host: '127.0.0.1' }),
      /^PostgreSQL cannot be used: postgres ERR_TLS_CERT_ALTNAME_INVALID: its certificate is for another host \(ARCA_DATABASE_URL\)\.$/,
    );
    for (const wrong of [{ sslmode: 'verify-full' }, { ...asking, sslrootcert: strangers.file }]) {
      await refuses(
        await settingsFor(wrong, by),
        /^PostgreSQL cannot be used: postgres \w+: its certificate is of an issuer that is not trusted here \(ARCA_DATABASE_URL\)\.$/,
      );
    }
  });

  it('is refused where a file that the URL names cannot be read', async () => {
    const missing = join(folder, 'missing.pem');
    await refuses(
      await settingsFor({ ...asking, sslrootcert: missing }),
      /^PostgreSQL cannot be used: postgres ENOENT: .*missing\.pem.* \(ARCA_DATABASE_URL\)\.$/,
    );
  });

  it('is refused where it has no TLS to offer', async () => {
    const settings = await settingsFor(asking, { by: 'postgres' });
    await asSuperuser((client) => client.query('alter system set ssl = off'));
    await asSuperuser((client) => client.query('select pg_reload_conf()'));
    await until('PostgreSQL speaks no TLS', () => speaksTls('off'));
    await refuses(settings, /^PostgreSQL cannot be used: .*does not support SSL connections \(ARCA_DATABASE_URL\)\.$/);
  });
});
