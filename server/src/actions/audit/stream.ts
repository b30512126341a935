import { SealBroken } from '../../crypto/seal.ts';
import type { AuditDetails } from '../../domain/audit.ts';
import { entryOf, type StoredEntry } from '../../storage/audit.ts';
import {
  entriesBehind,
  isStreamKnown,
  leaveTurn,
  saveCursor,
  takeTurn,
  usernameFor,
} from '../../storage/audit-streams.ts';
import type { ReadTx } from '../../storage/transaction.ts';
import { submit } from '../act.ts';
import type { Safe } from '../safe.ts';
import { systemContext } from '../system-context.ts';

/** An entry as receivers get it. Details hold addresses, fields and reasons, never a value of an item. */
export type StreamedEntry = {
  /** `lane:sequence`: a receiver that gets it twice knows it by this. */
  id: string;
  at: string;
  event: string;
  userId: number | null;
  user: string | null;
  accessKeyId: number | null;
  target: string | null;
  requestId: string;
  details: AuditDetails | null;
  hash: string;
};

export type StreamBatch = { entries: StreamedEntry[]; cursors: { lane: string; sequence: number }[] };

const mostAtOnce = 200;
const turnMilliseconds = 60_000;

/** Whether this process may send to the receiver now; of several nodes one does, and another when that is gone. */
export function takeStreamTurn(safe: Safe, stream: string, holder: string): Promise<boolean> {
  const known = { caller: null, account: '' };
  return submit(systemContext(safe), { action: 'safe.tend', target: null }, known, (tx, now) =>
    takeTurn(tx, stream, holder, now, new Date(+now + turnMilliseconds)),
  );
}

/** To be called when this process sends no more. */
export function leaveStreamTurn(safe: Safe, stream: string, holder: string): Promise<void> {
  const known = { caller: null, account: '' };
  return submit(systemContext(safe), { action: 'safe.tend', target: null }, known, (tx) =>
    leaveTurn(tx, stream, holder),
  );
}

/** Is there anything to do for the receiver? */
export function hasMore(safe: Safe, stream: string): Promise<boolean> {
  return safe.store.read(
    async (tx) => !(await isStreamKnown(tx, stream)) || (await entriesBehind(tx, stream, 1)).length > 0,
  );
}

/** What the receiver does not have yet, and where it is once it has. */
export function nextBatch(safe: Safe, stream: string): Promise<StreamBatch> {
  return safe.store.read(async (tx) => {
    const rows = await entriesBehind(tx, stream, mostAtOnce);
    const ends = new Map(rows.map(({ lane, sequence }) => [lane, sequence]));
    const entries: StreamedEntry[] = [];
    for (const row of rows) entries.push(await streamed(tx, row));
    return { entries, cursors: [...ends].map(([lane, sequence]) => ({ lane, sequence })) };
  });
}

/** To be called when the receiver has the batch. */
export function moveOn(safe: Safe, stream: string, { cursors }: StreamBatch): Promise<void> {
  const known = { caller: null, account: '' };
  return submit(systemContext(safe), { action: 'safe.tend', target: null }, known, async (tx) => {
    for (const cursor of cursors) await saveCursor(tx, { stream, ...cursor });
  });
}

async function streamed(tx: ReadTx, row: StoredEntry): Promise<StreamedEntry> {
  return {
    id: `${row.lane}:${row.sequence}`,
    at: new Date(row.at).toISOString(),
    event: row.event,
    userId: row.user_id,
    user: row.user_id === null ? null : await usernameFor(tx, row.user_id),
    accessKeyId: row.access_key_id,
    target: row.target,
    requestId: row.request_id,
    details: detailsOf(tx, row),
    hash: Buffer.from(row.hash).toString('base64'),
  };
}

/** Null for details that other hands changed: the receiver is told of the rest. */
function detailsOf(tx: ReadTx, row: StoredEntry): AuditDetails | null {
  try {
    return entryOf(tx, row).details;
  } catch (thrown) {
    if (thrown instanceof SealBroken) return null;
    throw thrown;
  }
}
