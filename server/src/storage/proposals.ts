import type { ExpressionBuilder } from 'kysely';
import { openColumn, sealColumn } from '../crypto/row-seal.ts';
import type { Decision, Proposal, ProposedAct } from '../domain/proposal.ts';
import { mustBeIntact, signed } from './authority-rows.ts';
import { fromDate, toDate } from './column-forms.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { ReadTx, Tx } from './transaction.ts';

type ProposalRow = Tables['proposals'];

const place = (id: number) => ({ table: 'proposals', row: String(id), column: 'input' });

export async function insertProposal(tx: Tx, proposal: Proposal): Promise<void> {
  await insert.run(await tx.writing(), rowOf(tx, proposal));
}

/** Saves how it was decided, and what is left of its input. */
export async function saveProposal(tx: Tx, proposal: Proposal): Promise<void> {
  await update.run(await tx.writing(), rowOf(tx, proposal));
}

export async function findProposal(tx: ReadTx, id: number): Promise<Proposal | undefined> {
  const row = await byId.first(tx.on, { id });
  return row && proposalOf(tx, row);
}

/** The same, held against change until the transaction ends, so that it is decided once. */
export async function findProposalForUpdate(tx: Tx, id: number): Promise<Proposal | undefined> {
  const row = await byIdForUpdate.first(tx.on, { id });
  return row && proposalOf(tx, row);
}

/**
 * Proposals that still wait, or all others, newest first, with ids below `before`. One waits while it is undecided, its
 * time is not over and whoever made it is an active administrator.
 */
export async function listProposals(
  tx: ReadTx,
  which: 'waiting' | 'others',
  before: number,
  most: number,
  now: Date,
): Promise<Proposal[]> {
  const rows = await lists[which].all(tx.on, { before, most, now: fromDate(now) });
  return rows.map((row) => proposalOf(tx, row));
}

function proposalOf(tx: ReadTx, row: ProposalRow): Proposal {
  mustBeIntact(tx, 'proposals', row);
  const input = JSON.parse(openColumn(tx.ring, place(row.id), row.input)) as object;
  return {
    id: row.id,
    act: { action: row.action, ...input } as ProposedAct,
    proposedBy: row.proposed_by,
    createdAt: toDate(row.created_at),
    endsAt: toDate(row.ends_at),
    decision:
      row.decided_by === null || row.decided_at === null
        ? null
        : { by: row.decided_by, at: toDate(row.decided_at), outcome: row.outcome as Decision['outcome'] },
  };
}

function rowOf(tx: Tx, { id, act, proposedBy, createdAt, endsAt, decision }: Proposal): ProposalRow {
  const { action, ...input } = act;
  return signed(tx, 'proposals', {
    id,
    action,
    input: sealColumn(tx.ring, place(id), JSON.stringify(input)),
    proposed_by: proposedBy,
    created_at: fromDate(createdAt),
    ends_at: fromDate(endsAt),
    decided_by: decision?.by ?? null,
    decided_at: decision ? fromDate(decision.at) : null,
    outcome: decision?.outcome ?? null,
  });
}

const insert = statement((db, p: ProposalRow) =>
  db.insertInto('proposals').values({
    id: p.id,
    action: p.action,
    input: p.input,
    proposed_by: p.proposed_by,
    created_at: p.created_at,
    ends_at: p.ends_at,
    decided_by: p.decided_by,
    decided_at: p.decided_at,
    outcome: p.outcome,
    mac: p.mac,
  }),
);

const update = statement((db, p: ProposalRow) =>
  db
    .updateTable('proposals')
    .set({ input: p.input, decided_by: p.decided_by, decided_at: p.decided_at, outcome: p.outcome, mac: p.mac })
    .where('id', '=', p.id),
);

const byId = statement((db, p: { id: number }) => db.selectFrom('proposals').selectAll().where('id', '=', p.id));

const byIdForUpdate = statement((db, p: { id: number }, engine) =>
  db
    .selectFrom('proposals')
    .selectAll()
    .where('id', '=', p.id)
    .$if(engine === 'postgres', (query) => query.forUpdate()),
);

type Filter = ExpressionBuilder<Tables, 'proposals'>;

const isWaiting = (is: Filter, now: number) =>
  is.and([
    is('outcome', 'is', null),
    is('ends_at', '>', now),
    is(
      'proposed_by',
      'in',
      is.selectFrom('users').select('users.id').where('role', '=', 'admin').where('disabled_at', 'is', null),
    ),
  ]);

const listed = (which: 'waiting' | 'others') =>
  statement((db, p: { before: number; most: number; now: number }) =>
    db
      .selectFrom('proposals')
      .selectAll()
      .where((is) => (which === 'waiting' ? isWaiting(is, p.now) : is.not(isWaiting(is, p.now))))
      .where('id', '<', p.before)
      .orderBy('id', 'desc')
      .limit(p.most),
  );

const lists = { waiting: listed('waiting'), others: listed('others') };
