import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { writeJson } from '../../terminal.ts';

export function auditExport(): Command {
  return new Command('export')
    .description('Print the whole audit as lines of JSON, with what `arca audit verify` needs; this is recorded.')
    .addHelpText('after', example('arca audit export > audit.jsonl'))
    .action(() =>
      withSafe(async (operator) => {
        for await (const line of operator.stream('audit.export')) await writeJson(line);
      }),
    );
}
