import { Command } from 'commander';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function groupAddMember(): Command {
  return new Command('add-member')
    .description('Add members to a group, one after the other.')
    .argument('<name>', 'its name')
    .argument('<username...>', 'whom to add')
    .option('--owner <username>', 'the user whose private group it is')
    .addHelpText('after', example('arca group add-member Finance carla bruno'))
    .action(async (name: string, members: string[], { owner }: { owner?: string }) => {
      await withSafe(async (operator) => {
        for (const member of members) {
          const { changed } = await operator.run('group.add-member', { name, member, ...given({ owner }) });
          say(changed ? `Added ${member} to ${name}.` : `${member} is a member of ${name} already.`);
        }
      });
    });
}
