import { isLoopback } from './domain/address.ts';
import { onOff, optional, SettingProblem, setting } from './setting-readers.ts';

/** Settings of TLS. */
export const tlsSettings = {
  tlsCert: setting(
    'ARCA_TLS_CERT',
    '',
    optional,
    'PEM file with the certificate chain: the safe speaks TLS itself. Needs `ARCA_TLS_KEY`.',
  ),
  tlsKey: setting('ARCA_TLS_KEY', '', optional, 'PEM file with the private key of the certificate.'),
  requireTls: setting(
    'ARCA_REQUIRE_TLS',
    'off',
    onOff,
    '`on` refuses to start where anything would leave this host without TLS: on the way to clients, PostgreSQL, bucket or receivers.',
  ),
} as const;

type Ways = {
  requireTls: boolean;
  host: string;
  publicUrl: string | null;
  tlsCert: string | null;
  databaseUrl: string | null;
  s3Url: string | null;
  syslogUrl: string | null;
  webhookUrl: string | null;
  otlpUrl: string | null;
  tracesUrl: string | null;
};

const isOfThisHost = (host: string) => host === 'localhost' || isLoopback(host.replace(/^\[(.*)\]$/, '$1'));

/** Where TLS is required: throws a SettingProblem for the first way out of this host that does not ask for it. */
export function mustAskForTls(all: Ways): void {
  if (!all.requireTls) return;
  if (all.tlsCert === null && !isOfThisHost(all.host)) {
    throw new SettingProblem('ARCA_REQUIRE_TLS is on: ARCA_HOST must be a loopback address, or ARCA_TLS_CERT be set.');
  }
  if (all.databaseUrl !== null && !databaseAsksForTls(all.databaseUrl)) {
    throw new SettingProblem(
      'ARCA_REQUIRE_TLS is on: ARCA_DATABASE_URL must ask for sslmode=verify-full, or name a socket or a loopback address.',
    );
  }
  const ways: [name: string, url: string | null, scheme: string][] = [
    ['ARCA_PUBLIC_URL', all.publicUrl, 'https:'],
    ['ARCA_BUCKET_URL', all.s3Url, 'https:'],
    ['ARCA_SYSLOG_URL', all.syslogUrl, 'tls:'],
    ['ARCA_WEBHOOK_URL', all.webhookUrl, 'https:'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', all.otlpUrl, 'https:'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', all.tracesUrl, 'https:'],
  ];
  for (const [name, text, scheme] of ways) {
    const url = text === null ? null : new URL(text);
    if (url !== null && url.protocol !== scheme && !isOfThisHost(url.hostname)) {
      throw new SettingProblem(
        `ARCA_REQUIRE_TLS is on: ${name} must begin with ${scheme}//, or name a loopback address.`,
      );
    }
  }
}

/** Reads the URL as the client of PostgreSQL does: of what is said twice the last counts, and `host=` before the authority. */
function databaseAsksForTls(text: string): boolean {
  // With a user and no host, as sockets are named, it is no URL.
  const url = URL.parse(text.replace('@/', '@unnamed/'));
  if (url === null) return false;
  const asked = (name: string) => url.searchParams.getAll(name).at(-1) ?? '';
  if (asked('sslmode') === 'verify-full') return true;
  const host = asked('host') || url.hostname;
  return /^(\/|%2f)/i.test(host) || isOfThisHost(host);
}
