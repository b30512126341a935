import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { readConfig } from '../src/config.ts';
import { readSettings, SettingProblem, settings, yamlName } from '../src/settings.ts';

const page = readFileSync(new URL('../../docs/reference/settings.md', import.meta.url), 'utf8');
const all = Object.values(settings);
const unfit = '\u0007 unfit';

/** What a setting's own reader says of a value that is none, or null when it takes any text. */
function complaintOf(one: (typeof all)[number]): string | null {
  try {
    one.read(unfit);
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

function isProblem(message: string | RegExp) {
  return (thrown: unknown) => {
    assert.ok(thrown instanceof SettingProblem, String(thrown));
    if (typeof message === 'string') assert.equal(thrown.message, message);
    else assert.match(thrown.message, message);
    return true;
  };
}

describe('docs/reference/settings.md', () => {
  const rows = page.split('\n').filter((line) => /^\| `(ARCA|OTEL)_/.test(line));

  it('has a row for every setting, as the code has it', () => {
    for (const one of all) {
      const values = complaintOf(one)?.replace(/^must (be )?/, '') ?? 'any text';
      const fallback = one.fallback === '' ? 'none' : `\`${one.fallback}\``;
      assert.ok(rows.includes(`| \`${one.name}\` | ${fallback} | ${values} | ${one.about} |`), one.name);
    }
  });

  it('has no row, and names no setting, that the code does not have', () => {
    assert.equal(rows.length, all.length);
    const known = new Set([...all.map(({ name }) => name), 'ARCA_CONFIG', 'ARCA_TEST_POSTGRES_URL', 'ARCA_']);
    for (const [name] of page.matchAll(/ARCA_[A-Z_]*/g)) assert.ok(known.has(name), name);
  });

  it('shows an arca.yaml that works', () => {
    const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
    const names = Object.keys(parse(example));
    assert.ok(names.length > 3);
    const known = all.map(({ name }) => yamlName(name));
    for (const name of names) assert.ok(known.includes(name), name);
  });
});

