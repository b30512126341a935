import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { readSettings } from '../../src/settings.ts';
import { type ChildServer, startChildServer } from '../child-server.ts';
import { createDatabase } from '../start-safe.ts';
import { openByHand, type StoreByHand } from '../store-by-hand.ts';

export type Nodes = {
  folder: string;
  /** The store as someone with write access to it sees it. */
  store: StoreByHand;
  start(node: number): Promise<ChildServer>;
};

/** A place for servers in processes of their own on one PostgreSQL database; all are killed when the test ends. */
export async function nodesOnOne(
  test: TestContext,
  settingsOf: (node: number, folder: string) => Record<string, string>,
): Promise<Nodes> {
  const folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
  const database = await createDatabase();
  const rootKey = join(folder, 'test-root.key');
  writeFileSync(rootKey, randomBytes(32).toString('base64'), { mode: 0o600 });
  const environment = (node: number) => ({
    ARCA_DATA_DIR: join(folder, `node-${node}`),
    ARCA_DATABASE_URL: database.url,
    ARCA_ROOT_KEY_FILE: rootKey,
    ...settingsOf(node, folder),
  });
  const started: ChildServer[] = [];
  const store = await openByHand(readSettings(environment(0)));
  test.after(async () => {
    for (const node of started) await node.kill();
    await store.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    store,
    async start(node) {
      const server = await startChildServer(environment(node));
      started.push(server);
      return server;
    },
  };
}
