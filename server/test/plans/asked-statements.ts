import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';

/** Every statement that this process asks of either engine while `work` runs, as the drivers get it. */
export async function askedStatements(work: () => Promise<void>): Promise<Set<string>> {
  return new Set((await askedQueries(work)).keys());
}

/** The same with the values that each was asked with last; of SQLite, which is handed them apart, none. */
export async function askedQueries(work: () => Promise<void>): Promise<Map<string, readonly unknown[]>> {
  const asked = new Map<string, readonly unknown[]>();
  const { prepare } = DatabaseSync.prototype;
  const { query } = pg.Client.prototype;
  // What was prepared before is asked again without being prepared: the safe must be fresh, or restarted.
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
    asked.set(sql, []);
    return prepare.call(this, sql);
  };
  pg.Client.prototype.query = function (this: pg.Client, ...sent: unknown[]) {
    const [first] = sent as [string | { text?: string; values?: unknown[] }];
    if (typeof first === 'string') asked.set(first, []);
    else asked.set(first.text ?? '', first.values ?? []);
    return (query as (...all: unknown[]) => unknown).apply(this, sent);
  } as typeof query;
  try {
    await work();
  } finally {
    DatabaseSync.prototype.prepare = prepare;
    pg.Client.prototype.query = query;
  }
  return new Map([...asked].filter(([sql]) => /^\s*(select|insert|update|delete|with)\b/i.test(sql)));
}
