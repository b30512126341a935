import { Command } from 'commander';
import type { Arca, FileItem } from '../../../../sdk/src/arca.ts';
import { bytesTold } from '../../client/bytes-told.ts';
import { withArca } from '../../client/connect.ts';
import { type Fetched, type Fetching, fetchContent } from '../../client/fetch-content.ts';
import { findItem } from '../../client/find-item.ts';
import { interruptible } from '../../client/interrupt.ts';
import { foundBy } from '../../client/kinds.ts';
import { beginSaving, mustBeFree, placeFor } from '../../client/saved-file.ts';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { readCount } from '../../list-option.ts';
import { Problem } from '../../problem.ts';
import { say, stdoutIsTerminal, writeBytes, writeJson } from '../../terminal.ts';

type Options = { output?: string; version?: number; force?: boolean; reason?: string; json?: boolean };

export function filesGet(): Command {
  return new Command('get')
    .description('Save the content of a file, which is recorded. What breaks off goes on where it was.')
    .argument('<item>', foundBy('file'))
    .option('--output <path>', 'where to: a file, a folder, or - for stdout; its own name in this folder unless told')
    .option('--version <number>', 'an earlier version, by its number', readCount)
    .option('--force', 'overwrite a file that is there')
    .option('--reason <text>', 'why, where its owner asks for a reason')
    .option('--json', 'print what was saved and where as one line of JSON')
    .addHelpText('after', example('arca file get contract', 'arca file get 12 --output - | less'))
    .action((typed: string, options: Options) => {
      const toStdout = options.output === '-';
      if (toStdout && options.json) throw new Problem('usage', '--json and --output - both want stdout.');
      if (toStdout && stdoutIsTerminal())
        throw new Problem('usage', 'A terminal would obey what is in the file: redirect stdout, or name a path.');
      return withArca((arca) =>
        interruptible(async (signal) => {
          const item = (await findItem(arca, 'file', typed, 'enabled')) as FileItem;
          const { version, reason } = options;
          const wish = { number: item.number, signal, ...given({ version, justification: reason }) };
          return toStdout ? toPipe(arca, wish) : toFile(arca, item, wish, options);
        }),
      );
    });
}

async function toPipe(arca: Arca, wish: Fetching): Promise<void> {
  await fetchContent(arca, wish, () => ({ write: writeBytes, tell: () => undefined }));
}

async function toFile(arca: Arca, item: FileItem, wish: Fetching, options: Options): Promise<void> {
  const { output, version, force = false, json } = options;
  // Looked at before anything is revealed; the name of an earlier version comes with it.
  let path = placeFor(output, item.fileName);
  if (version === undefined || version === item.version) mustBeFree(path, force);
  let saving: Awaited<ReturnType<typeof beginSaving>> | null = null;
  let got: Fetched;
  try {
    got = await fetchContent(arca, wish, async ({ fileName, size }) => {
      path = placeFor(output, fileName ?? item.fileName);
      mustBeFree(path, force);
      saving = await beginSaving(path, force);
      return { write: saving.write, tell: bytesTold(size) };
    });
    await (saving as { finish(): Promise<void> } | null)?.finish();
  } catch (thrown) {
    await (saving as { giveUp(): Promise<void> } | null)?.giveUp();
    throw thrown;
  }
  if (json)
    return writeJson({ number: item.number, version: got.version, path, size: got.size, mediaType: got.mediaType });
  say(`Saved file ${item.number} (${item.name}, ${got.size} bytes) as ${path}.`);
}
