import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';

export function keyRevoke(): Command {
  return new Command('revoke')
    .description('End an access key and all its tokens at once and for good.')
    .argument('<client-id>', 'its client id')
    .addHelpText('after', example('arca key revoke CLIENT_ID'))
    .action(async (clientId: string) => {
      const { changed } = await withSafe((operator) => operator.run('access-key.revoke', { clientId }));
      say(changed ? 'Revoked the access key.' : 'The access key is revoked already.');
    });
}
