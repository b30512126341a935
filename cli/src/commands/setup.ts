import { Command } from 'commander';
import { example } from '../example.ts';
import { given } from '../given.ts';
import { readNewPassword } from '../password.ts';
import { withSafe } from '../safe.ts';
import { say } from '../terminal.ts';

type Options = { admin: string; name?: string; email?: string; passwordStdin?: boolean };

export function setup(): Command {
  return new Command('setup')
    .description('Make the first administrator of a safe that has nobody yet.')
    .requiredOption('--admin <username>', 'username of the administrator')
    .option('--name <text>', 'his full name')
    .option('--email <address>', 'his e-mail address')
    .option('--password-stdin', 'read his password from stdin')
    .addHelpText('after', example('arca setup --admin ana --password-stdin < password.txt'))
    .action(async ({ admin, name, email, passwordStdin }: Options) => {
      const password = await readNewPassword(passwordStdin);
      const input = { username: admin, password, ...given({ name, email }) };
      const { username } = await withSafe((operator) => operator.run('setup', input), { mayMake: true });
      say(`${username} is the administrator.`);
      say('Note the key that signs the audit, away from this host: arca audit public-key');
    });
}
