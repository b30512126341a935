import { Command } from 'commander';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function groupEnable(): Command {
  return new Command('enable')
    .description('Enable a group again, with the shares and members that it had.')
    .argument('<name>', 'its name')
    .option('--owner <username>', 'the user whose private group it is')
    .addHelpText('after', example('arca group enable Finance'))
    .action(async (name: string, { owner }: { owner?: string }) => {
      const { changed } = await withSafe((operator) => operator.run('group.enable', { name, ...given({ owner }) }));
      say(changed ? `Enabled the group ${name}.` : `The group ${name} is enabled already.`);
    });
}
