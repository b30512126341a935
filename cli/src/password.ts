import { Problem } from './problem.ts';
import { askHidden, readStdin, stdinIsTerminal } from './terminal.ts';

const longestInput = 64 * 1024;

/**
 * A new password: from a terminal asked for twice, else all of stdin without the newline at its end. Never an
 * argument, which other users of the host could see.
 */
export async function readNewPassword(passwordStdin = false): Promise<string> {
  if (stdinIsTerminal()) return askTwice('password');
  if (passwordStdin) return readPiped();
  throw new Problem('usage', 'There is no terminal to ask for a password: give it on stdin with --password-stdin.');
}

/** A password that is known already, likewise. */
export async function readOwnPassword(passwordStdin = false): Promise<string> {
  if (stdinIsTerminal()) return askOnce('password');
  if (passwordStdin) return readPiped();
  throw new Problem('usage', 'There is no terminal to ask for a password: give it on stdin with --password-stdin.');
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

async function readPiped(): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readStdin()) {
    size += chunk.length;
    if (size > longestInput) throw new Problem('refused', 'What came on stdin is too long to be a password.');
    chunks.push(chunk);
  }
  const password = decoded(Buffer.concat(chunks)).replace(/\r?\n$/, '');
  if (password === '') throw new Problem('refused', 'The password on stdin is empty.');
  if (/[\r\n]/.test(password)) throw new Problem('refused', 'The password on stdin has more than one line.');
  return password;
}

function decoded(bytes: Uint8Array): string {
  try {
    // A byte order mark is a character of the password, as a sign-in form would see it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Problem('refused', 'The password on stdin is not UTF-8 text.');
  }
}
