import { Command } from 'commander';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { listOption } from '../../list-option.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

type Options = { members?: string[]; owner?: string; description?: string; hideMembers?: boolean };

export function groupAdd(): Command {
  return new Command('add')
    .description("Add a user group or, with --owner, a user's private group, of which he is a member only if listed.")
    .argument('<name>', 'its name')
    .addOption(listOption('--members <username,..>', 'its first members'))
    .option('--owner <username>', 'make it the private group of this user')
    .option('--description <text>', 'what it is for')
    .option('--hide-members', 'do not let members see who else is one')
    .addHelpText('after', example('arca group add Finance --members ana,bruno'))
    .action(async (typed: string, { members, owner, description, hideMembers }: Options) => {
      const membersVisible = hideMembers ? false : undefined;
      const input = { name: typed, ...given({ members, owner, description, membersVisible }) };
      const { name } = await withSafe((operator) => operator.run('group.add', input));
      say(`Added the group ${name}.`);
    });
}
