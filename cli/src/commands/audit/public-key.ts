import { Command } from 'commander';
import { example } from '../../example.ts';
import { withSafe } from '../../safe.ts';
import { write, writeJson } from '../../terminal.ts';

export function auditPublicKey(): Command {
  return new Command('public-key')
    .description('Print the public keys that sign the audit, newest first, to be noted away from this host.')
    .option('--json', 'print them as one line of JSON')
    .addHelpText('after', example('arca audit public-key > audit-keys.txt'))
    .action(async ({ json }: { json?: boolean }) => {
      const keys = await withSafe((operator) => operator.run('audit.public-key', undefined));
      // No headings: the lines are what `audit verify --public-key @FILE` reads.
      return json ? writeJson(keys) : write(keys.map(({ id, publicKey }) => `${id}  ${publicKey}\n`).join(''));
    });
}
