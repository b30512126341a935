import type { AuditEvent } from '../../domain/audit.ts';
import { entryOf, searchAudit } from '../../storage/audit.ts';
import type { ReadTx } from '../../storage/transaction.ts';

/** When a backup was last made, and last proven by a restore. */
export type LastBackups = { backupMadeAt: Date | null; backupProvenAt: Date | null };

const carriers = { backupMadeAt: 'backup.made', backupProvenAt: 'backup.proven' } as const;

/** By the audit. Entries that have left it for archives are told of by that of the newest archive. */
export async function lastBackups(tx: ReadTx): Promise<LastBackups> {
  const newest = async (event: AuditEvent) => (await searchAudit(tx, { events: [event], most: 1 }))[0];
  const archived = await newest('audit.archived');
  const told = archived === undefined ? {} : entryOf(tx, archived).details;
  const lastTime = async (name: keyof LastBackups): Promise<Date | null> => {
    const entry = await newest(carriers[name]);
    const before = told[name];
    if (entry) return new Date(entry.at);
    return typeof before === 'string' ? new Date(before) : null;
  };
  return { backupMadeAt: await lastTime('backupMadeAt'), backupProvenAt: await lastTime('backupProvenAt') };
}
