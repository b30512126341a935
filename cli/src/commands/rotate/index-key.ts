import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';
import { rotate } from './follow.ts';

export function rotateIndex(): Command {
  return new Command('index')
    .description('Replace the key of the blind indexes, by which items are found without being opened.')
    .addHelpText('after', example('arca rotate index'))
    .action(async () => {
      const { done } = await withSafe((operator) => rotate(operator, 'index', false));
      say(`Replaced the index key: ${done} ${done === 1 ? 'item' : 'items'} gone through.`);
    });
}
