import { openSafe } from '../open-safe.ts';
import { type Restored, restoreStore } from '../restore-safe.ts';
import type { Settings } from '../settings.ts';
import { type BackupOpener, readBackup } from './backup-file.ts';
import { commandLog } from './command-log.ts';
import { operate } from './operate.ts';

/**
 * Restores a backup into the empty place that the settings name and opens the safe once, which records the restore.
 * Throws what reading, restoring and opening throw; until the restore is whole nothing of it is kept.
 */
export async function restoreHere(
  path: string,
  opener: BackupOpener,
  settings: Settings,
  { keepKeys, say }: { keepKeys: boolean; say: (line: string) => void },
): Promise<Restored & { heldKeys: number }> {
  const restored = await restoreStore(settings, readBackup(path, opener), { keepKeys, clock: () => new Date() });
  const { safe, close } = await openSafe(settings, { log: commandLog(say), mayMake: false });
  try {
    const keys = await operate(safe, 'restore').run('access-key.list', undefined);
    const held = keys.filter(({ heldAt, revokedAt }) => heldAt !== null && revokedAt === null);
    return { ...restored, heldKeys: held.length };
  } finally {
    await close();
  }
}
