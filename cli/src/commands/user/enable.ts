import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function userEnable(): Command {
  return new Command('enable')
    .description('Enable a user again; his access keys work again, as far as they were not revoked.')
    .argument('<username>', 'his username')
    .addHelpText('after', example('arca user enable bruno'))
    .action(async (username: string) => {
      const { changed } = await withSafe((operator) => operator.run('user.enable', { username }));
      say(changed ? `Enabled ${username}.` : `${username} is enabled already.`);
    });
}
