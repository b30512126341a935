import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { writeJson, writeTable } from '../../terminal.ts';

export function groupList(): Command {
  return new Command('list')
    .description('List all groups by name, private ones too.')
    .option('--json', 'print them as one line of JSON')
    .addHelpText('after', example('arca group list'))
    .action(async ({ json }: { json?: boolean }) => {
      const groups = await withSafe((operator) => operator.run('group.list', undefined));
      if (json) return writeJson(groups);
      const rows = groups.map(({ id, name, owner, disabledAt, members, description }) => [
        String(id),
        name,
        owner ?? '',
        disabledAt === null ? 'enabled' : 'disabled',
        members.join(', '),
        description,
      ]);
      return writeTable(['ID', 'NAME', 'PRIVATE TO', 'STATE', 'MEMBERS', 'DESCRIPTION'], rows);
    });
}
