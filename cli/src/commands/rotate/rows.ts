import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';
import { rotate } from './follow.ts';

export function rotateRows(): Command {
  return new Command('rows')
    .description('Replace the key of the row MACs, by which a change by other hands is seen.')
    .addHelpText('after', example('arca rotate rows'))
    .action(async () => {
      const { done } = await withSafe((operator) => rotate(operator, 'rows', false));
      say(`Replaced the row MAC key: ${done} rows gone through.`);
    });
}
