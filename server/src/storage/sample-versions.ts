import type { Kind } from '../domain/kind.ts';
import { statement } from './statement.ts';
import type { ReadTx } from './transaction.ts';

/** Versions of a kind for a proof that they open: the oldest, the newest, and some from a place that `chance` (0 to 1) picks. */
export async function sampleVersions(tx: ReadTx, kind: Kind, most: number, chance: number) {
  const oldest = await from.all(tx.on, { kind, number: 0, most });
  const newest = await latest.all(tx.on, { kind, most });
  const last = newest[0]?.number ?? 0;
  const between = await from.all(tx.on, { kind, number: Math.ceil(last * chance), most });
  const all = [...oldest, ...between, ...newest];
  return [...new Map(all.map((row) => [`${row.number}:${row.version}`, row])).values()];
}

const from = statement((db, p: { kind: Kind; number: number; most: number }) =>
  db
    .selectFrom('item_versions')
    .selectAll()
    .where('kind', '=', p.kind)
    .where('number', '>=', p.number)
    .orderBy('number')
    .orderBy('version')
    .limit(p.most),
);

const latest = statement((db, p: { kind: Kind; most: number }) =>
  db
    .selectFrom('item_versions')
    .selectAll()
    .where('kind', '=', p.kind)
    .orderBy('number', 'desc')
    .orderBy('version', 'desc')
    .limit(p.most),
);
