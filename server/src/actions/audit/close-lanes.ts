import { auditPublicKeys, chainStart, headSignatureHolds } from '../../crypto/audit-chain.ts';
import { closeLane, lastEntryOf, listLanes, record } from '../../storage/audit.ts';
import { laneIsAlive } from '../../storage/lane-lock.ts';
import type { Tx } from '../../storage/transaction.ts';
import { submit } from '../act.ts';
import type { Context } from '../safe.ts';

/**
 * Closes the lanes that earlier starts left open: each is checked at its end, for a chain whose last entry is not the
 * signed one was cut or written to by other hands. Gives the lanes whose end does not hold.
 */
export function closeOldLanes(ctx: Context): Promise<string[]> {
  const known = { caller: null, account: '' };
  return submit(ctx, { action: 'safe.tend', target: null }, known, async (tx, now) => {
    const broken: string[] = [];
    for (const lane of await listLanes(tx)) {
      if (lane.closed_at !== null || lane.lane === tx.chain.lane || (await laneIsAlive(tx, lane.lane))) continue;
      const holds = await endHolds(tx, lane);
      if (!holds) broken.push(lane.lane);
      await closeLane(tx, lane.lane, now);
      const details = { lane: lane.lane, entries: lane.sequence, holds };
      record(
        tx,
        { event: 'audit.lane-closed', userId: null, accessKeyId: null, target: null, details },
        now,
        ctx.requestId,
      );
    }
    return broken;
  });
}

/** Of a lane whose older entries are in archives: the place after which it begins. */
function beginOf({ begin }: { begin: string | null }): { sequence: number; hash: Uint8Array } | null {
  if (begin === null) return null;
  const { sequence, hash } = JSON.parse(begin) as { sequence: number; hash: string };
  return { sequence, hash: Buffer.from(hash, 'base64') };
}

async function endHolds(tx: Tx, lane: Awaited<ReturnType<typeof listLanes>>[number]): Promise<boolean> {
  const last = await lastEntryOf(tx, lane.lane);
  const begin = beginOf(lane);
  const key = auditPublicKeys(tx.ring).find(({ id }) => id === lane.key_id);
  const head = {
    safeId: tx.ring.safeId,
    lane: lane.lane,
    sequence: lane.sequence,
    hash: lane.hash,
    at: lane.signed_at,
  };
  return (
    (last?.sequence ?? begin?.sequence ?? 0) === lane.sequence &&
    Buffer.from(last?.hash ?? begin?.hash ?? chainStart).equals(Buffer.from(lane.hash)) &&
    key !== undefined &&
    headSignatureHolds(key.publicKey, head, lane.signature)
  );
}
