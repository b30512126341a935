import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';
import { rotate } from './follow.ts';

export function rotateData(): Command {
  return new Command('data')
    .description('Replace the key that encrypts: new versions use the new one at once, older ones are wrapped anew.')
    .option('--reseal', 'encrypt all contents anew, too: for when root key and data were stolen')
    .addHelpText('after', example('arca rotate data', 'arca rotate data --reseal'))
    .action(async ({ reseal = false }: { reseal?: boolean }) => {
      const { done } = await withSafe((operator) => rotate(operator, 'data', reseal));
      say(`Replaced the data key: ${done} rows gone through.`);
    });
}
