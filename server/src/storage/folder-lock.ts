import { DatabaseSync } from 'node:sqlite';

/** Another process holds the data folder. */
export class FolderInUse extends Error {
  override name = 'FolderInUse';
}

/**
 * Takes a data folder for this process alone, for as long as it lives: a lock of the operating system on a file of its
 * own, held by an open transaction, so that a killed process leaves none behind. Waits a while for another process
 * to be done with it, then throws FolderInUse.
 */
export function lockFolder(path: string, patienceMilliseconds: number): { release(): void } {
  const database = new DatabaseSync(path, { timeout: patienceMilliseconds });
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
