import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';
import { writeCredentials } from './write-credentials.ts';

export function keyClone(): Command {
  return new Command('clone')
    .description('Make an access key with the same limits, new credentials and no expiry, and print its credentials.')
    .argument('<client-id>', 'client id of the key to clone')
    .option('--json', 'print the credentials as one line of JSON')
    .addHelpText('after', example('arca key clone CLIENT_ID'))
    .action(async (clientId: string, { json }: { json?: boolean }) => {
      const credentials = await withSafe((operator) => operator.run('access-key.clone', { clientId }));
      if (!json) say('This key works until it is revoked; arca key change can give it an end.');
      await writeCredentials(credentials, json);
    });
}
