import { firstPolicy, type Policy } from '../domain/policy.ts';
import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

const onlyRow = 1;

/** What administrators have settled, or what holds until they do. */
export async function loadPolicy(tx: ReadTx): Promise<Policy> {
  const known = tx.memo.get('policy') as Policy | undefined;
  if (known) return known;
  const row = await read.first(tx.on, { id: onlyRow });
  if (row) mustBeIntact(tx, 'policy', row);
  const policy: Policy = row
    ? { ...firstPolicy, ...(JSON.parse(row.document) as Partial<Policy>), revision: row.revision }
    : firstPolicy;
  tx.memo.set('policy', policy);
  return policy;
}

export async function savePolicy(tx: Tx, policy: Policy, now: Date): Promise<void> {
  const { revision, ...document } = policy;
  const row = { id: onlyRow, revision, document: JSON.stringify(document), changed_at: fromDate(now) };
  await upsert.run(await tx.writing(), signed(tx, 'policy', row));
}

const read = statement((db, p: { id: number }) => db.selectFrom('policy').selectAll().where('id', '=', p.id));

const upsert = statement((db, p: Tables['policy']) =>
  db
    .insertInto('policy')
    .values({ id: p.id, revision: p.revision, document: p.document, changed_at: p.changed_at, mac: p.mac })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ revision: p.revision, document: p.document, changed_at: p.changed_at, mac: p.mac }),
    ),
);
