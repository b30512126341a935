import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { isProblem } from '../../../sdk/src/arca.ts';
import { calling, clientOf } from '../client/connect.ts';
import { type Credentials, credentialsFile, keepCredentials, readCredentials } from '../client/credentials.ts';
import { askToBeLetIn, type Invitation } from '../client/device-sign-in.ts';
import { endMadeKey, toRevoke } from '../client/end-made-key.ts';
import { interruptible } from '../client/interrupt.ts';
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
    .description(
      'Keep an access key for the commands that call a safe: one that you allow in your browser, one made with your password, or one that you have.',
    )
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
        'arca login https://safe.example',
        'arca login https://safe.example --username ana',
        'arca login https://safe.example --client-id CLIENT_ID --secret-stdin < secret.txt',
      ),
    )
    .action(async (typed: string, options: Options) => {
      const url = readUrl(typed, options.plainHttp === true);
      const { clientId, username } = options;
      if (clientId !== undefined && username !== undefined) {
        throw new Problem('usage', 'Tell which key to keep by --client-id, or who you are by --username: not both.');
      }
      const key = await keyFor(url, options);
      const file = options.privateKeyFile;
      const credentials: Credentials = { url, ...key, privateKeyFile: file === undefined ? null : resolve(file) };
      // A key that does not hold is not kept.
      await calling(url, () => clientOf(credentials).items.list({ limit: 1 }));
      const earlier = keptBefore();
      // Typed in again, a key that login had made is still one.
      const isSame = earlier !== null && earlier.url === url && earlier.clientId === credentials.clientId;
      keepCredentials(isSame ? { ...credentials, isMade: earlier.isMade } : credentials);
      say(`Logged in to ${url}; the key is kept in ${credentialsFile()}, which only this account can read.`);
      if (credentials.expiresAt !== null) say(`It works until ${instant(credentials.expiresAt)}.`);
      if (earlier !== null && !isSame) await endEarlier(earlier);
    });
}

/** What this login takes the place of. */
function keptBefore(): Credentials | null {
  try {
    return readCredentials();
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    say(`${thrown.message} It is replaced; if it held a key, revoke that on the Access keys page.`);
    return null;
  }
}

/** A key that nobody keeps any more must not work on; the new one counts, whether the earlier one can be ended or not. */
async function endEarlier(earlier: Credentials): Promise<void> {
  if (!earlier.isMade) return say(`Another key was kept before, which still works. ${toRevoke(earlier)}`);
  const fault = await endMadeKey(earlier);
  say(fault === null ? 'The key of the login before is revoked.' : `${fault.message} ${toRevoke(earlier)}`);
}

type Key = Pick<Credentials, 'clientId' | 'clientSecret' | 'expiresAt' | 'isMade'>;

/** One that he has, one made with his password, or one that he allows in his browser. */
function keyFor(url: string, options: Options): Promise<Key> {
  if (options.clientId !== undefined) return knownKey(options.clientId, options);
  return options.username === undefined ? allowedKey(url, options) : makeKey(url, options.username, options);
}

async function allowedKey(url: string, { days, readOnly = false }: Options): Promise<Key> {
  const wish = { name: nameOfKey(), days, readOnly };
  const invite = ({ page, code, seconds }: Invitation) => {
    say(`Open ${page} in a browser where you are signed in, and type this code there:\n\n    ${code}\n`);
    say(`It counts for ${Math.round(seconds / 60)} minutes. Waiting for you ...`);
  };
  const given = await calling(url, () => interruptible((signal) => askToBeLetIn(url, wish, invite, signal)));
  return { ...given, isMade: true };
}

/** What the key is called, and what the page in the browser says of this command. */
function nameOfKey(): string {
  return `arca on ${hostname()}`.slice(0, 100);
}

async function knownKey(clientId: string, { secretStdin }: Options): Promise<Key> {
  return {
    clientId,
    clientSecret: await readSecret('client secret', '--secret-stdin', secretStdin),
    expiresAt: null,
    isMade: false,
  };
}

async function makeKey(url: string, username: string, options: Options): Promise<Key> {
  const password = await readSecret('password', '--password-stdin', options.passwordStdin);
  const expiresAt = new Date(Date.now() + options.days * dayMilliseconds).toISOString();
  const key = { name: nameOfKey(), expiresAt, readOnly: options.readOnly === true };
  const made = await calling(url, async () => {
    try {
      return await makeKeyByHand(url, { username, password }, key);
    } catch (thrown) {
      if (!isProblem(thrown, 'second_factor_required')) throw thrown;
      return makeKeyByHand(url, { username, password, code: await askCode() }, key);
    }
  });
  return { clientId: made.clientId, clientSecret: made.clientSecret, expiresAt, isMade: true };
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
