import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { ProvenBackup } from '../actions/backup/record.ts';
import { defaultRootKey, openSafe } from '../open-safe.ts';
import { RestoreProblem, restoreStore } from '../restore-safe.ts';
import type { Settings } from '../settings.ts';
import { type BackupOpener, readBackup } from './backup-file.ts';
import { operate } from './operate.ts';

/**
 * Restores a backup into a scratch folder and looks at it as a safe: every row is there, every MAC holds, a sample of
 * every kind opens, the audit verifies. Takes the root key from the settings and touches nothing that they name. Throws
 * what reading and restoring throw, and RestoreProblem with the first thing that does not hold.
 */
export async function proveBackup(path: string, opener: BackupOpener, settings: Settings): Promise<ProvenBackup> {
  const folder = mkdtempSync(join(tmpdir(), 'arca-proof-'));
  try {
    const scratch = scratchSettings(settings, folder);
    const restoring = { keepKeys: true, clock: () => new Date() };
    const restored = await restoreStore(scratch, readBackup(path, opener), restoring);
    const { safe, close } = await openSafe(scratch, { log: pino({ level: 'silent' }), mayMake: false });
    try {
      const operator = operate(safe, 'proof');
      const { rows, versions } = await operator.run('backup.check', { chance: Math.random() });
      mustAgree(restored.rows, rows);
      const verdict = await operator.run('audit.verify', undefined);
      if (!verdict.holds) throw new RestoreProblem(`Its audit does not hold: ${verdict.problems[0]?.problem}.`);
      const all = Object.values(restored.rows).reduce((sum, count) => sum + count, 0);
      return { safe: restored.safe, digest: restored.digest, madeAt: restored.madeAt, rows: all, versions };
    } finally {
      await close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The embedded store in the scratch folder, opened by the root key of the settings, wherever that is. */
function scratchSettings(settings: Settings, folder: string): Settings {
  const isNamed = settings.rootKey ?? settings.rootKeyPassphraseFile ?? settings.rootKeyCommand;
  const rootKeyFile = isNamed === null ? (settings.rootKeyFile ?? defaultRootKey(settings)) : null;
  const noBucket = { filesDir: null, s3Url: null, s3KeyId: null, s3SecretFile: null };
  return { ...settings, ...noBucket, dataDir: folder, databaseUrl: null, rootKeyFile, anchorFile: 'off' };
}

/** The restored safe opened lanes and wrote entries of its own; of nothing else may there be more or less. */
function mustAgree(told: Readonly<Record<string, number>>, found: Readonly<Record<string, number>>): void {
  for (const [table, count] of Object.entries(told)) {
    const grows = table === 'audit_lanes' || table === 'audit_entries';
    const now = found[table] ?? 0;
    if (grows ? now < count : now !== count)
      throw new RestoreProblem(`Rows of ${table} are missing after the restore.`);
  }
}
