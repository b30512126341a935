import type { Person } from '../../server/test/start-safe.ts';
import { conform, type Report } from '../conform.ts';
import type { Difference } from '../difference.ts';
import { readOptions } from '../options.ts';

export type Credentials = Pick<Person, 'clientId' | 'clientSecret'>;

/** For tests: plays against a server as someone, with these options of the command. */
export function playOn(url: string, someone: Credentials, ...options: string[]): Promise<Report> {
  const credentials = ['--client-id', someone.clientId, '--client-secret', someone.clientSecret];
  const { signal } = new AbortController();
  return conform(readOptions(['--url', url, ...credentials, ...options], {}), signal, () => undefined);
}

/** The report's differences as lines, with their sort; the host is called HOST. */
export function linesOf({ results, url }: Report): string[] {
  const { host } = new URL(url);
  const lineOf = (id: string, { sort, at, expected, came }: Difference) =>
    `${id}: ${at}: expected ${expected}, came ${came.replace(host, 'HOST')} (${sort})`;
  return results.flatMap(({ id, differences }) => differences.map((one) => lineOf(id, one)));
}
