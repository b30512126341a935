import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newBackupKey } from '../../src/admin/backup-key.ts';
import type { Settings } from '../../src/settings.ts';
import type { Engine } from '../../src/storage/connection.ts';
import { createDatabase, type TestSafe } from '../start-safe.ts';

const { recipient, identity } = await newBackupKey();
/** What the tests encrypt to, and what opens it; a passphrase would cost a second each time. */
export const lock = { recipients: [recipient] };
export const opener = { identities: [identity] };

/** An empty place of an engine with the root key of a safe, to restore its backups into. */
export type EmptyPlace = { settings: Settings; remove(): Promise<void> };

export async function emptyPlace(of: Pick<TestSafe, 'settings'>, engine: Engine): Promise<EmptyPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
  const database = engine === 'postgres' ? await createDatabase() : null;
  return {
    settings: { ...of.settings, dataDir: join(folder, 'data'), databaseUrl: database?.url ?? null },
    async remove() {
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
