import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { chainStart, entryHash, hashedColumns, signHead } from '../crypto/audit-chain.ts';
import type { Keyring, SigningKey } from '../crypto/keyring.ts';
import { type RowChange, writeChanges } from './changed-rows.ts';
import type { Connection } from './connection.ts';
import { nextOn } from './sequences.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';

type EntryRow = Tables['audit_entries'];

/** `at`: when its entry was made, in milliseconds since 1970. */
type Head = { sequence: number; hash: Uint8Array; at: number };
type Draft = Omit<EntryRow, 'lane' | 'sequence' | 'hash' | 'changed_rows'>;
type Waiting = { entry: Draft; rows: readonly RowChange[] };

/** Actions take their times before they come to their turn; a clock that was set back by more is another matter. */
const mostBack = 1000;

/**
 * One writer's chain of audit entries: entries wait here during a batch, are hashed and stored and their head is signed
 * just before the commit. Each process start and each lane of it opens a new one and never extends an old one. The times
 * of a lane never go back: searches find their way in it by that.
 */
export class AuditChain {
  readonly lane = randomBytes(8).toString('hex');
  #head: Head = { sequence: 0, hash: chainStart, at: 0 };
  #stored: Head = this.#head;
  #waiting: Waiting[] = [];
  #key: SigningKey | null = null;

  append(entry: Draft): void {
    this.#waiting.push({ entry, rows: [] });
  }

  /** A place to go back to when the action after it is rolled back; 0 is the beginning of the batch. */
  mark(): number {
    return this.#waiting.length;
  }

  backTo(mark: number): void {
    this.#waiting.length = mark;
  }

  /** Lets the first entry since `mark` tell what became of the rows that its action changed. None changes untold. */
  tell(mark: number, rows: readonly RowChange[], now: number): void {
    if (rows.length === 0) return;
    if (this.#waiting.length === mark) this.append({ ...untold, at: now });
    const entry = this.#waiting[mark];
    if (entry) entry.rows = rows;
  }

  /** Makes the lane known to the store, in the caller's transaction. */
  async open(on: Connection, ring: Keyring, now: number): Promise<void> {
    [this.#key] = ring.auditSigning;
    this.#head = { ...this.#head, at: now };
    const head = this.#signed(ring, this.#head, now);
    await insertLane.run(on, {
      ...head,
      lane: this.lane,
      opened_at: now,
      closed_at: null,
      begins_after: 0,
      begin: null,
    });
  }

  /** Stores what waits and signs the head, in the batch's transaction. */
  async flush(on: Connection, ring: Keyring, now: number): Promise<void> {
    this.#stored = this.#head;
    if (this.#waiting.length === 0) return;
    // Taken while every changed row is held, so that whoever changes one of them next has a greater one, in any lane.
    const order = this.#waiting.some(({ rows }) => rows.length > 0) ? await nextOn(on, 'row-change') : 0;
    let { sequence, hash, at } = this.#head;
    const rows: EntryRow[] = [];
    for (const waiting of this.#waiting) {
      sequence += 1;
      at = Math.max(at, waiting.entry.at);
      const changed_rows = waiting.rows.length === 0 ? null : writeChanges({ order, rows: waiting.rows });
      const row = { ...waiting.entry, at, changed_rows, lane: this.lane, sequence };
      // Sorted members of plain values: JSON.stringify gives their RFC 8785 form. A verifier makes it from the rule itself.
      hash = entryHash(hash, JSON.stringify(hashedColumns(row)));
      rows.push({ ...row, hash });
    }
    this.#stored = { sequence, hash, at };
    await insertEntries(on, rows);
    await updateHead.run(on, { ...this.#signed(ring, this.#stored, now), lane: this.lane });
  }

  /** To be called when the commit is known: nothing waits any more. */
  committed(): void {
    this.#head = this.#stored;
    this.#waiting = [];
  }

  /**
   * Whether the lane can go on: it is signed by one key from its first head to its last, and when the clock was set back
   * a new one begins.
   */
  goesOn(ring: Keyring, now: number): boolean {
    return this.#key?.id === ring.auditSigning[0].id && now > this.#head.at - mostBack;
  }

  #signed(ring: Keyring, { sequence, hash, at: last }: Head, now: number) {
    const key = this.#key ?? ring.auditSigning[0];
    const at = Math.max(last, now);
    const signature = signHead(key, { safeId: ring.safeId, lane: this.lane, sequence, hash, at });
    return { sequence, hash, signed_at: at, key_id: key.id, signature };
  }
}

/** Of an action that changed rows and recorded nothing of its own. */
const untold = {
  event: 'audit.rows-changed',
  user_id: null,
  access_key_id: null,
  target: null,
  request_id: 'system',
  details: null,
  lanes_told: null,
};

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
      decode(details, 'base64'), changed_rows, lanes_told, decode(hash, 'base64')
      from json_to_recordset(cast(${p.records} as json)) as entry(lane text, sequence bigint, at bigint, event text,
        user_id bigint, access_key_id bigint, target text, request_id text, details text, changed_rows text, lanes_told text,
        hash text)`,
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
      'changed_rows',
      'lanes_told',
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
    changed_rows: p.changed_rows,
    lanes_told: p.lanes_told,
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
    begins_after: p.begins_after,
    begin: p.begin,
  }),
);

type NewHead = Omit<Tables['audit_lanes'], 'opened_at' | 'closed_at' | 'begins_after' | 'begin'>;

const updateHead = statement((db, p: NewHead) =>
  db
    .updateTable('audit_lanes')
    .set({ sequence: p.sequence, hash: p.hash, signed_at: p.signed_at, key_id: p.key_id, signature: p.signature })
    .where('lane', '=', p.lane),
);
