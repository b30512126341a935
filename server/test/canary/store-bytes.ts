import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';

/**
 * All bytes that a thief of the store would hold, by place: every file of the data folder (database, WAL, shared
 * memory, lock), and on PostgreSQL every cell of every table, texts as texts and bytes as bytes.
 */
export async function storeBytes(safe: TestSafe): Promise<Map<string, Buffer>> {
  const places = new Map<string, Buffer>();
  for (const entry of readdirSync(safe.settings.dataDir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) places.set(path.slice(safe.settings.dataDir.length + 1), readFileSync(path));
  }
  if (safe.engine === 'postgres') {
    const store = await openByHand(safe.settings);
    for (const table of await store.tables()) {
      const cells = (await store.all(`select * from ${table}`)).flatMap((row) => Object.values(row));
      const bytes = cells.map((cell) => (cell instanceof Uint8Array ? Buffer.from(cell) : Buffer.from(String(cell))));
      places.set(`table ${table}`, Buffer.concat(bytes.flatMap((one) => [one, Buffer.from('\n')])));
    }
    await store.close();
  }
  return places;
}
