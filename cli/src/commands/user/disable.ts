import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function userDisable(): Command {
  return new Command('disable')
    .description('Disable a user: his access keys and their tokens end at once. The last active admin stays.')
    .argument('<username>', 'his username')
    .addHelpText('after', example('arca user disable bruno'))
    .action(async (username: string) => {
      const { changed } = await withSafe((operator) => operator.run('user.disable', { username }));
      say(changed ? `Disabled ${username}.` : `${username} is disabled already.`);
    });
}
