import { DatabaseSync } from 'node:sqlite';

/** Another process holds the data folder. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';
}

/**
 * Takes a data folder for this process alone, for as long as it lives: a lock of the operating system on a file of its
 * own, held by an open transaction, so that a killed process leaves none behind. Throws FolderInUse.
 */
export function lockFolder(path: string): { release(): void } {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('pragma journal_mode = delete; begin exclusive');
  } catch (thrown) {
    database.close();
    // SQLITE_BUSY
    if ((thrown as { errcode?: number }).errcode === 5) throw new FolderInUse('the data folder is in use');
    throw thrown;
  }
  return { release: () => database.close() };
}
