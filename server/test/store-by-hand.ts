import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Settings } from '../src/settings.ts';

export type Cell = string | number | null | Uint8Array;
export type StoredRow = Record<string, Cell>;

/** The store as someone with write access to it sees it, past the server: plain SQL, `?` for each value. */
export type StoreByHand = {
  all(text: string, ...values: Cell[]): Promise<StoredRow[]>;
  /** The one row that there must be. */
  one(text: string, ...values: Cell[]): Promise<StoredRow>;
  /** Gives how many rows were changed. */
  run(text: string, ...values: Cell[]): Promise<number>;
  tables(): Promise<string[]>;
  close(): Promise<void>;
};

/** Opens the store of these settings beside a server that may be running on it. Foreign keys do not hold here. */
export async function openByHand(settings: Settings): Promise<StoreByHand> {
  return settings.databaseUrl === null ? openFile(join(settings.dataDir, 'safe.db')) : openUrl(settings.databaseUrl);
}

function openFile(path: string): StoreByHand {
  const database = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: false });
  const all = async (text: string, ...values: Cell[]) => database.prepare(text).all(...values) as StoredRow[];
  return {
    all,
    one: (text, ...values) => onlyOne(all(text, ...values)),
    run: async (text, ...values) => Number(database.prepare(text).run(...values).changes),
    async tables() {
      const rows = await all(`select name from sqlite_master where type = 'table' order by name`);
      return rows.map((row) => String(row.name));
    },
    close: async () => database.close(),
  };
}

async function openUrl(url: string): Promise<StoreByHand> {
  const client = new pg.Client({
    connectionString: url,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === 20 ? Number : pg.types.getTypeParser(oid, format),
    } as pg.CustomTypesConfig,
  });
  await client.connect();
  await client.query('set session_replication_role = replica');
  const query = (text: string, values: Cell[]) => {
    let count = 0;
    return client.query(
      text.replaceAll('?', () => `$${++count}`),
      values,
    );
  };
  const all = async (text: string, ...values: Cell[]) => (await query(text, values)).rows as StoredRow[];
  return {
    all,
    one: (text, ...values) => onlyOne(all(text, ...values)),
    run: async (text, ...values) => (await query(text, values)).rowCount ?? 0,
    async tables() {
      const rows = await all(
        `select table_name from information_schema.tables where table_schema = 'public' order by table_name`,
      );
      return rows.map((row) => String(row.table_name));
    },
    close: () => client.end(),
  };
}

async function onlyOne(found: Promise<StoredRow[]>): Promise<StoredRow> {
  const rows = await found;
  const [row] = rows;
  if (!row || rows.length > 1) throw new Error(`one row was expected, ${rows.length} were found`);
  return row;
}
