import { Command, Option } from 'commander';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { withSafe } from '../../safe.ts';
import { say } from '../../terminal.ts';
import { draftOf, type KeyOptions, withKeyOptions } from './key-options.ts';
import { writeCredentials } from './write-credentials.ts';

type Options = KeyOptions & { owner: string; encrypt?: string; json?: boolean };

export function keyAdd(): Command {
  const command = new Command('add')
    .description('Add an access key that acts as its owner within its limits, and print its credentials.')
    .requiredOption('--owner <username>', 'the user it acts as')
    .requiredOption('--name <text>', 'its name');
  return withKeyOptions(command)
    .addOption(new Option('--encrypt <form>', 'how it gets secrets').choices(['none', 'rsa-oaep', 'jwe']))
    .option('--json', 'print the credentials as one line of JSON')
    .addHelpText('after', example('arca key add --owner ana --name backup --items password:3 --expires 2030-01-31'))
    .action(async ({ owner, encrypt, json, ...limits }: Options) => {
      const input = { owner, ...draftOf(limits), ...given({ encryption: encrypt }) };
      const credentials = await withSafe((operator) => operator.run('access-key.add', input));
      if (!json && limits.expires === undefined) {
        say('This key works until it is revoked: no --expires was given.');
      }
      await writeCredentials(credentials, json);
    });
}
