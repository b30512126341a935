import { Command } from 'commander';
import { example } from '../example.ts';
import { withSettings } from '../safe.ts';
import { say } from '../terminal.ts';

export function serve(): Command {
  return new Command('serve')
    .description('Serve the safe until it is told to stop. An empty data folder becomes a new safe.')
    .addHelpText('after', example('ARCA_PORT=8080 arca serve'))
    .action(() =>
      withSettings(async (settings) => {
        // Most of the server's code: read only by the command that needs it.
        const server = await import('../../../server/src/main.ts');
        await server.serve(settings, say);
      }),
    );
}
