import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../problem.ts';
import { configFolder, readEnvironment } from './environment.ts';

/** What it takes to call a safe. */
export type Credentials = {
  url: string;
  clientId: string;
  clientSecret: string;
  /** Path of the private key that opens encrypted answers. */
  privateKeyFile: string | null;
  /** When the key ends, ISO 8601, where `arca login` knows it. */
  expiresAt: string | null;
  /** Was the key made by `arca login`, for this account alone? Then `arca logout` revokes it. */
  isMade: boolean;
};

export type Found = Credentials & { from: string };

export function credentialsFile(): string {
  return join(configFolder(), 'credentials.json');
}

/** From the environment, else from what `arca login` kept; never a mixture, which could send a secret to a strange safe. */
export function findCredentials(): Found {
  const { url, clientId, clientSecret, clientSecretFile, privateKeyFile } = readEnvironment();
  if (clientId === undefined && clientSecret === undefined && clientSecretFile === undefined) {
    return keptCredentials(url);
  }
  if (clientSecret !== undefined && clientSecretFile !== undefined) {
    throw new Problem('unreachable', 'ARCA_CLIENT_SECRET and ARCA_CLIENT_SECRET_FILE are both set; keep one of them.');
  }
  const secret = clientSecretFile === undefined ? clientSecret : readLine(clientSecretFile);
  if (url === undefined || clientId === undefined || secret === undefined) {
    const missing = [
      url === undefined ? 'ARCA_URL' : '',
      clientId === undefined ? 'ARCA_CLIENT_ID' : '',
      secret === undefined ? 'ARCA_CLIENT_SECRET or ARCA_CLIENT_SECRET_FILE' : '',
    ];
    const told = missing.filter((one) => one !== '').join(' and ');
    throw new Problem('unreachable', `The environment gives a part of an access key only: ${told} is missing.`);
  }
  return {
    url,
    clientId,
    clientSecret: secret,
    privateKeyFile: privateKeyFile ?? null,
    expiresAt: null,
    isMade: false,
    from: 'the environment',
  };
}

function keptCredentials(url: string | undefined): Found {
  const kept = readCredentials();
  if (kept === null) {
    throw new Problem(
      'unreachable',
      'You are not logged in: run `arca login`, or set ARCA_URL, ARCA_CLIENT_ID and ARCA_CLIENT_SECRET.',
    );
  }
  // Whoever can set one variable must not be sent the secret of another safe.
  if (url !== undefined && !sameAddress(url, kept.url)) {
    throw new Problem(
      'unreachable',
      `ARCA_URL is not the safe that you logged in to, ${kept.url}; log in to that one.`,
    );
  }
  return { ...kept, from: credentialsFile() };
}

/** What was kept, or null. Throws a Problem for a file that others may read, or that is none of ours. */
export function readCredentials(): Credentials | null {
  const file = credentialsFile();
  let text: string;
  try {
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
      throw new Problem(
        'unreachable',
        `${file} can be read by others; its mode must be 600, and its key is best replaced.`,
      );
    }
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    if (codeOf(thrown) === 'ENOENT') return null;
    throw new Problem('unreachable', `${file} cannot be read: ${codeOf(thrown)}.`);
  }
  try {
    const kept = JSON.parse(text) as Credentials;
    const { url, clientId, clientSecret, privateKeyFile, expiresAt } = kept;
    if ([url, clientId, clientSecret].every((one) => typeof one === 'string')) {
      const key = { url, clientId, clientSecret, isMade: kept.isMade === true };
      return { ...key, privateKeyFile: privateKeyFile ?? null, expiresAt: expiresAt ?? null };
    }
  } catch {
    // Told below, without what stands in it.
  }
  throw new Problem('unreachable', `${file} holds no credentials; run \`arca login\` again.`);
}

/** Puts the file in place whole, for its owner alone. */
export function keepCredentials(credentials: Credentials): void {
  const file = credentialsFile();
  const fresh = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(fresh, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(fresh, file);
  } catch (thrown) {
    rmSync(fresh, { force: true });
    throw new Problem('refused', `${file} cannot be written: ${codeOf(thrown)}.`);
  }
}

export function forgetCredentials(): void {
  rmSync(credentialsFile(), { force: true });
}

/** A small file's text without a newline at its end. */
function readLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '') || undefined;
  } catch (thrown) {
    throw new Problem('unreachable', `${path} (ARCA_CLIENT_SECRET_FILE) cannot be read: ${codeOf(thrown)}.`);
  }
}

export function codeOf(thrown: unknown): string {
  return String((thrown as NodeJS.ErrnoException).code ?? 'an unknown error');
}

function sameAddress(one: string, other: string): boolean {
  return [one, other].every((text) => URL.canParse(text)) && new URL(one).href === new URL(other).href;
}
