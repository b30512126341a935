import { Command } from 'commander';
import { example } from '../../example.ts';
import { Problem } from '../../problem.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function keyConfirm(): Command {
  return new Command('confirm')
    .description('Let an access key work again that a restore holds.')
    .argument('[client-id]', 'its client id')
    .option('--all', 'every key that is held')
    .addHelpText('after', example('arca key confirm CLIENT_ID', 'arca key confirm --all'))
    .action(async (clientId: string | undefined, { all = false }: { all?: boolean }) => {
      if ((clientId === undefined) !== all) throw new Problem('usage', 'Give a client id, or --all.');
      await withSafe(async (operator) => {
        if (clientId !== undefined) {
          const { changed } = await operator.run('access-key.confirm', { clientId });
          say(changed ? 'Confirmed the access key.' : 'The access key is not held.');
          return;
        }
        const keys = await operator.run('access-key.list', undefined);
        const held = keys.filter(({ heldAt, revokedAt }) => heldAt !== null && revokedAt === null);
        for (const key of held) await operator.run('access-key.confirm', { clientId: key.clientId });
        say(`Confirmed ${held.length} access key${held.length === 1 ? '' : 's'}.`);
      });
    });
}
