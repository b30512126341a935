import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reachSafe } from '../../../../server/src/admin/reach.ts';
import { readConfig } from '../../../../server/src/config.ts';
import { say, write } from '../../terminal.ts';
import { conversation } from './conversation.ts';
import { fillWithSamples } from './sample.ts';

/** Serves a safe with samples in a folder of its own until the process is told to stop, and removes it. */
export async function serveDemo(): Promise<void> {
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const folder = mkdtempSync(join(tmpdir(), 'arca-demo-'));
  try {
    await serveIn(folder, stopped);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say('The demo is over, and its safe is deleted.');
}

async function serveIn(folder: string, stopped: Promise<unknown>): Promise<void> {
  const { makeLog, startServer } = await import('../../../../server/src/main.ts');
  // A settings file of its own, for the operator's must not lead the demo to his safe.
  const configFile = join(folder, 'arca.yaml');
  writeFileSync(configFile, '');
  const settings = readConfig({ ARCA_CONFIG: configFile, ARCA_DATA_DIR: join(folder, 'data'), ARCA_PORT: '0' });
  const serving = await startServer(settings, makeLog('error', { write: (line) => say(line.trimEnd()) }));
  try {
    const { operator } = await reachSafe(settings, { name: 'demo', say, mayMake: false });
    const { nextPassword, ...key } = await fillWithSamples(operator, serving.url);
    say(`A throwaway safe is open at ${serving.url} until Ctrl-C: ana (admin), bruno and carla, the group Finance`);
    say("with both, and a few items of ana's. Talk to it from another terminal:\n");
    await write(conversation({ url: serving.url, ...key, number: nextPassword }));
    await stopped;
  } finally {
    await serving.close();
  }
}
