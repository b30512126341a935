import { removeAllArchived } from '../actions/audit/archive.ts';
import type { Safe } from '../actions/safe.ts';
import { readPassphrase } from '../root-key.ts';
import type { Settings } from '../settings.ts';
import { ArchivedElsewhere, archiveAudit } from './archive-audit.ts';
import type { BackupLock } from './backup-file.ts';
import { contextOf, operate } from './operate.ts';

/** Under this name the audit tells of what the schedule does. */
const account = 'schedule';
const lookEvery = 6 * 3_600_000;

/**
 * Puts entries of the audit that are older than the settings say into archives, some times a day, and goes on with what was
 * cut short. Without such a setting it only does the latter: what an archive holds leaves the store.
 */
export function startArchiving(safe: Safe, settings: Settings): { stop(): Promise<void> } {
  let round: Promise<void> | null = null;
  const look = () => {
    round ??= archiveOnce(safe, settings)
      .catch((thrown) => {
        // Another node is at it, or somebody with the command: what is left over comes with the next round.
        if (thrown instanceof ArchivedElsewhere) return;
        safe.log.error({ err: thrown }, 'the audit could not be archived');
      })
      .finally(() => {
        round = null;
      });
  };
  const timer = setInterval(look, lookEvery);
  timer.unref();
  look();
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}

async function archiveOnce(safe: Safe, settings: Settings): Promise<void> {
  await removeAllArchived(contextOf(safe, account));
  const { auditDays, auditArchiveDir } = settings;
  if (auditDays === null || auditArchiveDir === null) return;
  const task = { folder: auditArchiveDir, days: auditDays, lock: await lockOf(settings) };
  const made = await archiveAudit(operate(safe, account), task);
  if (made) safe.log.info({ path: made.path, entries: made.entries, before: made.before }, 'audit archived');
}

/** As backups are encrypted, if they are. */
async function lockOf({ backupRecipients, backupPassphraseFile }: Settings): Promise<BackupLock | null> {
  if (backupRecipients.length > 0) return { recipients: backupRecipients };
  return backupPassphraseFile === null ? null : { passphrase: await readPassphrase(backupPassphraseFile) };
}
