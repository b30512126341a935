import { Command } from 'commander';
import { example } from '../../example.ts';
import { readNewPassword } from '../../password.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function userPassword(): Command {
  return new Command('password')
    .description('Set the password of a user in place of the one before.')
    .argument('<username>', 'his username')
    .option('--password-stdin', 'read his password from stdin')
    .addHelpText('after', example('arca user password bruno --password-stdin < password.txt'))
    .action(async (username: string, { passwordStdin }: { passwordStdin?: boolean }) => {
      const password = await readNewPassword(passwordStdin);
      await withSafe((operator) => operator.run('user.set-password', { username, password }));
      say(`Set the password of ${username}.`);
    });
}
