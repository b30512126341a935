import { type FileHandle, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BlobMissing, type BlobStore, BlobStoreFault, mustBeBlobId } from './blob-store.ts';

/** What is read or written at once, in memory that is used again: fresh memory for each would keep the collector at work. */
const pieceBytes = 1024 * 1024;
/** So much is written before the disk is told to begin with it. */
const syncedBytes = 4 * pieceBytes;

/** Blobs as files of one folder, spread over 256 folders in it. It appears with the first of them. */
export function folderStore(folder: string): BlobStore {
  const pathOf = (id: string): string => {
    mustBeBlobId(id);
    return join(folder, id.slice(0, 2), id);
  };
  return {
    async put(id, size, bytes) {
      const path = pathOf(id);
      const draft = `${path}.part`;
      try {
        await makeFolder(folder, dirname(path));
        await writeDraft(draft, size, bytes);
        await rename(draft, path);
        await syncFolder(dirname(path));
      } catch (thrown) {
        await unlink(draft).catch(() => undefined);
        throw asFault(thrown);
      }
    },
    async *read(id, from, to) {
      if (from >= to) return;
      let file: FileHandle | undefined;
      try {
        file = await open(pathOf(id), 'r');
        const room = Buffer.allocUnsafeSlow(Math.min(to - from, pieceBytes));
        for (let at = from; at < to; ) {
          const { bytesRead } = await file.read(room, 0, Math.min(room.length, to - at), at);
          // Behind the end of a file there is nothing: it was cut.
          if (bytesRead === 0) return;
          yield room.subarray(0, bytesRead);
          at += bytesRead;
        }
      } catch (thrown) {
        throw asFault(thrown);
      } finally {
        await file?.close();
      }
    },
    async size(id) {
      try {
        return (await stat(pathOf(id))).size;
      } catch (thrown) {
        if (isMissing(thrown)) return null;
        throw asFault(thrown);
      }
    },
    async remove(id) {
      for (const path of [`${pathOf(id)}.part`, pathOf(id)]) {
        await unlink(path).catch((thrown) => {
          if (!isMissing(thrown)) throw asFault(thrown);
        });
      }
    },
  };
}

/**
 * While one piece is written the next one comes, and the disk begins with what it has: who sends waits for neither, and
 * the last sync finds little to do.
 */
async function writeDraft(path: string, size: number, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file: FileHandle = await open(path, 'wx', 0o600);
  const roomBytes = Math.max(1, Math.min(size, pieceBytes));
  let room = Buffer.allocUnsafeSlow(roomBytes);
  let otherRoom = Buffer.allocUnsafeSlow(roomBytes);
  let filled = 0;
  let written = 0;
  let unsynced = 0;
  let writing: Promise<void> = Promise.resolve();
  let syncing: Promise<void> = Promise.resolve();
  let isSyncing = false;
  /** One at a time, and nobody waits for it: on a busy disk it takes seconds. A fault that it tells is not told again. */
  const sync = () => {
    isSyncing = true;
    unsynced = 0;
    syncing = syncing
      .then(() => file.datasync())
      .finally(() => {
        isSyncing = false;
      });
    syncing.catch(() => undefined);
  };
  const write = async () => {
    await writing;
    writing = writeWhole(file, room, filled);
    writing.catch(() => undefined);
    written += filled;
    unsynced += filled;
    filled = 0;
    [room, otherRoom] = [otherRoom, room];
    if (unsynced >= syncedBytes && !isSyncing) sync();
  };
  try {
    for await (const piece of bytes) {
      for (let at = 0; at < piece.length; ) {
        const some = piece.subarray(at, at + room.length - filled);
        room.set(some, filled);
        filled += some.length;
        at += some.length;
        if (filled === room.length) await write();
      }
    }
    await write();
    await writing;
    if (written !== size) throw new BlobStoreFault(`${written} bytes came, and not ${size}`);
    await syncing;
    await file.sync();
  } finally {
    await Promise.allSettled([writing, syncing]);
    await file.close();
  }
}

async function writeWhole(file: FileHandle, bytes: Buffer, length: number): Promise<void> {
  // One call may write less than it was given.
  for (let at = 0; at < length; ) at += (await file.write(bytes, at, length - at)).bytesWritten;
}

/** A new folder is there after a crash only when the one that names it was synced. */
async function makeFolder(root: string, folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made === undefined) return;
  await syncFolder(root);
  if (made !== folder) await syncFolder(dirname(root));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const isMissing = (thrown: unknown): boolean => (thrown as NodeJS.ErrnoException).code === 'ENOENT';

/** Faults of the file system; what another part of the work threw is passed on as it is. */
function asFault(thrown: unknown): unknown {
  const { code, syscall } = thrown as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return thrown;
  if (code === 'ENOENT' && syscall === 'open') return new BlobMissing();
  return new BlobStoreFault(`the folder of files: ${code} (${syscall})`);
}
