import type { Kind } from '../src/domain/kind.ts';
import { builders, runQuery } from '../src/storage/statement.ts';
import type { TestSafe } from './start-safe.ts';

/** What the store counts of an item: its current version, its revision, and the versions that it keeps. */
export type StoredItem = { version: number; revision: number; versions: number[] };

export function storedItem(safe: TestSafe, kind: Kind, number: number): Promise<StoredItem> {
  return safe.serving.safe.store.read(async (tx) => {
    const db = builders[tx.on.engine];
    const heads = db
      .selectFrom('items')
      .select(['version', 'revision'])
      .where('kind', '=', kind)
      .where('number', '=', number);
    const versions = db
      .selectFrom('item_versions')
      .select('version')
      .where('kind', '=', kind)
      .where('number', '=', number)
      .orderBy('version');
    const [head] = await runQuery(tx.on, heads.compile());
    if (!head) throw new Error(`no ${kind}:${number}`);
    const rows = await runQuery(tx.on, versions.compile());
    return { ...head, versions: rows.map((row) => row.version) };
  });
}
