import { Command } from 'commander';
import { type Arca, ArcaError, type FileItem, upload } from '../../../../sdk/src/arca.ts';
import { bytesTold } from '../../client/bytes-told.ts';
import { withArca } from '../../client/connect.ts';
import { findItem } from '../../client/find-item.ts';
import { interruptible } from '../../client/interrupt.ts';
import { type Content, openContent } from '../../client/open-content.ts';
import { example } from '../../example.ts';
import { given } from '../../given.ts';
import { type List, lifted, listOption } from '../../list-option.ts';
import { Problem } from '../../problem.ts';
import { say, writeJson } from '../../terminal.ts';

type Options = {
  name?: string;
  versionOf?: string;
  fileName?: string;
  mediaType?: string;
  tags?: List;
  resume?: string;
  json?: boolean;
};

export function filesPut(): Command {
  return new Command('put')
    .description('Bring a file into the safe: as a new one of your own, or as the next version of one that is there.')
    .argument('<path>', 'which, or - for stdin')
    .option('--name <text>', 'the name of the item; its file name unless told')
    .option('--version-of <item>', 'make it the next version of this file: its number, whole name or tag')
    .option('--file-name <text>', 'under which name it is saved later; its own unless told')
    .option('--media-type <type>', 'what it is, such as application/pdf; by the end of its name unless told')
    .addOption(listOption('--tags <text,..>', 'its tags, or none', 'none'))
    .option('--resume <upload>', 'go on with an upload of the same file that broke off less than a day ago')
    .option('--json', 'print its open fields as one line of JSON')
    .addHelpText(
      'after',
      example('arca file put contract.pdf --tags legal', 'arca file put contract.pdf --version-of 12'),
    )
    .action((path: string, options: Options) =>
      withArca((arca) => interruptible((signal) => putFile(arca, path, options, signal))),
    );
}

async function putFile(arca: Arca, path: string, options: Options, signal: AbortSignal): Promise<void> {
  const { versionOf, resume, json } = options;
  if (resume !== undefined && !/^[0-9a-f]{32}$/.test(resume))
    throw new Problem('usage', '--resume takes what the command told when it broke off: 32 signs of 0-9 and a-f.');
  // Before a byte goes: what cannot be changed need not be uploaded.
  const target = versionOf === undefined ? null : ((await findItem(arca, 'file', versionOf, 'enabled')) as FileItem);
  if (target && !target.enabled) throw new Problem('refused', 'Enable the file first.');
  if (target && !target.may.update) throw new Problem('refused', 'You may not change this file.');
  const content = await openContent(arca, path, given(options));
  const { name = target === null ? content.fileName : undefined, tags } = options;
  const draft = given({ name, tags: tags === lifted ? [] : tags });
  const item = await bring(arca, content, path, resume, signal, (id) =>
    target === null
      ? arca.items.createFile({ name: content.fileName, ...draft, upload: id }, { signal })
      : arca.items.updateFile({ number: target.number, ...draft, upload: id }, { ifMatch: target.revision, signal }),
  );
  if (json) return writeJson(item);
  if (target === null)
    say(`Put ${content.fileName} (${content.blob.size} bytes) into the safe as file ${item.number}.`);
  else
    say(
      `Put ${content.fileName} (${content.blob.size} bytes) into the safe as version ${item.version} of file ${item.number}.`,
    );
}

/** Uploads and has an item take it. If that ends before, it tells how to go on. */
async function bring<T>(
  arca: Arca,
  content: Content,
  path: string,
  resume: string | undefined,
  signal: AbortSignal,
  take: (id: string) => Promise<T>,
): Promise<T> {
  const { blob, fileName, mediaType } = content;
  const tell = bytesTold(blob.size);
  let begun = '';
  const onBegin = (id: string) => {
    begun = id;
  };
  try {
    const uploading = { fileName, mediaType, signal, onBegin, onProgress: tell, ...given({ resume }) };
    const item = await take(await upload(arca, blob, uploading));
    tell(null);
    return item;
  } catch (thrown) {
    tell(null);
    // Another file under the same name would become a mixture of both.
    await content.mustBeUnchanged();
    if (begun !== '' && !(thrown instanceof ArcaError && thrown.code === 'upload_not_found')) {
      const told = path === '-' ? 'with the same content' : 'with the same file';
      say(`What has come is kept for a day; to go on, repeat the command ${told} and --resume ${begun}.`);
    }
    throw thrown;
  }
}
