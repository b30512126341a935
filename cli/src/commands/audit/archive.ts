import { Command, InvalidArgumentError } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say, writeJson } from '../../terminal.ts';
import { instant } from '../../words.ts';
import { chooseLock, type LockOptions } from '../backup/lock.ts';

type Options = LockOptions & { days: number; plain?: boolean; ignoreReceivers?: boolean; json?: boolean };

export function auditArchive(): Command {
  return new Command('archive')
    .description('Move older entries of the audit into a file that proves them; what was cut short is gone on with.')
    .argument('<folder>', 'where the archive is written')
    .requiredOption('--days <number>', 'entries of the last so many days stay', whole)
    .option('--plain', 'do not encrypt it: addresses and reasons then stand in it in clear')
    .option('--recipient <key>', 'encrypt to this public key (age1…); may be repeated', collect)
    .option('--passphrase-file <file>', 'encrypt with the passphrase in this file of mode 0600')
    .option('--ignore-receivers', 'take entries, too, that a receiver of the audit does not have yet')
    .option('--json', 'print what was archived as one line of JSON')
    .addHelpText(
      'after',
      example('arca audit archive /mnt/archive --days 400', 'arca audit archive /mnt/archive --days 400 --plain'),
    )
    .action((folder: string, { days, plain, ignoreReceivers, json, ...options }: Options) =>
      withSafe(async (operator, settings) => {
        const lock = plain ? null : await chooseLock(options, settings);
        const { archiveAudit } = await import('../../../../server/src/admin/archive-audit.ts');
        const made = await archiveAudit(operator, { folder, days, ignoreReceivers, lock });
        if (json) return writeJson(made);
        if (!made) return say('There is nothing to archive.');
        say(`Wrote ${made.path}: ${made.entries} entries from before ${instant(made.before)}, now gone from the safe.`);
        say('Keep it: an export and all archives are verified together, and one that is missing is named.');
      }),
    );
}

/** The option may be repeated. */
function collect(text: string, before: string[] = []): string[] {
  return [...before, text];
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of days.');
  return Number(text);
}
