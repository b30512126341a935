import { Command } from 'commander';
import { example } from '../../example.ts';
import { say, write } from '../../terminal.ts';

export function backupNewKey(): Command {
  return new Command('new-key')
    .description('Make a key pair for backups: the private half is for a place away from this host.')
    .addHelpText('after', example('arca backup new-key > backup-key.txt'))
    .action(async () => {
      const { newBackupKey } = await import('../../../../server/src/admin/backup-key.ts');
      const { recipient, identity } = await newBackupKey();
      await write(`# public key: ${recipient}\n${identity}\n`);
      say(`Set ARCA_BACKUP_RECIPIENTS=${recipient}`);
      say('Keep what was printed away from this host: without it no backup can be opened.');
    });
}
