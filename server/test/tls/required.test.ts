import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mySafeReader } from '../../src/import/mysafe/read-mysafe.ts';
import { readSettings, SettingProblem } from '../../src/settings.ts';

const bucket = { ARCA_BUCKET_KEY_ID: 'a', ARCA_BUCKET_SECRET_FILE: 'b' };
const hook = { ARCA_WEBHOOK_SECRET_FILE: 'a' };
const listening = 'ARCA_HOST must be a loopback address, or ARCA_TLS_CERT be set.';
const database = 'ARCA_DATABASE_URL must ask for sslmode=verify-full, or name a socket or a loopback address.';
const scheme = (name: string, wanted: string) => `${name} must begin with ${wanted}//, or name a loopback address.`;

const refused: [texts: Record<string, string>, says: string][] = [
  ...['0.0.0.0', '::', '10.0.0.5', 'safe.example.com', 'localhost.example.com'].map(
    (host): [Record<string, string>, string] => [{ ARCA_HOST: host }, listening],
  ),
  ...[
    'postgres://arca@db.example.com/arca',
    'postgres://arca@db.example.com/arca?sslmode=require',
    'postgres://arca@db.example.com/arca?sslmode=verify-ca&sslrootcert=/a',
    'postgres://arca@db.example.com/arca?sslmode=verify-full&sslmode=no-verify',
    'postgres://arca@db.example.com/arca?ssl=true',
    'postgres://arca@10.0.0.5/arca',
    // Another host than the one that stands before the path, and one that the environment may name.
    'postgres://arca@localhost/arca?host=db.example.com',
    'postgres://arca@/arca',
    'postgres:///arca',
    'postgres://not a url',
  ].map((url): [Record<string, string>, string] => [{ ARCA_DATABASE_URL: url }, database]),
  [{ ARCA_PUBLIC_URL: 'http://safe.example.com' }, scheme('ARCA_PUBLIC_URL', 'https:')],
  [{ ARCA_BUCKET_URL: 'http://s3.example.com/a', ...bucket }, scheme('ARCA_BUCKET_URL', 'https:')],
  ...['udp', 'tcp'].map((way): [Record<string, string>, string] => [
    { ARCA_SYSLOG_URL: `${way}://logs.example.com` },
    scheme('ARCA_SYSLOG_URL', 'tls:'),
  ]),
  [{ ARCA_WEBHOOK_URL: 'http://10.0.0.5/a', ...hook }, scheme('ARCA_WEBHOOK_URL', 'https:')],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, scheme('OTEL_EXPORTER_OTLP_ENDPOINT', 'https:')],
  [
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318' },
    scheme('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'https:'),
  ],
];

const taken: Record<string, string>[] = [
  {},
  ...['127.0.0.1', '127.1.2.3', '::1', 'localhost'].map((host) => ({ ARCA_HOST: host })),
  { ARCA_HOST: '0.0.0.0', ARCA_TLS_CERT: 'a', ARCA_TLS_KEY: 'b' },
  ...[
    'postgres://arca@db.example.com/arca?sslmode=verify-full',
    'postgres://arca@db.example.com/arca?sslrootcert=/a&sslmode=verify-full&sslcert=/b&sslkey=/c',
    'postgres://arca@localhost/arca',
    'postgres://arca@[::1]:5433/arca',
    'postgres://arca@127.0.0.1:5433/arca',
    'postgres://arca@/arca?host=/run/postgresql',
    'postgres://arca@%2Frun%2Fpostgresql/arca',
    'postgresql:///arca?host=/run/postgresql',
  ].map((url) => ({ ARCA_DATABASE_URL: url })),
  { ARCA_PUBLIC_URL: 'https://safe.example.com', ARCA_BUCKET_URL: 'https://s3.example.com/a', ...bucket },
  { ARCA_SYSLOG_URL: 'tls://logs.example.com', ARCA_WEBHOOK_URL: 'https://audit.example.com/a', ...hook },
  { ARCA_SYSLOG_URL: 'udp://127.0.0.1', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://[::1]:4318' },
];

describe('where TLS is required', () => {
  for (const [texts, says] of refused) {
    it(`nothing starts with ${Object.entries(texts).slice(0, 1).join()}`, () => {
      assert.throws(
        () => readSettings({ ARCA_REQUIRE_TLS: 'on', ...texts }),
        (thrown) => thrown instanceof SettingProblem && thrown.message === `ARCA_REQUIRE_TLS is on: ${says}`,
      );
      assert.doesNotThrow(() => readSettings(texts));
    });
  }

  for (const texts of taken) {
    it(`it starts with ${JSON.stringify(texts)}`, () => {
      assert.equal(readSettings({ ARCA_REQUIRE_TLS: 'on', ...texts }).requireTls, true);
    });
  }

  it('another safe is imported from by https alone', async () => {
    const read = (mustBeTls: boolean) =>
      mySafeReader(['127.0.0.1'], null, mustBeTls)({ url: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b' });
    await assert.rejects(read(true), { message: 'This safe calls others by https alone' });
    await assert.rejects(read(false), { message: 'It does not answer' });
  });
});
