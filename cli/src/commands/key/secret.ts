import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { writeCredentials } from './write-credentials.ts';

export function keySecret(): Command {
  return new Command('secret')
    .description('Print the credentials of an access key again; this is recorded in the audit.')
    .argument('<client-id>', 'its client id')
    .option('--json', 'print the credentials as one line of JSON')
    .addHelpText('after', example('arca key secret CLIENT_ID'))
    .action(async (clientId: string, { json }: { json?: boolean }) => {
      const credentials = await withSafe((operator) => operator.run('access-key.view-secret', { clientId }));
      await writeCredentials(credentials, json);
    });
}
