import { Command } from 'commander';
import { example } from '../../example.ts';
import { Problem } from '../../problem.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function rotateRoot(): Command {
  return new Command('root')
    .description('Put the root key that ARCA_NEXT_ROOT_KEY or one of its kin names in place of the present one.')
    .addHelpText('after', example('ARCA_NEXT_ROOT_KEY_FILE=/keys/new.key arca rotate root'))
    .action(async () => {
      const { keys } = await withSafe(async (operator, settings) => {
        const { safeId } = await operator.run('safe-key.list', undefined);
        const { readNextRootKey } = await import('../../../../server/src/admin/open-here.ts');
        const next = await readNextRootKey(settings, safeId);
        if (!next) {
          throw new Problem('refused', 'Name the next root key: ARCA_NEXT_ROOT_KEY_FILE, or one of its kin.');
        }
        const rootKey = Buffer.from(next).toString('base64');
        return operator.run('safe-key.rotate-root', { rootKey });
      });
      say(`Replaced the root key: ${keys} keys wrapped anew.`);
      say('From the next start on the new one alone opens the safe: name it in place of the old one.');
    });
}
