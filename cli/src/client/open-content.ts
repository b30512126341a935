import { openAsBlob } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Arca } from '../../../sdk/src/arca.ts';
import { fileTrouble } from '../file-trouble.ts';
import { Problem } from '../problem.ts';
import { readStdin, stdinIsTerminal } from '../terminal.ts';

/** What is to be uploaded. A blob of a file is read as it is sent. */
export type Content = { blob: Blob; fileName: string; mediaType: string; mustBeUnchanged(): Promise<void> };

type Wish = { fileName?: string; mediaType?: string; resume?: string };

/** Opens a file, or takes all of stdin for `-`. */
export async function openContent(arca: Arca, path: string, wish: Wish): Promise<Content> {
  const { fileName = path === '-' ? undefined : basename(path) } = wish;
  if (fileName === undefined)
    throw new Problem('usage', 'What comes on stdin has no name: give it one with --file-name.');
  // Unless told, the safe finds it by the end of the name.
  const { mediaType = '' } = wish;
  if (path === '-') {
    if (stdinIsTerminal()) throw new Problem('usage', 'There is nothing on stdin: redirect it, or name a file.');
    const { perFile } = await arca.uploads.list();
    return { blob: await allOfStdin(perFile), fileName, mediaType, mustBeUnchanged: async () => undefined };
  }
  const { size, mtimeMs } = await lookAt(path);
  if (wish.resume !== undefined) {
    const { createdAt } = await arca.uploads.read({ id: wish.resume });
    if (mtimeMs > Date.parse(createdAt)) {
      throw new Problem('refused', `${path} was changed since that upload was begun: begin anew, without --resume.`);
    }
  }
  return {
    blob: await openAsBlob(path),
    fileName,
    mediaType,
    async mustBeUnchanged() {
      const now = await lookAt(path);
      if (now.size !== size || now.mtimeMs !== mtimeMs)
        throw new Problem('refused', `${path} was changed while it was read.`);
    },
  };
}

async function lookAt(path: string): Promise<{ size: number; mtimeMs: number }> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const found = await file.stat();
    if (!found.isFile()) throw new Problem('refused', `${path} is not a file; what comes from a pipe is put with -.`);
    return found;
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    throw new Problem('refused', `${path} cannot be read: ${fileTrouble(thrown)}.`);
  } finally {
    await file?.close();
  }
}

/** Its length must be told before its first byte goes: it is held until its end is there. */
async function allOfStdin(most: number): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of readStdin()) {
    size += piece.length;
    if (size > most)
      throw new Problem('refused', `What came on stdin is more than the ${most} bytes that a file may have.`);
    pieces.push(new Uint8Array(piece));
  }
  return new Blob(pieces);
}
