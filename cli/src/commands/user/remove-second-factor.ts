import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function userRemoveSecondFactor(): Command {
  return new Command('remove-second-factor')
    .description('Take away the second factor of somebody who has lost it and his recovery codes; his sessions end.')
    .argument('<username>', 'his username')
    .addHelpText('after', example('arca user remove-second-factor bruno'))
    .action(async (username: string) => {
      const { changed } = await withSafe((operator) => operator.run('user.remove-second-factor', { username }));
      say(changed ? `Removed the second factor of ${username}.` : `${username} has no second factor.`);
    });
}
