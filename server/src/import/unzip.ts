import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { FileProblem } from './file-problem.ts';

const mostEntries = 10_000;
const mostBytes = 128 * 1024 * 1024;

/**
 * The wanted entries of a zip, chosen by name and by what they say to unpack to; no name twice, for readers differ in
 * which of two they keep. What an entry says of its size is believed only as far as it keeps to it, and all wanted ones
 * together may be 128 MiB. Throws FileProblem.
 */
export async function unzip(
  bytes: Uint8Array,
  isWanted: (name: string, size: number) => boolean,
): Promise<Map<string, Buffer>> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      const options = { lazyEntries: true, strictFileNames: true, validateEntrySizes: true };
      fromBuffer(buffer, options, (fault, opened) => (fault ? reject(fault) : resolve(opened)));
    });
    if (zip.entryCount > mostEntries) throw new FileProblem(`has more than ${mostEntries} files in it`);
    const files = new Map<string, Buffer>();
    const names = new Set<string>();
    let size = 0;
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject);
      zip.on('end', resolve);
      zip.on('entry', (entry: Entry) => {
        if (names.has(entry.fileName)) return reject(new FileProblem('has two files of one name in it'));
        names.add(entry.fileName);
        if (!isWanted(entry.fileName, entry.uncompressedSize)) return zip.readEntry();
        size += entry.uncompressedSize;
        if (size > mostBytes) return reject(new FileProblem('unpacks to more than 128 MiB'));
        contentOf(zip, entry).then((content) => {
          files.set(entry.fileName, content);
          zip.readEntry();
        }, reject);
      });
      zip.readEntry();
    });
    return files;
  } catch (thrown) {
    throw thrown instanceof FileProblem ? thrown : new FileProblem('is no zip, or was changed or cut off');
  }
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (fault, opened) => (fault ? reject(fault) : resolve(opened)));
  });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
