import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { writeJson, writeTable } from '../../terminal.ts';
import { instant } from '../../words.ts';

export function userList(): Command {
  return new Command('list')
    .description('List all users by username.')
    .option('--json', 'print them as one line of JSON')
    .addHelpText('after', example('arca user list'))
    .action(async ({ json }: { json?: boolean }) => {
      const users = await withSafe((operator) => operator.run('user.list', undefined));
      if (json) return writeJson(users);
      const rows = users.map(({ id, username, name, email, role, disabledAt, createdAt }) => [
        String(id),
        username,
        name,
        email,
        role,
        disabledAt === null ? 'enabled' : 'disabled',
        instant(createdAt),
      ]);
      return writeTable(['ID', 'USERNAME', 'NAME', 'E-MAIL', 'ROLE', 'STATE', 'ADDED'], rows);
    });
}
