import { Command } from 'commander';
import { example } from '../../example.ts';
import { tellSafe, withSettings } from '../../safe.ts';
import { say, writeJson } from '../../terminal.ts';
import { instant } from '../../words.ts';
import { chooseOpener, type OpenerOptions } from './lock.ts';

export function backupVerify(): Command {
  return new Command('verify')
    .description('Restore a backup into a scratch place and prove that it holds; the safe itself is not touched.')
    .argument('<file>', 'a backup')
    .option('--identity-file <file>', 'open it with the private key in this file')
    .option('--passphrase-file <file>', 'open it with the passphrase in this file of mode 0600')
    .option('--json', 'print what was proven as one line of JSON')
    .addHelpText('after', example('arca backup verify safe.age', 'arca backup verify safe.age --identity-file key.txt'))
    .action((file: string, { json, ...options }: OpenerOptions & { json?: boolean }) =>
      withSettings(async (settings) => {
        const opener = await chooseOpener(options, settings);
        const { proveBackup } = await import('../../../../server/src/admin/prove-backup.ts');
        const proven = await proveBackup(file, opener, settings);
        const told = await tellSafe(settings, (operator) => operator.run('backup.proven', proven));
        if (json) return writeJson({ ...proven, isRecorded: told?.isOfThisSafe === true });
        say(`The backup of ${instant(proven.madeAt)} holds: ${proven.rows} rows, ${proven.versions} versions opened.`);
        if (!told) say('There is no safe here to record it in.');
        else if (!told.isOfThisSafe) say('It is of another safe than the one here, so that is not recorded.');
      }),
    );
}
