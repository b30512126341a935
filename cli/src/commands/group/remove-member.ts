import { Command } from 'commander';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function groupRemoveMember(): Command {
  return new Command('remove-member')
    .description('Remove members from a group, one after the other.')
    .argument('<name>', 'its name')
    .argument('<username...>', 'whom to remove')
    .option('--owner <username>', 'the user whose private group it is')
    .addHelpText('after', example('arca group remove-member Finance carla'))
    .action(async (name: string, members: string[], { owner }: { owner?: string }) => {
      await withSafe(async (operator) => {
        for (const member of members) {
          const { changed } = await operator.run('group.remove-member', { name, member, ...given({ owner }) });
          say(changed ? `Removed ${member} from ${name}.` : `${member} is no member of ${name}.`);
        }
      });
    });
}
