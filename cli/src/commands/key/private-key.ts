import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { write } from '../../terminal.ts';

export function keyPrivateKey(): Command {
  return new Command('private-key')
    .description('Print the private key that opens the encrypted answers of an access key, as PEM; this is recorded.')
    .argument('<client-id>', 'its client id')
    .addHelpText('after', example('arca key private-key CLIENT_ID > answers.key'))
    .action(async (clientId: string) => {
      const { pem } = await withSafe((operator) => operator.run('access-key.view-private-key', { clientId }));
      await write(pem.endsWith('\n') ? pem : `${pem}\n`);
    });
}
