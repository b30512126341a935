import {
  addressesOrOff,
  bucketUrl,
  headerName,
  host,
  listed,
  oneOf,
  onOff,
  optional,
  postgresUrl,
  proxies,
  publicUrl,
  receiverUrl,
  recipients,
  SettingProblem,
  setting,
  text,
  whole,
} from './setting-readers.ts';
import { signInSettings } from './sign-in-settings.ts';
import { mustAskForTls, tlsSettings } from './tls-settings.ts';
import { tracingSettings } from './tracing-settings.ts';

export { SettingProblem };

/** Every setting there is; `docs/reference/settings.md` is checked against this table. */
export const settings = {
  dataDir: setting(
    'ARCA_DATA_DIR',
    './data',
    text,
    'Folder of the embedded store, the default root key, the lock and the command socket. Made with mode 0700.',
  ),
  host: setting('ARCA_HOST', '127.0.0.1', host, 'Address to listen on.'),
  port: setting('ARCA_PORT', '7717', whole(0, 65_535), 'Port to listen on; 0 takes any free one.'),
  logLevel: setting(
    'ARCA_LOG_LEVEL',
    'info',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    'Least level that is logged. Each request is one line at `info`.',
  ),
  databaseUrl: setting(
    'ARCA_DATABASE_URL',
    '',
    postgresUrl,
    'PostgreSQL 15 or later in place of the embedded store, such as `postgres://user:password@host/database?sslmode=verify-full`.',
  ),
  rootKey: setting('ARCA_ROOT_KEY', '', optional, 'The root key itself: base64 of 32 bytes.'),
  rootKeyFile: setting(
    'ARCA_ROOT_KEY_FILE',
    '',
    optional,
    'A file of mode 0600 that holds the root key. Without any root key setting: `root.key` in the data folder, made at the first start of an embedded safe.',
  ),
  rootKeyPassphraseFile: setting(
    'ARCA_ROOT_KEY_PASSPHRASE_FILE',
    '',
    optional,
    'A file of mode 0600 that holds a passphrase; the root key is derived from it by argon2id.',
  ),
  rootKeyCommand: setting(
    'ARCA_ROOT_KEY_COMMAND',
    '',
    optional,
    'A command, run by `/bin/sh`, that prints the root key as base64.',
  ),
  nextRootKey: setting(
    'ARCA_NEXT_ROOT_KEY',
    '',
    optional,
    'The root key that `arca rotate root` puts in place of the present one: base64 of 32 bytes. A start takes whichever of the two fits.',
  ),
  nextRootKeyFile: setting('ARCA_NEXT_ROOT_KEY_FILE', '', optional, 'The same: a file of mode 0600 that holds it.'),
  nextRootKeyPassphraseFile: setting(
    'ARCA_NEXT_ROOT_KEY_PASSPHRASE_FILE',
    '',
    optional,
    'The same: a file of mode 0600 that holds a passphrase.',
  ),
  nextRootKeyCommand: setting('ARCA_NEXT_ROOT_KEY_COMMAND', '', optional, 'The same: a command that prints it.'),
  ...tlsSettings,
  publicUrl: setting(
    'ARCA_PUBLIC_URL',
    '',
    publicUrl,
    'Where people and clients reach the safe; printed at the start.',
  ),
  trustedProxies: setting(
    'ARCA_TRUSTED_PROXIES',
    '',
    proxies,
    'Addresses or CIDR blocks whose `X-Forwarded-For` is believed; the rightmost hop that is not one of them is the client.',
  ),
  certHeaderProxies: setting(
    'ARCA_CERT_HEADER_PROXIES',
    '',
    proxies,
    'Addresses or CIDR blocks whose client certificate header is believed; from all others it is ignored.',
  ),
  certHeader: setting(
    'ARCA_CERT_HEADER',
    'client-cert',
    headerName,
    'Header in which those proxies pass the client certificate: RFC 9440, URL-encoded PEM, or the SHA-256 fingerprint in hex.',
  ),
  pagesDir: setting(
    'ARCA_PAGES_DIR',
    '',
    optional,
    'Folder of the built screens, if it is not the one that `npm start` builds them in.',
  ),
  remoteSetUp: setting(
    'ARCA_REMOTE_SETUP',
    'off',
    onOff,
    '`on` lets the set-up link of an empty safe be opened from another machine.',
  ),
  metricsFrom: setting(
    'ARCA_METRICS_FROM',
    '127.0.0.0/8,::1',
    addressesOrOff,
    'Addresses or CIDR blocks that may read `/metrics` without a token; `off` for none.',
  ),
  metricsTokenFile: setting(
    'ARCA_METRICS_TOKEN_FILE',
    '',
    optional,
    'A file of mode 0600 with a bearer token by which `/metrics` is read from any address.',
  ),
  anchorFile: setting(
    'ARCA_ANCHOR_FILE',
    '',
    optional,
    "File that anchors of the audit are appended to, best on another machine's disk; `anchors/anchors.jsonl` in the data folder unless told, `off` for none.",
  ),
  anchorSeconds: setting(
    'ARCA_ANCHOR_SECONDS',
    '60',
    whole(1, 86_400),
    'Seconds from one anchor of the audit to the next.',
  ),
  auditDays: setting(
    'ARCA_AUDIT_DAYS',
    '',
    (value) => (value === '' ? null : whole(30, 36_500)(value)),
    'Days that entries of the audit stay in the store; older ones go into archives. Without it all stay. Needs `ARCA_AUDIT_ARCHIVE_DIR`.',
  ),
  auditArchiveDir: setting(
    'ARCA_AUDIT_ARCHIVE_DIR',
    '',
    optional,
    'Folder that archives of the audit are written into, encrypted as backups are where one of their two settings is given. Nothing in it is ever removed.',
  ),
  syslogUrl: setting(
    'ARCA_SYSLOG_URL',
    '',
    receiverUrl(['udp:', 'tcp:', 'tls:'], 'tls://logs.example.com:6514'),
    'Receiver of the audit by syslog (RFC 5424): `udp:`, `tcp:` or `tls:`, the latter two with octet counting.',
  ),
  webhookUrl: setting(
    'ARCA_WEBHOOK_URL',
    '',
    receiverUrl(['http:', 'https:'], 'https://audit.example.com/arca'),
    'Receiver of the audit by signed POST requests. Needs `ARCA_WEBHOOK_SECRET_FILE`.',
  ),
  webhookSecretFile: setting(
    'ARCA_WEBHOOK_SECRET_FILE',
    '',
    optional,
    'A file of mode 0600 with the secret that signs what is sent to the webhook.',
  ),
  outboundAllowed: setting(
    'ARCA_OUTBOUND_ALLOWED',
    '',
    listed,
    'Addresses or CIDR blocks inside that the safe may call out to; without them public addresses only.',
  ),
  outboundCa: setting(
    'ARCA_OUTBOUND_CA',
    '',
    optional,
    "PEM file with the authorities that receivers' certificates are checked by, in place of the usual ones.",
  ),
  filesDir: setting(
    'ARCA_FILES_DIR',
    '',
    optional,
    'Folder of the sealed bytes of files; `files` in the data folder unless told. Several nodes need one that all of them have, or a bucket.',
  ),
  s3Url: setting(
    'ARCA_BUCKET_URL',
    '',
    bucketUrl,
    'An S3-compatible bucket in place of that folder, with a prefix if wished: `https://s3.example.com/bucket/arca`.',
  ),
  s3Region: setting('ARCA_BUCKET_REGION', 'us-east-1', text, 'Region of the bucket, as its requests are signed for.'),
  s3KeyId: setting('ARCA_BUCKET_KEY_ID', '', optional, 'Id of the access key of the bucket.'),
  s3SecretFile: setting('ARCA_BUCKET_SECRET_FILE', '', optional, 'A file of mode 0600 with the secret of that key.'),
  fileMebibytes: setting('ARCA_FILE_MB', '500', whole(1, 500), 'Size of one file at the most, in MiB.'),
  userFilesMebibytes: setting(
    'ARCA_USER_FILES_MB',
    '5000',
    whole(1, 100_000_000),
    'What the files that one user brought may take together, in MiB, with all their versions.',
  ),
  allFilesMebibytes: setting(
    'ARCA_ALL_FILES_MB',
    '50000',
    whole(1, 1_000_000_000),
    'What all files may take together, in MiB.',
  ),
  readers: setting('ARCA_POOL', '4', whole(1, 100), 'Connections for reading.'),
  lanes: setting(
    'ARCA_LANES',
    '2',
    whole(1, 32),
    'Connections that write side by side on PostgreSQL; the embedded store has one.',
  ),
  batch: setting('ARCA_BATCH', '256', whole(1, 10_000), 'Actions in one transaction at the most.'),
  queue: setting(
    'ARCA_QUEUE',
    '10000',
    whole(1, 1_000_000),
    'Actions that may wait for a transaction, and reads for a connection; beyond it who has most waiting is answered 504 at once.',
  ),
  storeSeconds: setting(
    'ARCA_STORE_TIMEOUT',
    '10',
    whole(1, 300),
    'Seconds that the store may take before a request is answered 504.',
  ),
  diskReserve: setting(
    'ARCA_DISK_RESERVE',
    '64',
    whole(0, 1_000_000),
    'MiB of the disk, or a tenth of a smaller one, that the embedded store keeps for reveals and changes: below it refusals are counted and not recorded. 0 for none.',
  ),
  requestSeconds: setting(
    'ARCA_REQUEST_TIMEOUT',
    '30',
    whole(1, 3600),
    'Seconds that a client may take to send a whole request.',
  ),
  shutdownSeconds: setting(
    'ARCA_SHUTDOWN_TIMEOUT',
    '10',
    whole(1, 300),
    'Seconds that running requests get to finish when the safe is told to stop.',
  ),
  tokenSeconds: setting('ARCA_TOKEN_LIFETIME', '3600', whole(1, 86_400), 'Life of an access token in seconds.'),
  answerKeyBits: setting(
    'ARCA_ANSWER_KEY_BITS',
    '4096',
    (value) => (oneOf('4096', '8192')(value) === '4096' ? 4096 : 8192),
    'Size of the RSA key of a new access key that encrypts answers.',
  ),
  tokenKeyBits: setting(
    'ARCA_TOKEN_KEY_BITS',
    '2048',
    (value) => (oneOf('2048', '3072')(value) === '2048' ? 2048 : 3072),
    'Size of the RSA key that signs tokens: of a new safe, and of the next `arca rotate signing`.',
  ),
  backupDir: setting(
    'ARCA_BACKUP_DIR',
    '',
    optional,
    'Folder in which the running safe makes backups of itself. Needs one of the two settings below it.',
  ),
  backupRecipients: setting(
    'ARCA_BACKUP_RECIPIENTS',
    '',
    recipients,
    'Public keys of [age](https://age-encryption.org) that backups are encrypted to, comma-separated. Whoever has one of the private keys opens them; the server cannot, so `arca backup verify` is yours to run.',
  ),
  backupPassphraseFile: setting(
    'ARCA_BACKUP_PASSPHRASE_FILE',
    '',
    optional,
    'A file of mode 0600 with the passphrase that backups are encrypted with. Each is then proven by a restore into a scratch place.',
  ),
  backupHours: setting('ARCA_BACKUP_HOURS', '24', whole(1, 8760), 'Hours from one backup to the next.'),
  backupKeep: setting(
    'ARCA_BACKUP_KEEP',
    '14',
    whole(1, 10_000),
    'Backups that are kept in that folder; older ones of this safe are removed.',
  ),
  refuseQueryCredentials: setting(
    'ARCA_REFUSE_QUERY_CREDENTIALS',
    'off',
    onOff,
    '`on` refuses client credentials in a query string, where proxies may log them.',
  ),
  nodes: setting(
    'ARCA_NODES',
    '1',
    whole(1, 1000),
    'Servers that serve this safe behind one balancer. Each counts failures by itself, within its part of the budgets below.',
  ),
  callsPerKey: setting(
    'ARCA_CALLS_PER_KEY',
    '0',
    whole(0, 10_000_000),
    'Calls with one access key within a minute; further ones get 429. 0 is no limit.',
  ),
  callsPerAddress: setting(
    'ARCA_CALLS_PER_ADDRESS',
    '0',
    whole(0, 10_000_000),
    'The same for one address, whoever calls. 0 is no limit.',
  ),
  failuresPerMinute: setting(
    'ARCA_FAILURES_PER_MINUTE',
    '30',
    whole(1, 1_000_000),
    'Wrong credentials from one address for one client that are answered 401 within a minute; further ones get 429.',
  ),
  failuresPerAddress: setting(
    'ARCA_FAILURES_PER_ADDRESS',
    '300',
    whole(1, 10_000_000),
    'The same for one address and all clients together.',
  ),
  ...signInSettings,
  ...tracingSettings,
} as const;

