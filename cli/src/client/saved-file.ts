import { randomBytes } from 'node:crypto';
import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../problem.ts';
import { codeOf } from './credentials.ts';

/** A file that is being written; it has its name only once it is whole. */
export type Saving = { write(bytes: Uint8Array): Promise<void>; finish(): Promise<void>; giveUp(): Promise<void> };

/** Where a file is to be saved: in a folder that was named under `fileName`, else under the path that was. */
export function placeFor(wished: string | undefined, fileName: string): string {
  const name = harmless(fileName);
  if (wished === undefined) return name;
  return lookAt(wished)?.isDirectory() ? join(wished, name) : wished;
}

/** The name was chosen by whoever shared the file: it is one name, and none that programs look for by itself. */
function harmless(fileName: string): string {
  const name = basename(fileName.replaceAll('\\', '/')).replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, '');
  const shown = name.replace(/^\.+/, '_');
  return shown === '' ? 'file' : shown;
}

/** Refuses a place where something is that may not be overwritten, or where nothing can be written. */
export function mustBeFree(path: string, force: boolean): void {
  const there = lookAt(path);
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (thrown) {
    throw unwritable(path, thrown);
  }
  if (there === null) return;
  if (!there.isFile()) throw new Problem('refused', `${path} is not a file; to write to stdout use -.`);
  if (!force) throw new Problem('refused', `${path} is there already; --force overwrites it.`);
}

function lookAt(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw unwritable(path, thrown);
  }
}

/** Begins to save a file of mode 0600 beside its place, under a name that it has only meanwhile. */
export async function beginSaving(path: string, force: boolean): Promise<Saving> {
  const draft = join(dirname(path), `.arca-${randomBytes(6).toString('hex')}.part`);
  let file: FileHandle | null = null;
  const doing = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (thrown) {
      throw thrown instanceof Problem ? thrown : unwritable(path, thrown);
    }
  };
  await doing(async () => {
    file = await open(draft, 'wx', 0o600);
  });
  const close = async () => {
    await file?.close();
    file = null;
  };
  return {
    write: (bytes) =>
      doing(async () => {
        // One call may write less than it was given.
        for (let at = 0; at < bytes.length; ) at += (await file?.write(bytes, at))?.bytesWritten ?? 0;
      }),
    finish: () =>
      doing(async () => {
        await close();
        if (force) await rename(draft, path);
        else await publish(draft, path);
      }),
    async giveUp() {
      await close().catch(() => undefined);
      await unlink(draft).catch(() => undefined);
    },
  };
}

/** Gives a draft its name unless something took that meanwhile. */
async function publish(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
    await unlink(draft);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') mustBeFree(path, false);
    // A file system without hard links, such as FAT: there only a look helps.
    const isTaken = await stat(path).then(
      () => true,
      () => false,
    );
    if (isTaken) throw thrown;
    await rename(draft, path);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left there',
  EDQUOT: 'your quota there is used up',
  EACCES: 'you may not write there',
  EROFS: 'nothing can be written there',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EFBIG: 'the file is too large for that place',
};

function unwritable(path: string, thrown: unknown): Problem {
  const code = codeOf(thrown);
  return new Problem('refused', `${path} could not be written: ${reasons[code] ?? code}.`);
}
