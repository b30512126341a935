import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { say, writeJson, writeTable } from '../../terminal.ts';
import { instant } from '../../words.ts';

export function rotateStatus(): Command {
  return new Command('status')
    .description('List the keys of the safe, and tell how far a rotation has come.')
    .option('--json', 'print them as one line of JSON')
    .addHelpText('after', example('arca rotate status'))
    .action(async ({ json }: { json?: boolean }) => {
      const listed = await withSafe((operator) => operator.run('safe-key.list', undefined));
      if (json) return writeJson(listed);
      const { keys, rotation, dataKeyUse } = listed;
      await writeTable(
        ['PURPOSE', 'KEY', 'STATE', 'MADE', 'REPLACED'],
        keys.map(({ purpose, id, state, createdAt, replacedAt }) => [
          purpose,
          id,
          state,
          instant(createdAt),
          replacedAt === null ? '' : instant(replacedAt),
        ]),
      );
      if (rotation && rotation.finishedAt === null) {
        say(`A rotation (${rotation.what}) is under way: ${rotation.done} of ${rotation.total} rows.`);
      }
      if (dataKeyUse.uses > dataKeyUse.warnsAt) {
        say('The data key was used for more than 2^31 sealings: replace it with `arca rotate data`.');
      }
    });
}
