import { Command, Option } from 'commander';
import { example } from '../../example.ts';
import { Problem } from '../../problem.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';
import { draftOf, type KeyOptions, withKeyOptions } from './key-options.ts';

export function keyChange(): Command {
  const command = new Command('change')
    .description('Change what an access key is called and may do; its owner, credentials and encryption stay.')
    .argument('<client-id>', 'its client id')
    .option('--name <text>', 'its name');
  return withKeyOptions(command)
    .addOption(new Option('--read-write', 'let it write, too').conflicts('readOnly'))
    .addHelpText('after', example('arca key change CLIENT_ID --addresses 192.0.2.0/24 --expires never'))
    .action(async (clientId: string, options: KeyOptions) => {
      const draft = draftOf(options);
      if (Object.keys(draft).length === 0) throw new Problem('usage', 'There is nothing to change: give an option.');
      await withSafe((operator) => operator.run('access-key.change', { clientId, ...draft }));
      say('Changed the access key.');
    });
}
