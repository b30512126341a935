import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say, writeJson, writeTable } from '../../terminal.ts';
import { instant } from '../../words.ts';

export function auditLeaver(): Command {
  return new Command('leaver')
    .description('List what a person revealed or set, and which of it has not changed since; this is recorded.')
    .argument('<username>', 'who leaves')
    .option('--json', 'print them, and since when the audit tells, as one line of JSON')
    .addHelpText('after', example('arca audit leaver bruno'))
    .action(async (username: string, { json }: { json?: boolean }) => {
      const report = await withSafe((operator) => operator.run('audit.leaver', { username }));
      if (json) return writeJson(report);
      if (report.since)
        say(`What he did before ${instant(report.since)} is in archives of the audit, and not told here.`);
      const cells = report.items.map((row) => [
        `${row.kind}:${row.number}`,
        row.owner,
        instant(row.lastAt),
        row.fields.join(','),
        row.unchanged.join(',') || 'none',
        row.access,
      ]);
      return writeTable(['ITEM', 'OWNER', 'LAST', 'KNOWS', 'UNCHANGED', 'ACCESS NOW'], cells);
    });
}
