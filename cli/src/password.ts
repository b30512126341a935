import { Problem } from './problem.ts';
import { askHidden, readStdin, say, stdinIsTerminal } from './terminal.ts';

const longestInput = 64 * 1024;
// Beyond the longest note, whose limit the safe tells in its own words.
const longestText = 1024 * 1024;

/**
 * A new password: from a terminal asked for twice, else all of stdin without the newline at its end. Never an
 * argument, which other users of the host could see.
 */
export async function readNewPassword(passwordStdin = false): Promise<string> {
  if (stdinIsTerminal()) return askTwice('password');
  if (passwordStdin) return readPiped('password');
  throw new Problem('usage', 'There is no terminal to ask for a password: give it on stdin with --password-stdin.');
}

/** A secret text that is known elsewhere: asked for once, or all of stdin. `option` is the one that allows stdin. */
export async function readSecret(what: string, option: string, isAllowed = false): Promise<string> {
  if (stdinIsTerminal()) {
    const given = await askHidden(`${what[0]?.toUpperCase()}${what.slice(1)}: `);
    if (given === '') throw new Problem('refused', `The ${what} is empty.`);
    return given;
  }
  if (isAllowed) return readPiped(what);
  throw new Problem('usage', `There is no terminal to ask for the ${what}: give it on stdin with ${option}.`);
}

/** A text of any number of lines, all of stdin. */
export function readText(what: string): Promise<string> {
  if (stdinIsTerminal()) say(`Type the ${what}, and end it with Ctrl-D on a line of its own.`);
  return readPiped(what, { lines: true });
}

/** A new passphrase, asked for twice. */
export async function askNewPassphrase(): Promise<string> {
  mustAsk();
  return askTwice('passphrase');
}

/** A passphrase that is known already. */
export async function askPassphrase(): Promise<string> {
  mustAsk();
  return askOnce('passphrase');
}

function mustAsk(): void {
  if (stdinIsTerminal()) return;
  throw new Problem('usage', 'There is no terminal to ask for a passphrase: give it with --passphrase-file.');
}

async function askTwice(what: 'password' | 'passphrase'): Promise<string> {
  const first = await askOnce(what);
  if ((await askHidden('Once more: ')) !== first) throw new Problem('refused', `The two ${what}s are not the same.`);
  return first;
}

async function askOnce(what: 'password' | 'passphrase'): Promise<string> {
  const given = await askHidden(what === 'password' ? 'Password: ' : 'Passphrase: ');
  if (given === '') throw new Problem('refused', `The ${what} is empty.`);
  return given;
}

async function readPiped(what: string, { lines = false } = {}): Promise<string> {
  const most = lines ? longestText : longestInput;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readStdin()) {
    size += chunk.length;
    if (size > most) throw new Problem('refused', `What came on stdin is too long to be a ${what}.`);
    chunks.push(chunk);
  }
  const text = decoded(Buffer.concat(chunks), what).replace(/\r?\n$/, '');
  if (text === '') throw new Problem('refused', `The ${what} on stdin is empty.`);
  if (!lines && /[\r\n]/.test(text)) throw new Problem('refused', `The ${what} on stdin has more than one line.`);
  return text;
}

function decoded(bytes: Uint8Array, what: string): string {
  try {
    // A byte order mark is a character of the password, as a sign-in form would see it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Problem('refused', `The ${what} on stdin is not UTF-8 text.`);
  }
}
