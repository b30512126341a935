import { firstPolicy, type Policy } from '../domain/policy.ts';
import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type PolicyRow = Tables['policy'];

const onlyRow = 1;

/** What administrators have settled, or what holds until they do. */
export async function loadPolicy(tx: ReadTx): Promise<Policy> {
  const known = tx.memo.get('policy') as Policy | undefined;
  if (known) return known;
  const policy = policyOf(tx, await read.none.first(tx.on, { id: onlyRow }));
  tx.memo.set('policy', policy);
  return policy;
}

/** The same, held against change until the transaction ends. */
export async function loadPolicyForUpdate(tx: Tx): Promise<Policy> {
  return policyOf(tx, await read.update.first(tx.on, { id: onlyRow }));
}

/** Of two first policies at once one fails as a duplicate: the pump runs it again, and it sees the other. */
export async function savePolicy(tx: Tx, policy: Policy, now: Date): Promise<void> {
  const { revision, ...document } = policy;
  const row = { id: onlyRow, revision, document: JSON.stringify(document), changed_at: fromDate(now) };
  const save = revision === firstPolicy.revision + 1 ? insert : update;
  await save.run(await tx.writing(), signed(tx, 'policy', row));
}

function policyOf(tx: ReadTx, row: PolicyRow | undefined): Policy {
  if (!row) return firstPolicy;
  mustBeIntact(tx, 'policy', row);
  return { ...firstPolicy, ...(JSON.parse(row.document) as Partial<Policy>), revision: row.revision };
}

const readHeld = (hold: 'none' | 'update') =>
  statement((db, p: { id: number }, engine) =>
    db
      .selectFrom('policy')
      .selectAll()
      .where('id', '=', p.id)
      .$if(engine === 'postgres' && hold === 'update', (query) => query.forUpdate()),
  );

const read = { none: readHeld('none'), update: readHeld('update') };

const insert = statement((db, p: PolicyRow) =>
  db
    .insertInto('policy')
    .values({ id: p.id, revision: p.revision, document: p.document, changed_at: p.changed_at, mac: p.mac }),
);

const update = statement((db, p: PolicyRow) =>
  db
    .updateTable('policy')
    .set({ revision: p.revision, document: p.document, changed_at: p.changed_at, mac: p.mac })
    .where('id', '=', p.id),
);
