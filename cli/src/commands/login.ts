import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { isProblem } from '../../../sdk/src/arca.ts';
import { calling, clientOf } from '../client/connect.ts';
import { type Credentials, credentialsFile, keepCredentials } from '../client/credentials.ts';
import { makeKeyByHand } from '../client/sign-in.ts';
import { example } from '../example.ts';
import { readSecret } from '../password.ts';
import { Problem } from '../problem.ts';
import { askHidden, say, stdinIsTerminal } from '../terminal.ts';
import { instant } from '../words.ts';

type Options = {
  clientId?: string;
  secretStdin?: boolean;
  username?: string;
  passwordStdin?: boolean;
  days: number;
  readOnly?: boolean;
  privateKeyFile?: string;
  plainHttp?: boolean;
};

const dayMilliseconds = 86_400_000;

export function login(): Command {
  return new Command('login')
    .description('Keep an access key for the commands that call a safe: one that you have, or one made in your name.')
    .argument('<url>', 'address of the safe')
    .option('--client-id <id>', 'client id of an access key; its secret is asked for')
    .option('--secret-stdin', 'read its secret from stdin')
    .option('--username <username>', 'sign in as this user, once, and make a key for this host')
    .option('--password-stdin', 'read his password from stdin')
    .option('--days <number>', 'how long a key that is made works', readDays, 30)
    .option('--read-only', 'let a key that is made read only')
    .option('--private-key-file <file>', 'the private key of a key that encrypts its answers')
    .option('--plain-http', 'go over a network without TLS, where others may listen')
    .addHelpText(
      'after',
      example(
        'arca login https://safe.example --username ana',
        'arca login https://safe.example --client-id CLIENT_ID --secret-stdin < secret.txt',
      ),
    )
    .action(async (typed: string, options: Options) => {
      const url = readUrl(typed, options.plainHttp === true);
      const { clientId, username } = options;
      if ((clientId === undefined) === (username === undefined)) {
        throw new Problem('usage', 'Tell which key to keep by --client-id, or who you are by --username.');
      }
      const key =
        clientId === undefined ? await makeKey(url, username ?? '', options) : await knownKey(clientId, options);
      const file = options.privateKeyFile;
      const credentials: Credentials = { url, ...key, privateKeyFile: file === undefined ? null : resolve(file) };
      // A key that does not hold is not kept.
      await calling(url, () => clientOf(credentials).items.list({ limit: 1 }));
      keepCredentials(credentials);
      say(`Logged in to ${url}; the key is kept in ${credentialsFile()}, which only this account can read.`);
      if (credentials.expiresAt !== null) say(`It works until ${instant(credentials.expiresAt)}.`);
    });
}

type Key = Pick<Credentials, 'clientId' | 'clientSecret' | 'expiresAt'>;

async function knownKey(clientId: string, { secretStdin }: Options): Promise<Key> {
  return { clientId, clientSecret: await readSecret('client secret', '--secret-stdin', secretStdin), expiresAt: null };
}

async function makeKey(url: string, username: string, options: Options): Promise<Key> {
  const password = await readSecret('password', '--password-stdin', options.passwordStdin);
  const expiresAt = new Date(Date.now() + options.days * dayMilliseconds).toISOString();
  const key = { name: `arca on ${hostname()}`, expiresAt, readOnly: options.readOnly === true };
  const made = await calling(url, async () => {
    try {
      return await makeKeyByHand(url, { username, password }, key);
    } catch (thrown) {
      if (!isProblem(thrown, 'second_factor_required')) throw thrown;
      return makeKeyByHand(url, { username, password, code: await askCode() }, key);
    }
  });
  return { clientId: made.clientId, clientSecret: made.clientSecret, expiresAt };
}

async function askCode(): Promise<string> {
  if (stdinIsTerminal()) return (await askHidden('Code of the second factor: ')).trim();
  throw new Problem('refused', 'A code of the second factor is needed, which only a terminal can ask for.');
}

/** Its password or secret goes to this address: it must be one that nobody listens to on the way. */
function readUrl(typed: string, mayBePlain: boolean): string {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Problem('usage', 'The address of a safe begins with https://, such as https://safe.example.');
  }
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && !isHere && !mayBePlain) {
    throw new Problem(
      'usage',
      'Without TLS others on the way could read the secret: use https, or --plain-http if you must.',
    );
  }
  return url.href.replace(/\/+$/, '');
}

function readDays(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return Number(text);
  throw new Problem('usage', '--days takes a whole number from 1 to 9999.');
}
