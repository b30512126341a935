import type { Line } from './exchange.ts';

export type ArcaOptions = {
  /** Address of the safe, such as `https://safe.example`. May be left out in the safe's own pages. */
  url?: string | undefined;
  /** Of an access key. Without it the client acts by the session of the page that it is in. */
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /** Of an access key that encrypts its answers (PKCS#8, PEM): reveals are decrypted with it. */
  privateKey?: string | undefined;
  /** In place of the platform's own. */
  fetch?: typeof globalThis.fetch | undefined;
  /** How often a call that may be repeated safely is tried again; 3 unless told, 0 for never. */
  retries?: number | undefined;
  /** Milliseconds that each attempt may take; 30,000 unless told. */
  timeout?: number | undefined;
  /** Ends all calls of this client. */
  signal?: AbortSignal | undefined;
  /** How the client calls itself, where the platform allows it (browsers do not). */
  userAgent?: string | undefined;
};

export type Settings = {
  line: Line;
  accessKey: { clientId: string; clientSecret: string } | null;
  privateKey: string | null;
};

/** Checks the options. Throws TypeError with what is wrong, never with a value. */
export function settingsOf(options: ArcaOptions): Settings {
  const { fetch = globalThis.fetch, retries = 3, timeout = 30_000 } = options;
  if (!(Number.isInteger(retries) && retries >= 0)) throw new TypeError('retries is no whole number from 0');
  if (!(timeout > 0 && timeout < 2 ** 31)) throw new TypeError('timeout is no number of milliseconds');
  const accessKey = accessKeyOf(options);
  return {
    line: {
      url: urlOf(options),
      fetch: (...request) => fetch(...request),
      credentials: accessKey === null ? 'same-origin' : 'omit',
      timeout,
      retries,
      userAgent: options.userAgent,
      signal: options.signal,
    },
    accessKey,
    privateKey: privateKeyOf(options),
  };
}

function accessKeyOf(options: ArcaOptions): Settings['accessKey'] {
  const clientId = given(options, 'clientId');
  const clientSecret = given(options, 'clientSecret');
  if ((clientId === null) !== (clientSecret === null)) throw new TypeError('clientId and clientSecret go together');
  return clientId === null || clientSecret === null ? null : { clientId, clientSecret };
}

function urlOf(options: ArcaOptions): string {
  const text = given(options, 'url');
  if (text === null) {
    if ('location' in globalThis) return '';
    throw new TypeError('url is missing: it may be left out in the pages of a safe only');
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new TypeError('url is no http or https address without credentials and query');
  }
  return url.href.replace(/\/+$/, '');
}

/** An option that is there but empty is a variable that nobody set: better told now than acted upon without it. */
function given(options: ArcaOptions, name: 'url' | 'clientId' | 'clientSecret' | 'privateKey'): string | null {
  if (!(name in options)) return null;
  const value = options[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is empty`);
  return value;
}

/** What stands between the lines of the PEM, without white space. */
function privateKeyOf(options: ArcaOptions): string | null {
  const pem = given(options, 'privateKey');
  if (pem === null) return null;
  const base64 = /^\s*-----BEGIN PRIVATE KEY-----([\sA-Za-z0-9+/=]+)-----END PRIVATE KEY-----\s*$/.exec(pem)?.[1];
  if (base64 === undefined) throw new TypeError('privateKey is no PKCS#8 private key in PEM');
  return base64.replaceAll(/\s/g, '');
}
