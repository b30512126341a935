import { Command, Option } from 'commander';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { readNewPassword } from '../../password.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

type Options = { name?: string; email?: string; role: string; passwordStdin?: boolean; own?: boolean };

export function userAdd(): Command {
  return new Command('add')
    .description('Add a user with a first password, which he must change when he signs in, within 7 days.')
    .argument('<username>', 'his username, kept in lower case')
    .option('--name <text>', 'his full name')
    .option('--email <address>', 'his e-mail address')
    .addOption(new Option('--role <role>', 'what he may do').choices(['admin', 'member']).default('member'))
    .option('--password-stdin', 'read his password from stdin')
    .option('--own', 'he has typed it himself: it need not be changed')
    .addHelpText('after', example('arca user add bruno --email bruno@example.com --password-stdin < password.txt'))
    .action(async (typed: string, { name, email, role, passwordStdin, own }: Options) => {
      const password = await readNewPassword(passwordStdin);
      const input = { username: typed, password, role, temporary: own !== true, ...given({ name, email }) };
      const { username } = await withSafe((operator) => operator.run('user.add', input));
      say(`Added ${username}.`);
    });
}