describe('readSettings', () => {
  it('takes the defaults where nothing is said, and for what is empty or blank', () => {
    const defaults = readSettings({});
    assert.equal(defaults.dataDir, './data');
    assert.equal(defaults.port, 7717);
    assert.deepEqual(defaults.trustedProxies, []);
    for (const blank of ['', ' ', '\t\n']) {
      assert.deepEqual(readSettings(Object.fromEntries(all.map(({ name }) => [name, blank]))), defaults);
    }
  });

  it('reads each form', () => {
    const read = readSettings({
      ARCA_PORT: ' 0 ',
      ARCA_HOST: '::1',
      ARCA_PUBLIC_URL: 'https://safe.example.com/',
      ARCA_TRUSTED_PROXIES: '10.0.0.5, 2001:db8::/32 ,',
      ARCA_CERT_HEADER: 'X-SSL-Cert',
      ARCA_ANSWER_KEY_BITS: '8192',
      ARCA_REFUSE_QUERY_CREDENTIALS: 'on',
      ARCA_DATABASE_URL: 'postgresql://a@b/c',
    });
    assert.deepEqual([read.port, read.host, read.publicUrl], [0, '::1', 'https://safe.example.com']);
    assert.deepEqual(read.trustedProxies, ['10.0.0.5', '2001:db8::/32']);
    assert.deepEqual([read.certHeader, read.answerKeyBits, read.refuseQueryCredentials], ['x-ssl-cert', 8192, true]);
    assert.equal(read.databaseUrl, 'postgresql://a@b/c');
  });

  const wrong: Readonly<Record<string, readonly string[]>> = {
    ARCA_HOST: ['a b', 'http://a', '-a', 'a-', '10.0.0.1:80', '[::1]'],
    ARCA_PORT: ['-1', '65536', '7717.5', '0x1', '1e3', 'http', '٣'],
    ARCA_LOG_LEVEL: ['INFO', 'verbose', '30'],
    ARCA_DATABASE_URL: ['mysql://a/b', 'db.example.com', '/run/postgresql'],
    ARCA_PUBLIC_URL: ['safe.example.com', 'ftp://a', 'https://a?b', 'https://a/#b', 'https://u@a', 'https://'],
    ARCA_TRUSTED_PROXIES: [
      'x',
      '10.0.0.1;10.0.0.2',
      '10.0.0.1/33',
      '*',
      '10.0.0.1,*',
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/00',
    ],
    ARCA_CERT_HEADER_PROXIES: ['x', '*', '::/0', 'localhost', '10.0.0.0/255.0.0.0'],
    ARCA_CERT_HEADER: ['a b', 'a:', 'a_b'],
    OTEL_EXPORTER_OTLP_ENDPOINT: ['collector:4318', 'grpc://a:4317', 'http://u:p@a'],
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ['collector', 'https://'],
    OTEL_EXPORTER_OTLP_TIMEOUT: ['0', '3s', '60001'],
    OTEL_TRACES_SAMPLER: ['jaeger_remote', 'on'],
    OTEL_TRACES_SAMPLER_ARG: ['-1', '2', '1.5', '.5', '1e-3'],
    OTEL_SDK_DISABLED: ['on', '1'],
    ARCA_REQUIRE_TLS: ['true', 'yes', '1'],
    ARCA_TOKEN_KEY_BITS: ['1024', '4096', '3072.0'],
    ARCA_POOL: ['0', '101'],
    ARCA_LANES: ['0', '33'],
    ARCA_BACKUP_HOURS: ['0', '8761'],
    ARCA_BACKUP_KEEP: ['0', '10001'],
    ARCA_BACKUP_RECIPIENTS: ['age1', 'AGE-SECRET-KEY-1QQ'],
    ARCA_BATCH: ['0', '10001'],
    ARCA_QUEUE: ['0', '1000001'],
    ARCA_STORE_TIMEOUT: ['0', '301', '10s'],
    ARCA_DISK_RESERVE: ['-1', '1000001', '64M'],
    ARCA_REQUEST_TIMEOUT: ['0', '3601'],
    ARCA_SHUTDOWN_TIMEOUT: ['0', '301'],
    ARCA_TOKEN_LIFETIME: ['0', '86401', '1h'],
    ARCA_ANSWER_KEY_BITS: ['2048', '4096.0', '16384'],
    ARCA_REFUSE_QUERY_CREDENTIALS: ['yes', 'true', '1', 'ON'],
    ARCA_REMOTE_SETUP: ['yes', 'true', '1', 'ON'],
    ARCA_NODES: ['0', '1001', 'two'],
    ARCA_CALLS_PER_KEY: ['-1', '10000001', 'many'],
    ARCA_CALLS_PER_ADDRESS: ['-1', '10000001'],
    ARCA_FAILURES_PER_MINUTE: ['0', '1000001'],
    ARCA_FAILURES_PER_ADDRESS: ['0', '10000001'],
    ARCA_SIGN_IN_FAILURES: ['0', '1000001'],
    ARCA_ANCHOR_SECONDS: ['0', '86401'],
    ARCA_AUDIT_DAYS: ['0', '29', '36501', '90d'],
    ARCA_SYSLOG_URL: ['logs.example.com', 'http://logs.example.com', 'tcp://', 'udp://user@host'],
    ARCA_WEBHOOK_URL: ['example.com', 'ftp://example.com', 'https://user:pw@example.com', 'https://example.com/#x'],
    ARCA_BUCKET_URL: ['example.com', 'ftp://example.com/b', 'https://u:p@example.com/b', 'https://example.com/b?x'],
    ARCA_FILE_MB: ['0', '501'],
    ARCA_USER_FILES_MB: ['0', '100000001'],
    ARCA_ALL_FILES_MB: ['0', '1000000001'],
    ARCA_METRICS_FROM: ['x', '*', '0.0.0.0/0', '::/0', 'on'],
    ARCA_OUTBOUND_ALLOWED: ['x', '*', '0.0.0.0/0', '::/0'],
  };

  it('has a wrong value here for each setting that takes not every text', () => {
    const strict = all.filter((one) => complaintOf(one) !== null).map(({ name }) => name);
    assert.deepEqual(Object.keys(wrong).sort(), strict.sort());
  });

  for (const [name, values] of Object.entries(wrong)) {
    it(`refuses a wrong ${name} with one sentence that names it and keeps its value`, () => {
      const sentences = [...values, unfit].map((value) => {
        let sentence = '';
        assert.throws(
          () => readSettings({ [name]: value }),
          (thrown) => {
            sentence = (thrown as Error).message;
            return isProblem(new RegExp(`^${name} must [^\\n]+[^.]\\.$`))(thrown);
          },
          `${name}=${value}`,
        );
        return sentence;
      });
      // A value may be a password: the sentence is the same whatever it was.
      assert.equal(new Set(sentences).size, 1);
    });
  }

  it('refuses what cannot be together', () => {
    const sources = ['ARCA_ROOT_KEY', 'ARCA_ROOT_KEY_FILE', 'ARCA_ROOT_KEY_PASSPHRASE_FILE', 'ARCA_ROOT_KEY_COMMAND'];
    for (const [at, one] of sources.entries()) {
      for (const other of sources.slice(at + 1)) {
        const says = `${one} and ${other} cannot be set together: a safe has one root key.`;
        assert.throws(() => readSettings({ [one]: 'secret-a', [other]: 'secret-b' }), isProblem(says));
      }
    }
    for (const [half, value] of [
      ['ARCA_WEBHOOK_URL', 'https://a.example'],
      ['ARCA_WEBHOOK_SECRET_FILE', '/a'],
    ] as const) {
      const says = 'ARCA_WEBHOOK_URL and ARCA_WEBHOOK_SECRET_FILE must be set together.';
      assert.throws(() => readSettings({ [half]: value }), isProblem(says));
    }
    for (const half of ['ARCA_TLS_CERT', 'ARCA_TLS_KEY']) {
      const says = 'ARCA_TLS_CERT and ARCA_TLS_KEY must be set together.';
      assert.throws(() => readSettings({ [half]: '/a' }), isProblem(says));
    }
  });
});

