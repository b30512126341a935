import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { type SignInOptions, signInOf, withSignIn } from '../../sign-in.ts';
import { writeJson, writeTable } from '../../terminal.ts';
import { readId } from './tell-import.ts';

export function importLog(): Command {
  return withSignIn(
    new Command('log')
      .description('Tell of each record of a file what is to become of it, or has become of it.')
      .argument('<id>', 'the number of the import'),
  )
    .option('--json', 'print a line of JSON for each')
    .addHelpText('after', example('arca import log 7 --user ana'))
    .action(async (text: string, options: SignInOptions & { json?: boolean }) => {
      const id = readId(text);
      const as = await signInOf(options);
      const rows = await withSafe((operator) => operator.run('import.log', { as, id }));
      if (options.json) {
        for (const row of rows) await writeJson(row);
        return;
      }
      const headings = ['LINE', 'KIND', 'NAME', 'VERDICT', 'OUTCOME', 'ID', 'WHY'];
      const cells = rows.map((row) => {
        const why = [row.reason ?? '', ...row.remarks].filter((one) => one !== '').join('; ');
        return [String(row.line), row.kind, row.name, row.verdict, row.outcome ?? '', String(row.number ?? ''), why];
      });
      await writeTable(headings, cells);
    });
}
