import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';
import { rotate } from './follow.ts';

export function rotateSigning(): Command {
  return new Command('signing')
    .description('Replace the keys that sign access tokens and the audit; tokens go on until they expire.')
    .addHelpText('after', example('arca rotate signing'))
    .action(async () => {
      await withSafe((operator) => rotate(operator, 'signing', false));
      say('Replaced the signing keys. Note the new public key of the audit: `arca audit public-key`.');
    });
}