type SettingName = keyof typeof settings;
export type Settings = { -readonly [N in SettingName]: ReturnType<(typeof settings)[N]['read']> };

// What they hold opens the safe, the database, or a receiver whose address is a key.
const secret: readonly SettingName[] = ['databaseUrl', 'rootKey', 'rootKeyCommand', 'otlpUrl', 'tracesUrl'];

/** The settings that hold no secret, as texts by environment name; those that are not set are left out. */
export function plainSettings(all: Settings): Record<string, string> {
  const names = (Object.keys(settings) as SettingName[]).filter((name) => !secret.includes(name));
  const texts = names.map((name) => [settings[name].name, String(all[name] ?? '')]);
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}

/** The name of a setting in `arca.yaml`: `ARCA_DATA_DIR` is `data_dir`. */
export function yamlName(name: string): string {
  return name.replace(/^ARCA_/, '').toLowerCase();
}

/** Reads every setting from texts by environment name; throws a SettingProblem that names the first wrong one. */
export function readSettings(texts: Readonly<Record<string, string | undefined>>): Settings {
  const read = Object.entries(settings).map(([name, one]) => {
    try {
      return [name, one.read(texts[one.name]?.trim() || one.fallback)];
    } catch (thrown) {
      if (thrown instanceof SettingProblem) throw new SettingProblem(`${one.name} ${thrown.message}.`);
      throw thrown;
    }
  });
  const all = Object.fromEntries(read) as Settings;
  mustAgree(all);
  return all;
}

