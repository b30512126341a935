import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { example } from '../example.ts';

/** A container image leaves the folder of the demo out, and then has no such command. */
export function hasDemo(): boolean {
  return existsSync(join(import.meta.dirname, 'demo'));
}

export function demo(): Command {
  return new Command('demo')
    .description('Serve a throwaway safe with sample people and items on a free port, and print how to talk to it.')
    .addHelpText('after', example('arca demo'))
    .action(async () => {
      const { serveDemo } = await import('./demo/serve-demo.ts');
      await serveDemo();
    });
}
