import { Command, InvalidArgumentError } from 'commander';
import type { ResultOf } from '../../../../server/src/admin/commands.ts';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { writeJson, writeTable } from '../../terminal.ts';
import { instant } from '../../words.ts';

type Options = {
  event?: string;
  user?: string;
  target?: string;
  since?: string;
  until?: string;
  limit?: number;
  json?: boolean;
};
type Entry = ResultOf<'audit.list'>[number];

export function auditList(): Command {
  return new Command('list')
    .description('List what happened, newest first.')
    .option('--event <event>', 'only this event, such as item.revealed')
    .option('--user <username>', 'only what this user did')
    .option('--target <target>', 'only what was done to this, such as password:3 or user:7')
    .option('--since <time>', 'from this time on, such as 2027-01-31T12:00:00Z')
    .option('--until <time>', 'before this time')
    .option('--limit <number>', 'so many entries at the most, 10000 or less; 100 unless told', whole)
    .option('--json', 'print them as one line of JSON')
    .addHelpText('after', example('arca audit list --event item.revealed --user ana --since 2027-01-31'))
    .action(async ({ json, ...query }: Options) => {
      const entries = await withSafe((operator) => operator.run('audit.list', query));
      if (json) return writeJson(entries);
      const rows = entries.map((entry) => [
        instant(entry.at),
        entry.event,
        whoOf(entry),
        entry.target ?? '',
        detailsOf(entry),
      ]);
      return writeTable(['TIME', 'EVENT', 'WHO', 'TARGET', 'DETAILS'], rows);
    });
}

function whoOf({ user, details }: Entry): string {
  if (user !== null) return user;
  return typeof details.operator === 'string' ? `${details.operator} on the host` : '';
}

function detailsOf({ details }: Entry): string {
  const told = Object.entries(details).filter(([name, value]) => name !== 'operator' && value !== '');
  return told.map(([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') : value}`).join(' ');
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
