import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { auditPublicKeys, entryHash, signHead } from '../crypto/audit-chain.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Connection } from './connection.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';

type EntryRow = Tables['audit_entries'];

/** An entry's columns but its hash, with their names in the order that RFC 8785 sorts them. */
type HashedColumns = {
  access_key_id: number | null;
  at: number;
  details: string | null;
  event: string;
  lane: string;
  request_id: string;
  sequence: number;
  target: string | null;
  user_id: number | null;
};

/** The columns that an entry's hash covers, sorted; bytes as base64. */
export function hashedColumns(row: Omit<EntryRow, 'hash'>): HashedColumns {
  return {
    access_key_id: row.access_key_id,
    at: row.at,
    details: row.details === null ? null : Buffer.from(row.details).toString('base64'),
    event: row.event,
    lane: row.lane,
    request_id: row.request_id,
    sequence: row.sequence,
    target: row.target,
    user_id: row.user_id,
  };
}

export const chainStart: Uint8Array = new Uint8Array(32);

/** A place in a chain to go back to when the action or the batch after it is rolled back. */
export type ChainMark = { sequence: number; hash: Uint8Array; pending: number };

/**
 * One writer's chain of audit entries: entries wait here during a batch, are stored and their head is signed just
 * before the commit. Each process start and each lane of it opens a new one and never extends an old one.
 */
export class AuditChain {
  readonly lane = randomBytes(8).toString('hex');
  #sequence = 0;
  #hash = chainStart;
  #pending: EntryRow[] = [];

  append(entry: Omit<EntryRow, 'lane' | 'sequence' | 'hash'>): void {
    const row = { ...entry, lane: this.lane, sequence: this.#sequence + 1 };
    // Sorted members of plain values: JSON.stringify gives their RFC 8785 form. A verifier makes it from the rule itself.
    const hash = entryHash(this.#hash, JSON.stringify(hashedColumns(row)));
    this.#pending.push({ ...row, hash });
    this.#sequence = row.sequence;
    this.#hash = hash;
  }

  mark(): ChainMark {
    return { sequence: this.#sequence, hash: this.#hash, pending: this.#pending.length };
  }

  backTo(mark: ChainMark): void {
    this.#sequence = mark.sequence;
    this.#hash = mark.hash;
    this.#pending.length = mark.pending;
  }

  /** Makes the lane known to the store, in the caller's transaction. */
  async open(on: Connection, ring: Keyring, now: number): Promise<void> {
    await insertLane.run(on, { ...this.#signedHead(ring, now), lane: this.lane, opened_at: now, closed_at: null });
  }

  /** Stores what waits and signs the head, in the batch's transaction. */
  async flush(on: Connection, ring: Keyring, now: number): Promise<void> {
    if (this.#pending.length === 0) return;
    await insertEntries(on, this.#pending);
    await updateHead.run(on, { ...this.#signedHead(ring, now), lane: this.lane });
  }

  /** To be called when the commit is known: nothing waits any more. */
  committed(): void {
    this.#pending = [];
  }

  #signedHead(ring: Keyring, at: number) {
    const head = { safeId: ring.safeId, lane: this.lane, sequence: this.#sequence, hash: this.#hash, at };
    const signature = signHead(ring, head);
    return { sequence: this.#sequence, hash: this.#hash, signed_at: at, key_id: auditKeyId(ring), signature };
  }
}

function auditKeyId(ring: Keyring): string {
  return auditPublicKeys(ring)[0]?.id ?? '';
}

/** One round trip on PostgreSQL, however many entries; on the embedded store a prepared statement each is fastest. */
async function insertEntries(on: Connection, rows: readonly EntryRow[]): Promise<void> {
  if (on.engine === 'sqlite') {
    for (const row of rows) await insertEntry.run(on, row);
    return;
  }
  const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('base64');
  const records = rows.map((row) => ({ ...row, details: base64(row.details), hash: base64(row.hash) }));
  await insertRecords.run(on, { records: JSON.stringify(records) });
}

const insertRecords = statement((db, p: { records: string }) =>
  db
    .insertInto('audit_entries')
    .expression(
      sql`select lane, sequence, at, event, user_id, access_key_id, target, request_id,
      decode(details, 'base64'), decode(hash, 'base64')
      from json_to_recordset(cast(${p.records} as json)) as entry(lane text, sequence bigint, at bigint, event text,
        user_id bigint, access_key_id bigint, target text, request_id text, details text, hash text)`,
    )
    .columns([
      'lane',
      'sequence',
      'at',
      'event',
      'user_id',
      'access_key_id',
      'target',
      'request_id',
      'details',
      'hash',
    ]),
);

const insertEntry = statement((db, p: EntryRow) =>
  db.insertInto('audit_entries').values({
    lane: p.lane,
    sequence: p.sequence,
    at: p.at,
    event: p.event,
    user_id: p.user_id,
    access_key_id: p.access_key_id,
    target: p.target,
    request_id: p.request_id,
    details: p.details,
    hash: p.hash,
  }),
);

const insertLane = statement((db, p: Tables['audit_lanes']) =>
  db.insertInto('audit_lanes').values({
    lane: p.lane,
    opened_at: p.opened_at,
    closed_at: p.closed_at,
    sequence: p.sequence,
    hash: p.hash,
    signed_at: p.signed_at,
    key_id: p.key_id,
    signature: p.signature,
  }),
);

const updateHead = statement((db, p: Omit<Tables['audit_lanes'], 'opened_at' | 'closed_at'>) =>
  db
    .updateTable('audit_lanes')
    .set({ sequence: p.sequence, hash: p.hash, signed_at: p.signed_at, key_id: p.key_id, signature: p.signature })
    .where('lane', '=', p.lane),
);
