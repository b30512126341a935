import { Command } from 'commander';
import { withArca } from '../../client/connect.ts';
import { findItem } from '../../client/find-item.ts';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { Problem } from '../../problem.ts';
import { writeJson, writeValue } from '../../terminal.ts';

/** Of passwords alone: the other kinds hold no seed. */
export function itemsCode(): Command {
  return new Command('code')
    .description('Print the one-time code of this moment of a password, which is recorded.')
    .argument('<item>', 'its number, whole name, URL or tag')
    .option('--reason <text>', 'why, where its owner asks for a reason')
    .option('--json', 'print it with the seconds that it is good for as one line of JSON')
    .addHelpText('after', example('arca password code GitHub'))
    .action((typed: string, { reason, json }: { reason?: string; json?: boolean }) =>
      withArca(async (arca) => {
        const { number } = await findItem(arca, 'password', typed, 'enabled');
        const wish = {
          kind: 'password' as const,
          number,
          fields: ['code' as const],
          ...given({ justification: reason }),
        };
        const { secrets, codeSecondsLeft } = await arca.items.reveal(wish);
        const { code } = secrets;
        if (code === null || code === undefined)
          throw new Problem('refused', 'The password has no seed of one-time codes.');
        return json ? writeJson({ code, secondsLeft: codeSecondsLeft }) : writeValue(code);
      }),
    );
}
