import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startPostgres } from '../scripts/postgres.ts';
import { readSettings, type Settings } from '../server/src/settings.ts';
import type { Engine } from '../server/src/storage/connection.ts';

/** An empty place for a safe, and what leads a server to it. */
export type Place = {
  folder: string;
  environment: Record<string, string>;
  settings: Settings;
  remove(): Promise<void>;
};

/** On the checkout's disk: a temporary folder may be in memory, where durable means nothing. PostgreSQL keeps fsync on. */
export async function makePlace(engine: Engine, more: Record<string, string> = {}): Promise<Place> {
  const cache = join(dirname(import.meta.dirname), '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'drill-'));
  const postgres = engine === 'postgres' ? await startPostgres({ durable: true }) : null;
  const rootKeyFile = join(folder, 'root.key');
  writeFileSync(rootKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  const environment: Record<string, string> = {
    ARCA_DATA_DIR: join(folder, 'data'),
    ARCA_ROOT_KEY_FILE: rootKeyFile,
    ...(postgres === null ? {} : { ARCA_DATABASE_URL: postgres.url }),
    ...more,
  };
  const leave = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', leave);
  process.once('SIGINT', () => process.exit(130));
  return {
    folder,
    environment,
    settings: readSettings(environment),
    async remove() {
      await postgres?.stop();
      leave();
    },
  };
}
