import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { type SignInOptions, signInOf, withSignIn } from '../../sign-in.ts';
import { say } from '../../terminal.ts';
import { readId } from './tell-import.ts';

export function importDiscard(): Command {
  return withSignIn(
    new Command('discard')
      .description('Give a plan up before it is applied; what it reserved for files is free again.')
      .argument('<id>', 'the number of the import'),
  )
    .addHelpText('after', example('arca import discard 7 --user ana'))
    .action(async (text: string, options: SignInOptions) => {
      const id = readId(text);
      const as = await signInOf(options);
      await withSafe((operator) => operator.run('import.discard', { as, id }));
      say(`The plan of import ${id} is discarded.`);
    });
}
