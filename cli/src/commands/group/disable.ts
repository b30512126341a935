import { Command } from 'commander';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function groupDisable(): Command {
  return new Command('disable')
    .description('Disable a group: what is shared with it is closed to its members at once.')
    .argument('<name>', 'its name')
    .option('--owner <username>', 'the user whose private group it is')
    .addHelpText('after', example('arca group disable Finance'))
    .action(async (name: string, { owner }: { owner?: string }) => {
      const { changed } = await withSafe((operator) => operator.run('group.disable', { name, ...given({ owner }) }));
      say(changed ? `Disabled the group ${name}.` : `The group ${name} is disabled already.`);
    });
}
