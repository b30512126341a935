import { auditPublicKeys } from '../../crypto/audit-chain.ts';
import { SealBroken } from '../../crypto/seal.ts';
import { type Caller, mustMay } from '../../domain/access.ts';
import type { AuditDetails } from '../../domain/audit.ts';
import { entryOf, laneRows, listLanes } from '../../storage/audit.ts';
import type { ReadTx, Tx } from '../../storage/transaction.ts';
import { act, actReading } from '../act.ts';
import { recordAdmin } from '../record-admin.ts';
import type { Context } from '../safe.ts';
import { type ExportedEntry, type ExportLine, exportFormat } from './export-form.ts';

type StoredEntry = Awaited<ReturnType<typeof laneRows>>[number];

const slice = 500;

/** What each slice asks again. The proof is asked for when an export begins: it may grow old while that runs. */
export const goesOn = { 'audit.export': 'audit.list', 'audit.verify': 'audit.verify' } as const;

/** Streams the whole audit as it stands when the export begins; the export itself is recorded. */
export async function* exportAudit(ctx: Context): AsyncGenerator<ExportLine> {
  await beginExport(ctx, {}, async () => undefined);
  yield* auditLines(ctx, 'audit.export', true);
}

/** Records an export before its first line leaves. `check` refuses what cannot be exported. */
export function beginExport(
  ctx: Context,
  details: AuditDetails,
  check: (tx: Tx, caller: Caller) => Promise<unknown>,
): Promise<void> {
  const { address } = ctx.origin;
  const all = address === '' ? details : { address, ...details };
  return act(ctx, { action: 'audit.export', target: null }, async (tx, caller, now) => {
    mustMay('audit.export', caller);
    await check(tx, caller);
    recordAdmin(tx, ctx, caller, 'audit.exported', null, all, now);
  });
}

/** The lines themselves, slice by slice, so that no export holds a connection or the whole audit in memory. */
export async function* auditLines(
  ctx: Context,
  action: 'audit.export' | 'audit.verify',
  withOpened: boolean,
): AsyncGenerator<ExportLine> {
  const attempt = { action, target: null } as const;
  const { ring, clock } = ctx.safe;
  const exportedAt = +clock();
  const lanes = await actReading(ctx, attempt, async (tx, caller) => {
    mustMay(goesOn[action], caller);
    return listLanes(tx);
  });
  const keys = auditPublicKeys(ring).map(({ id, publicKey }) => ({ id, publicKey: base64(publicKey) }));
  yield { type: 'safe', format: exportFormat, safe: ring.safeId, exportedAt, keys };
  let count = 0;
  for (const lane of lanes) {
    yield {
      type: 'lane',
      lane: lane.lane,
      openedAt: lane.opened_at,
      closedAt: lane.closed_at,
      sequence: lane.sequence,
      hash: base64(lane.hash),
      signedAt: lane.signed_at,
      keyId: lane.key_id,
      signature: base64(lane.signature),
    };
    // Entries beyond the head that was just read belong to a later export.
    for (let after = 0; after < lane.sequence; ) {
      const most = Math.min(slice, lane.sequence - after);
      const entries = await actReading(ctx, attempt, async (tx, caller) => {
        mustMay(goesOn[action], caller);
        return (await laneRows(tx, lane.lane, after, most)).map((row) =>
          exported(row, withOpened ? openedDetails(tx, row) : undefined),
        );
      });
      yield* entries;
      count += entries.length;
      if (entries.length < most) break;
      after = entries.at(-1)?.sequence ?? lane.sequence;
    }
  }
  yield { type: 'end', lanes: lanes.length, entries: count };
}

/** What was changed does not open, and is exported as it is: the export is the evidence. */
function openedDetails(tx: ReadTx, row: StoredEntry): AuditDetails | undefined {
  try {
    return entryOf(tx, row).details;
  } catch (thrown) {
    if (thrown instanceof SealBroken) return undefined;
    throw thrown;
  }
}

function exported(row: StoredEntry, opened: AuditDetails | undefined): ExportedEntry {
  return {
    type: 'entry',
    lane: row.lane,
    sequence: row.sequence,
    at: row.at,
    event: row.event,
    userId: row.user_id,
    accessKeyId: row.access_key_id,
    target: row.target,
    requestId: row.request_id,
    details: row.details && base64(row.details),
    changedRows: row.changed_rows,
    hash: base64(row.hash),
    ...(opened === undefined ? {} : { opened }),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
