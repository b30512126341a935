import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { type SignInOptions, signInOf, withSignIn } from '../../sign-in.ts';
import { writeJson } from '../../terminal.ts';
import { follow } from './follow.ts';
import { readId, tellEnd } from './tell-import.ts';

type Options = SignInOptions & { keepChanged?: boolean; json?: boolean };

export function importApply(): Command {
  return withSignIn(
    new Command('apply')
      .description('Do what a plan says; new items are seen once all are there.')
      .argument('<id>', 'the number of the import'),
  )
    .option('--keep-changed', 'leave items that stand otherwise as they are')
    .option('--json', 'print how it ended as one line of JSON')
    .addHelpText('after', example('arca import apply 7 --user ana'))
    .action(async (text: string, options: Options) => {
      const id = readId(text);
      const as = await signInOf(options);
      const ended = await withSafe((operator) =>
        follow(operator.stream('import.apply', { as, id, updates: options.keepChanged !== true })),
      );
      await (options.json ? writeJson(ended) : tellEnd(ended));
    });
}
