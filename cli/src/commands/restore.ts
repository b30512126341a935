import { Command } from 'commander';
import { example } from '../example.ts';
import { withSettings } from '../safe.ts';
import { say, writeJson } from '../terminal.ts';
import { instant } from '../words.ts';
import { chooseOpener, type OpenerOptions } from './backup/lock.ts';

export function restore(): Command {
  return new Command('restore')
    .description('Restore a backup into the empty data folder or database that the settings name.')
    .argument('<file>', 'a backup')
    .option('--identity-file <file>', 'open it with the private key in this file')
    .option('--passphrase-file <file>', 'open it with the passphrase in this file of mode 0600')
    .option('--keep-keys', 'let access keys go on working: only when the safe moves, unchanged since the backup')
    .option('--json', 'print what was restored as one line of JSON')
    .addHelpText('after', example('arca restore safe.age'))
    .action(
      (file: string, { json, keepKeys = false, ...options }: OpenerOptions & { json?: boolean; keepKeys?: boolean }) =>
        withSettings(async (settings) => {
          const opener = await chooseOpener(options, settings);
          const { restoreHere } = await import('../../../server/src/admin/restore.ts');
          const restored = await restoreHere(file, opener, settings, { keepKeys, say });
          if (json) return writeJson(restored);
          const rows = Object.values(restored.rows).reduce((sum, count) => sum + count, 0);
          say(`Restored the safe as of ${instant(restored.madeAt)}: ${rows} rows. Everyone signs in anew.`);
          if (restored.heldKeys > 0) {
            const [keys, them] = restored.heldKeys === 1 ? ['key is', 'it is'] : ['keys are', 'they are'];
            const how = 'arca key list, arca key confirm CLIENT_ID';
            say(`${restored.heldKeys} access ${keys} held until ${them} confirmed: ${how}.`);
          }
        }),
    );
}
