import { Command } from 'commander';
import { example } from '../../example.ts';
import { readNewPassword } from '../../password.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function userPassword(): Command {
  return new Command('password')
    .description(
      'Set a password of a user in place of the one before, which he must change when he signs in, within 7 days.',
    )
    .argument('<username>', 'his username')
    .option('--password-stdin', 'read his password from stdin')
    .option('--own', 'he has typed it himself: it need not be changed')
    .addHelpText('after', example('arca user password bruno --password-stdin < password.txt'))
    .action(async (username: string, { passwordStdin, own }: { passwordStdin?: boolean; own?: boolean }) => {
      const password = await readNewPassword(passwordStdin);
      await withSafe((operator) => operator.run('user.set-password', { username, password, temporary: own !== true }));
      say(`Set the password of ${username}.`);
    });
}
