import { readFileSync } from 'node:fs';
import { Arca } from '../../../sdk/src/arca.ts';
import about from '../../package.json' with { type: 'json' };
import { Problem } from '../problem.ts';
import { type Credentials, codeOf, type Found, findCredentials } from './credentials.ts';
import { explained } from './explain.ts';

export const userAgent = `arca/${about.version}`;

/** Runs with a client of the safe that this account is logged in to; what the safe or the network refuses becomes a Problem. */
export async function withArca<T>(work: (arca: Arca, found: Found) => Promise<T>): Promise<T> {
  const found = findCredentials();
  return calling(found.url, () => work(clientOf(found), found));
}

/** Makes a client; throws TypeError for credentials that cannot be any. */
export function clientOf({ url, clientId, clientSecret, privateKeyFile }: Omit<Credentials, 'isMade'>): Arca {
  const key = privateKeyFile === null ? {} : { privateKey: readKey(privateKeyFile) };
  return new Arca({ url, clientId, clientSecret, userAgent, retries: 2, ...key });
}

/** Runs calls to the safe at `url`, and turns what they fail with into a Problem. */
export async function calling<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw explained(thrown, url);
  }
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    throw new Problem('unreachable', `The private key ${path} cannot be read: ${codeOf(thrown)}.`);
  }
}
