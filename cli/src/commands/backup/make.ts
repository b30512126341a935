import { Command } from 'commander';
import type { BackupLine } from '../../../../server/src/admin/backup-file.ts';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say, writeJson } from '../../terminal.ts';
import { chooseLock, type LockOptions } from './lock.ts';

export function backupMake(): Command {
  return new Command('make')
    .description('Write the whole safe as it is now into one encrypted file, while it serves.')
    .argument('<file>', 'the file to make; nothing is overwritten')
    .option('--recipient <key>', 'encrypt to this public key (age1…); may be repeated', collect)
    .option('--passphrase-file <file>', 'encrypt with the passphrase in this file of mode 0600')
    .option('--json', 'print its digest and size as one line of JSON')
    .addHelpText('after', example('arca backup make safe.age', 'arca backup make safe.age --recipient age1…'))
    .action((file: string, { json, ...options }: LockOptions & { json?: boolean }) =>
      withSafe(async (operator, settings) => {
        const lock = await chooseLock(options, settings);
        const { writeBackup } = await import('../../../../server/src/admin/backup-file.ts');
        const made = await writeBackup(operator.stream('backup.make') as AsyncIterable<BackupLine>, file, lock);
        await operator.run('backup.made', made);
        if (json) return writeJson(made);
        say(`Wrote ${file}, ${made.bytes} bytes. Prove that it restores: arca backup verify ${file}`);
        say('The root key is not in it: keep a copy of that elsewhere.');
      }),
    );
}

/** The option may be repeated. */
function collect(text: string, before: string[] = []): string[] {
  return [...before, text];
}
