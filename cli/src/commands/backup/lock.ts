import { readFileSync } from 'node:fs';
import type { BackupLock, BackupOpener } from '../../../../server/src/admin/backup-file.ts';
import { readPassphraseFile } from '../../../../server/src/admin/passphrase-file.ts';
import { askNewPassphrase, askPassphrase } from '../../password.ts';
import { Problem } from '../../problem.ts';
import type { Settings } from '../../safe.ts';

export type LockOptions = { recipient?: string[]; passphraseFile?: string };
export type OpenerOptions = { identityFile?: string; passphraseFile?: string };

const shortest = 12;

/** What a new backup is encrypted with: as the options say, else as the settings do, else a passphrase that is asked for. */
export async function chooseLock(options: LockOptions, settings: Settings): Promise<BackupLock> {
  const { recipient, passphraseFile } = options;
  if (recipient && passphraseFile) throw new Problem('usage', 'Give --recipient or --passphrase-file, not both.');
  if (recipient) return { recipients: recipient };
  if (passphraseFile) return { passphrase: await readPassphraseFile(passphraseFile) };
  if (settings.backupRecipients.length > 0) return { recipients: settings.backupRecipients };
  if (settings.backupPassphraseFile !== null) {
    return { passphrase: await readPassphraseFile(settings.backupPassphraseFile) };
  }
  const passphrase = await askNewPassphrase();
  if (Buffer.byteLength(passphrase) < shortest) {
    throw new Problem('refused', `The passphrase must have at least ${shortest} bytes.`);
  }
  return { passphrase };
}

/** What opens a backup, likewise. */
export async function chooseOpener(options: OpenerOptions, settings: Settings): Promise<BackupOpener> {
  const { identityFile, passphraseFile } = options;
  if (identityFile && passphraseFile) {
    throw new Problem('usage', 'Give --identity-file or --passphrase-file, not both.');
  }
  if (identityFile) return { identities: identitiesIn(identityFile) };
  if (passphraseFile) return { passphrase: await readPassphraseFile(passphraseFile) };
  if (settings.backupPassphraseFile !== null) {
    return { passphrase: await readPassphraseFile(settings.backupPassphraseFile) };
  }
  return { passphrase: await askPassphrase() };
}

/** As `arca backup new-key` and age-keygen write them: a key a line, and comments. */
function identitiesIn(path: string): string[] {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (thrown) {
    throw new Problem('refused', `${path} cannot be read (${(thrown as NodeJS.ErrnoException).code}).`);
  }
  const keys = content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (keys.length === 0 || !keys.every((key) => /^AGE-SECRET-KEY-[0-9A-Z-]+$/.test(key))) {
    throw new Problem('refused', `${path} holds no private key as \`arca backup new-key\` prints it.`);
  }
  return keys;
}
