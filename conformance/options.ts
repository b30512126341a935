import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Target } from './call.ts';
import type { Need } from './exchange.ts';

type Prefix = 'api' | 'iso';

export type Options = {
  target: Target;
  clientId: string;
  clientSecret: string;
  /** The only prefix to play below; null: most below /api, some below /iso too. */
  prefix: Prefix | null;
  /** What may be played beside what reads. */
  allowed: ReadonlySet<Need>;
  /** Only exchanges whose group and id contain one of these, and those that they need; empty: all. */
  only: readonly string[];
  /** Milliseconds between two requests. */
  pause: number;
  json: boolean;
};

/** The command line is wrong; the message is one sentence and holds no value that was given. */
export class UsageProblem extends Error {
  override name = 'UsageProblem';
}

export const usage = `npm run --silent conformance -- --url URL [options]
  --url URL              the server, such as https://safe.example.com
  --client-id ID         the access key; better ARCA_CONFORMANCE_CLIENT_ID
  --client-secret SECRET its secret; better ARCA_CONFORMANCE_CLIENT_SECRET, which no list of processes shows
  --prefix api|iso       play below this prefix only
  --write                also make items of its own, change and disable them
  --reveal               also read the first listed item of each kind: the server records that
  --query-credentials    also ask for a token with the secret in the URL, where proxies may log it
  --additions            also what Arca adds to MySafe
  --only WORDS           only exchanges with one of these words, between commas, in their group or name
  --ca FILE              PEM of the authority that signed the server's certificate
  --insecure             believe any certificate
  --timeout SECONDS      how long to wait for an answer, 10 without it
  --pause MILLISECONDS   between two requests, none without it
  --json                 the report as JSON`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const known = {
  ...{ url: text, 'client-id': text, 'client-secret': text, prefix: text, only: text, ca: text },
  ...{ timeout: text, pause: text, insecure: flag, json: flag },
  ...{ write: flag, reveal: flag, 'query-credentials': flag, additions: flag },
};
const needs: readonly Need[] = ['write', 'reveal', 'query-credentials', 'additions'];

export function readOptions(texts: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const values = parsed(texts);
  const clientId = values['client-id'] || environment.ARCA_CONFORMANCE_CLIENT_ID || '';
  const clientSecret = values['client-secret'] || environment.ARCA_CONFORMANCE_CLIENT_SECRET || '';
  if (values.url === undefined) throw new UsageProblem('--url is missing.');
  if (clientId === '') throw new UsageProblem('Neither --client-id nor ARCA_CONFORMANCE_CLIENT_ID is given.');
  if (clientSecret === '')
    throw new UsageProblem('Neither --client-secret nor ARCA_CONFORMANCE_CLIENT_SECRET is given.');
  const target = {
    url: urlOf(values.url),
    ca: authorityOf(values.ca),
    insecure: values.insecure === true,
    seconds: wholeNumber('timeout', values.timeout ?? '10', 1, 600),
  };
  return {
    target,
    clientId,
    clientSecret,
    prefix: prefixOf(values.prefix),
    allowed: new Set(needs.filter((need) => values[need] === true)),
    only: (values.only ?? '').split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()])),
    pause: wholeNumber('pause', values.pause ?? '0', 0, 60_000),
    json: values.json === true,
  };
}

function parsed(texts: readonly string[]) {
  try {
    return parseArgs({ args: [...texts], options: known }).values;
  } catch (thrown) {
    // What Node says may quote a secret that stands in the wrong place.
    throw new UsageProblem(sentenceOf(thrown as NodeJS.ErrnoException));
  }
}

function sentenceOf({ code, message }: NodeJS.ErrnoException): string {
  const option = Object.keys(known).find((name) => message.includes(`'--${name}`));
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && option) {
    return known[option as keyof typeof known].type === 'boolean'
      ? `--${option} takes no value.`
      : `--${option} needs a value; one that begins with a dash is written --${option}=VALUE.`;
  }
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return 'There is a word that belongs to no option.';
  return 'There is an option that is none of these.';
}

function urlOf(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageProblem('--url must be such as https://safe.example.com.');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new UsageProblem('--url may hold a path, but no credentials, query or fragment.');
  return url;
}

function authorityOf(file: string | undefined): string | null {
  if (file === undefined) return null;
  const pem = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    throw new UsageProblem('--ca must be a file with PEM certificates.');
  return pem;
}

function prefixOf(given: string | undefined): Prefix | null {
  const word = given?.replace(/^\//, '');
  if (word !== undefined && word !== 'api' && word !== 'iso') throw new UsageProblem('--prefix is api or iso.');
  return word ?? null;
}

function wholeNumber(name: string, given: string, least: number, most: number): number {
  const number = /^\d{1,5}$/.test(given) ? Number(given) : -1;
  if (number < least || number > most) throw new UsageProblem(`--${name} is a whole number from ${least} to ${most}.`);
  return number;
}
