import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { readPassphraseFile } from '../../../server/src/admin/passphrase-file.ts';
import { example } from '../example.ts';
import { askNewPassphrase } from '../password.ts';
import { Problem } from '../problem.ts';
import { withSafe } from '../safe.ts';
import { type SignInOptions, signInOf, withSignIn } from '../sign-in.ts';
import { say } from '../terminal.ts';

type Options = SignInOptions & {
  format: 'json' | 'csv' | 'kdbx';
  plain?: boolean;
  shared?: boolean;
  passphraseFile?: string;
};

export function exportItems(): Command {
  return withSignIn(
    new Command('export')
      .description('Write what a user may reveal into one file; each item is recorded as a reveal.')
      .argument('<file>', 'the file to make; nothing is overwritten'),
  )
    .addOption(new Option('--format <format>', 'what to write').choices(['json', 'csv', 'kdbx']).default('json'))
    .option('--passphrase-file <file>', 'encrypt with the passphrase in this file of mode 0600')
    .option('--plain', 'leave JSON unencrypted; CSV always is')
    .option('--shared', 'also what others share with him')
    .addHelpText('after', example('arca export ana.json.age --user ana'))
    .action(async (file: string, options: Options) => {
      const { format, plain = false, shared = false, passphraseFile } = options;
      const isEncrypted = format === 'kdbx' || (format === 'json' && !plain);
      if (!isEncrypted && passphraseFile)
        throw new Problem('usage', 'This file is not encrypted: leave --passphrase-file out.');
      const passphrase = isEncrypted ? await passphraseOf(passphraseFile) : null;
      const as = await signInOf(options);
      const made = await withSafe((operator) => operator.run('export.make', { as, format, passphrase, shared }));
      write(file, Buffer.from(made.bytes, 'base64'));
      say(
        `Wrote ${made.items} ${made.items === 1 ? 'item' : 'items'} to ${file}${isEncrypted ? '' : ', not encrypted'}.`,
      );
      for (const { kind, number, why } of made.left) say(`Left out ${kind} ${number} (${wordsOf[why] ?? why}).`);
    });
}

/** Why a file is not in it; for what may not be viewed the code of the refusal says it. */
const wordsOf: Readonly<Record<string, string>> = {
  file_not_in_format: 'CSV holds no files',
  file_too_large: 'larger than 8 MiB: arca file get',
  export_full: 'there are 20 MiB of files in it already: arca file get',
  integrity_broken: 'its stored content is broken; see the log of the server',
};

async function passphraseOf(file: string | undefined): Promise<string> {
  const passphrase = file ? await readPassphraseFile(file) : await askNewPassphrase();
  if (Buffer.byteLength(passphrase) < 12) throw new Problem('refused', 'The passphrase must have at least 12 bytes.');
  return passphrase;
}

function write(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' });
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new Problem('refused', `${file} exists already; an export overwrites nothing.`);
    throw new Problem('refused', `${file} cannot be written (${code}).`);
  }
}