describe('readConfig', () => {
  let folder: string;
  let from: string;
  before(() => {
    from = process.cwd();
    folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
    process.chdir(folder);
  });
  after(() => {
    process.chdir(from);
    rmSync(folder, { recursive: true });
  });

  const withFile = (content: string, environment: Record<string, string> = {}) => {
    const file = join(folder, 'named.yaml');
    writeFileSync(file, content);
    return readConfig({ ARCA_CONFIG: file, ...environment });
  };

  it('reads the environment alone where there is no arca.yaml, and looks at nothing else in it', () => {
    const read = readConfig({ ARCA_PORT: '1234', PATH: '/bin', PORT: '80', HOST: 'x', ARCADE: 'y' });
    assert.equal(read.port, 1234);
    assert.deepEqual({ ...read, port: 7717 }, readSettings({}));
  });

  it('reads arca.yaml in the current folder, and another one where ARCA_CONFIG names it', () => {
    writeFileSync(join(folder, 'arca.yaml'), 'port: 1111\nhost: localhost\n');
    assert.deepEqual([readConfig({}).port, readConfig({}).host], [1111, 'localhost']);
    assert.equal(withFile('port: 2222').port, 2222);
    assert.equal(withFile('port: 2222').host, '127.0.0.1');
    rmSync(join(folder, 'arca.yaml'));
    assert.equal(readConfig({}).port, 7717);
    assert.equal(readConfig({ ARCA_CONFIG: '' }).port, 7717);
  });

  it('lets the environment win, unless it is empty', () => {
    assert.equal(withFile('port: 2222', { ARCA_PORT: '3333' }).port, 3333);
    assert.equal(withFile('port: 2222', { ARCA_PORT: '' }).port, 2222);
  });

  it('takes numbers, texts, on and off, lists, and nothing', () => {
    const read = withFile(`
port: 8080
answer_key_bits: 8192
refuse_query_credentials: true
trusted_proxies: [10.0.0.5, "2001:db8::/32"]
cert_header_proxies: 10.0.0.6, 10.0.0.7
data_dir:
log_level: ""
`);
    assert.deepEqual([read.port, read.answerKeyBits, read.refuseQueryCredentials], [8080, 8192, true]);
    assert.deepEqual(read.trustedProxies, ['10.0.0.5', '2001:db8::/32']);
    assert.deepEqual(read.certHeaderProxies, ['10.0.0.6', '10.0.0.7']);
    assert.deepEqual([read.dataDir, read.logLevel], ['./data', 'info']);
    assert.equal(withFile('refuse_query_credentials: false').refuseQueryCredentials, false);
    assert.equal(withFile('refuse_query_credentials: on').refuseQueryCredentials, true);
    assert.deepEqual(withFile(''), readSettings({}));
    assert.deepEqual(withFile('# nothing\n'), readSettings({}));
  });

  it('reads every setting there is from a file', () => {
    const values: Record<string, string> = {
      ...Object.fromEntries(all.map(({ name, fallback }) => [name, fallback])),
      ...{ ARCA_WEBHOOK_URL: 'https://a.example', ARCA_WEBHOOK_SECRET_FILE: '/w' },
      ...{ ARCA_ROOT_KEY_FILE: '/k', ARCA_TLS_CERT: '/c', ARCA_TLS_KEY: '/t', ARCA_DATABASE_URL: 'postgres://a/b' },
    };
    const lines = Object.entries(values).map(([name, value]) => `${yamlName(name)}: ${JSON.stringify(value)}`);
    assert.deepEqual(withFile(lines.join('\n')), readSettings(values));
  });

  it('refuses with one sentence what it does not know or cannot read', () => {
    const file = join(folder, 'named.yaml');
    const refuses = (content: string, says: string | RegExp, environment = {}) =>
      assert.throws(() => withFile(content, environment), isProblem(says), content);
    refuses('prot: 1', `prot in ${file} is not a setting that Arca knows.`);
    refuses('ARCA_PORT: 1', `ARCA_PORT in ${file} is not a setting that Arca knows.`);
    refuses('PORT: 1', `PORT in ${file} is not a setting that Arca knows.`);
    refuses('port: [', `${file} is not readable YAML.`);
    refuses('port: 1\nport: 2', `${file} is not readable YAML.`);
    for (const content of ['- port', '7717', 'port', '"port: 1"']) {
      refuses(content, `${file} must hold settings, one a line, such as port: 7717.`);
    }
    for (const value of ['{a: 1}', '[{a: 1}]']) {
      refuses(`port: ${value}`, `port in ${file} must be a text, a number, on or off, or a list of texts.`);
    }
    refuses('port: 65536', 'ARCA_PORT must be a whole number from 0 to 65535.');
    const two = 'ARCA_ROOT_KEY and ARCA_ROOT_KEY_FILE cannot be set together: a safe has one root key.';
    refuses('root_key_file: /a', two, { ARCA_ROOT_KEY: 'b' });
    assert.throws(
      () => readConfig({ ARCA_CONFIG: '/no/where' }),
      isProblem('ARCA_CONFIG names /no/where, which is not there.'),
    );
    assert.throws(() => readConfig({ ARCA_PROT: '1' }), isProblem('ARCA_PROT is not a setting that Arca knows.'));
    assert.throws(() => readConfig({ ARCA_port: '1' }), isProblem('ARCA_port is not a setting that Arca knows.'));
  });

  it('says nothing of what a file holds, not even in a warning', async () => {
    const warned: Error[] = [];
    process.on('warning', (warning) => warned.push(warning));
    withFile('root_key: !secret hidden-value\n');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(
      warned.map(({ message }) => message).filter((message) => message.includes('hidden')),
      [],
    );
    assert.throws(() => withFile('root_key: "hidden-value\n'), isProblem(/^[^\n]*is not readable YAML\.$/));
  });
});
