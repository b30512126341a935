import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';
import { rotate } from './follow.ts';

export function rotatePepper(): Command {
  return new Command('pepper')
    .description('Replace the key of the password hashes: each password is hashed anew when its owner next signs in.')
    .addHelpText('after', example('arca rotate pepper'))
    .action(async () => {
      await withSafe((operator) => rotate(operator, 'pepper', false));
      say('Replaced the pepper. The one before goes when everybody has signed in.');
    });
}
