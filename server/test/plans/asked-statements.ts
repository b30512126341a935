import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';

/** Every statement that this process asks of either engine while `work` runs, as the drivers get it. */
export async function askedStatements(work: () => Promise<void>): Promise<Set<string>> {
  const asked = new Set<string>();
  const { prepare } = DatabaseSync.prototype;
  const { query } = pg.Client.prototype;
  // What was prepared before is asked again without being prepared: the safe must be fresh, or restarted.
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
    asked.add(sql);
    return prepare.call(this, sql);
  };
  pg.Client.prototype.query = function (this: pg.Client, ...sent: unknown[]) {
    const [first] = sent as [string | { text?: string }];
    asked.add(typeof first === 'string' ? first : (first.text ?? ''));
    return (query as (...all: unknown[]) => unknown).apply(this, sent);
  } as typeof query;
  try {
    await work();
  } finally {
    DatabaseSync.prototype.prepare = prepare;
    pg.Client.prototype.query = query;
  }
  return new Set([...asked].filter((sql) => /^\s*(select|insert|update|delete|with)\b/i.test(sql)));
}
