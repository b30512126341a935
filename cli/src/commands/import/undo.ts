import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { type SignInOptions, signInOf, withSignIn } from '../../sign-in.ts';
import { writeJson } from '../../terminal.ts';
import { follow } from './follow.ts';
import { readId, tellEnd } from './tell-import.ts';

type Options = SignInOptions & { json?: boolean };

export function importUndo(): Command {
  return withSignIn(
    new Command('undo')
      .description('Take an import back: what nobody has changed since vanishes.')
      .argument('<id>', 'the number of the import'),
  )
    .option('--json', 'print how it ended as one line of JSON')
    .addHelpText('after', example('arca import undo 7 --user ana'))
    .action(async (text: string, options: Options) => {
      const id = readId(text);
      const as = await signInOf(options);
      const ended = await withSafe((operator) => follow(operator.stream('import.undo', { as, id })));
      await (options.json ? writeJson(ended) : tellEnd(ended));
    });
}
