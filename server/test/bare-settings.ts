import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, type Settings } from '../src/settings.ts';
import type { Engine } from '../src/storage/connection.ts';
import { createDatabase } from './start-safe.ts';

export type Bare = {
  folder: string;
  settings: Settings;
  /** What the settings were read from. */
  environment: Record<string, string>;
  /** The same place with other settings. */
  with(environment: Record<string, string>): Settings;
  remove(): Promise<void>;
};

/** Settings for an empty store of its own and a root key, and no server: for tests that start and stop it themselves. */
export async function bareSettings(engine: Engine): Promise<Bare> {
  const folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
  const rootKeyFile = join(folder, 'test-root.key');
  writeFileSync(rootKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  const database = engine === 'postgres' ? await createDatabase() : null;
  const environment: Record<string, string> = {
    ARCA_DATA_DIR: join(folder, 'data'),
    ARCA_PORT: '0',
    ARCA_ROOT_KEY_FILE: rootKeyFile,
    ...(database ? { ARCA_DATABASE_URL: database.url } : {}),
  };
  return {
    folder,
    settings: readSettings(environment),
    environment,
    with: (others) => readSettings({ ...environment, ...others }),
    async remove() {
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
