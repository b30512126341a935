import { Command } from 'commander';
import { withArca } from '../client/connect.ts';
import { example } from '../example.ts';
import { write, writeJson } from '../terminal.ts';
import { instant } from '../words.ts';

export function whoami(): Command {
  return new Command('whoami')
    .description('Tell which safe and access key commands use, and whose the key is, if it still holds.')
    .option('--json', 'print it as one line of JSON')
    .addHelpText('after', example('arca whoami'))
    .action(({ json }: { json?: boolean }) =>
      withArca(async (arca, { url, clientId, expiresAt, from }) => {
        // A key may ask for items only; one that its owner owns tells his name.
        const [own] = (await arca.items.list({ owner: 'me', state: 'all', limit: 1 })).items;
        const username = own?.owner ?? null;
        if (json) return writeJson({ url, clientId, username, expiresAt, from });
        const rows = [
          ['Safe', url],
          ['Client ID', clientId],
          ['User', username ?? 'not known: he owns no item that this key may see'],
          ['Until', instant(expiresAt) || 'its owner knows'],
          ['Kept in', from],
        ];
        return write(rows.map(([name = '', value = '']) => `${`${name}:`.padEnd(12)}${value}\n`).join(''));
      }),
    );
}