function mustAgree(all: Settings): void {
  for (const names of [
    ['rootKey', 'rootKeyFile', 'rootKeyPassphraseFile', 'rootKeyCommand'],
    ['nextRootKey', 'nextRootKeyFile', 'nextRootKeyPassphraseFile', 'nextRootKeyCommand'],
  ] as const) {
    const sources = names.filter((name) => all[name] !== null).map((name) => settings[name].name);
    if (sources.length > 1)
      throw new SettingProblem(`${sources.join(' and ')} cannot be set together: a safe has one root key.`);
  }
  if (all.backupRecipients.length > 0 && all.backupPassphraseFile !== null) {
    throw new SettingProblem('ARCA_BACKUP_RECIPIENTS and ARCA_BACKUP_PASSPHRASE_FILE cannot be set together.');
  }
  if (all.backupDir !== null && all.backupRecipients.length === 0 && all.backupPassphraseFile === null) {
    throw new SettingProblem('ARCA_BACKUP_DIR needs ARCA_BACKUP_RECIPIENTS or ARCA_BACKUP_PASSPHRASE_FILE.');
  }
  if ((all.auditDays === null) !== (all.auditArchiveDir === null)) {
    throw new SettingProblem('ARCA_AUDIT_DAYS and ARCA_AUDIT_ARCHIVE_DIR must be set together.');
  }
  if ((all.tlsCert === null) !== (all.tlsKey === null)) {
    throw new SettingProblem('ARCA_TLS_CERT and ARCA_TLS_KEY must be set together.');
  }
  const bucket = [all.s3Url, all.s3KeyId, all.s3SecretFile];
  if (bucket.some((one) => one === null) && bucket.some((one) => one !== null)) {
    throw new SettingProblem('ARCA_BUCKET_URL, ARCA_BUCKET_KEY_ID and ARCA_BUCKET_SECRET_FILE must be set together.');
  }
  if ((all.webhookUrl === null) !== (all.webhookSecretFile === null)) {
    throw new SettingProblem('ARCA_WEBHOOK_URL and ARCA_WEBHOOK_SECRET_FILE must be set together.');
  }
  mustAskForTls(all);
}
