import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import { keyIdSpan } from '../crypto/row-seal.ts';
import { sealedTables } from './rewrite-rows.ts';
import { builders, runQuery, statement } from './statement.ts';
import type { ReadTx } from './transaction.ts';

/** Whether any version or sealed column still needs this data key. Reads them all. */
export async function isDataKeyNamed(tx: ReadTx, id: string): Promise<boolean> {
  if (await isVersionUnder(tx, id)) return true;
  const key = Buffer.from(id, 'hex');
  for (const { table, columns } of sealedTables) {
    for (const column of columns) {
      const named = sql`substr(${sql.ref(column)}, ${sql.lit(keyIdSpan.from)}, ${sql.lit(keyIdSpan.length)})`;
      const query = sql`select 1 as found from ${sql.table(table)} where ${named} = ${key} limit 1`;
      if ((await runQuery(tx.on, query.compile(builders[tx.on.engine]))).length > 0) return true;
    }
  }
  return false;
}

/** In slices, so that others are served between: the embedded store answers in this very thread. */
async function isVersionUnder(tx: ReadTx, id: string): Promise<boolean> {
  let after = { kind: '', number: 0, version: 0 };
  for (;;) {
    const rows = await versionsAfter.all(tx.on, after);
    if (rows.some((row) => row.key_id === id)) return true;
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return false;
    after = { kind: last.kind, number: last.number, version: last.version };
    await breathe();
  }
}

const atOnce = 5000;

/** Whether a password was hashed with this pepper, or waits, hashed with an unknown one, for a second administrator. */
export async function isPepperNamed(tx: ReadTx, id: string, now: Date): Promise<boolean> {
  if (await hashedWith.first(tx.on, { like: `%,keyid=${id}$%` })) return true;
  return (await waitingProposal.first(tx.on, { now: now.getTime() })) !== undefined;
}

/** Entries of the audit, as the heads of its lanes tell. */
export async function countEntries(tx: ReadTx): Promise<number> {
  return Number((await entries.first(tx.on, {}))?.count ?? 0);
}

/** Versions of all items: so many keys are wrapped. */
export async function countVersions(tx: ReadTx): Promise<number> {
  return (await versions.first(tx.on, {}))?.count ?? 0;
}

export async function countRows(tx: ReadTx, table: string): Promise<number> {
  const query = sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`;
  return (await runQuery(tx.on, query.compile(builders[tx.on.engine])))[0]?.count ?? 0;
}

const versionsAfter = statement((db, p: { kind: string; number: number; version: number }) =>
  db
    .selectFrom('item_versions')
    .select(['kind', 'number', 'version', 'key_id'])
    .where(sql<boolean>`(kind, number, version) > (${p.kind}, ${p.number}, ${p.version})`)
    .orderBy('kind')
    .orderBy('number')
    .orderBy('version')
    .limit(atOnce),
);

const hashedWith = statement((db, p: { like: string }) =>
  db.selectFrom('credentials').select('user_id').where('password_hash', 'like', p.like).limit(1),
);

const waitingProposal = statement((db, p: { now: number }) =>
  db.selectFrom('proposals').select('id').where('decided_at', 'is', null).where('ends_at', '>', p.now).limit(1),
);

const entries = statement((db) =>
  db.selectFrom('audit_lanes').select(({ fn }) => fn.sum<number>('sequence').as('count')),
);

const versions = statement((db) =>
  db.selectFrom('item_versions').select(({ fn }) => fn.countAll<number>().as('count')),
);
