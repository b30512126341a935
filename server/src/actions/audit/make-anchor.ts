import { type AnchoredLane, signAnchor } from '../../crypto/audit-anchor.ts';
import { listLanes } from '../../storage/audit.ts';
import type { Safe } from '../safe.ts';

const longestSilence = 3_600_000;

export type MadeAnchor = { line: string; at: number; lanes: string };

/** The next anchor, or null while every lane stands as it stood in the last one and that is less than an hour old. */
export async function makeAnchor(safe: Safe, last: MadeAnchor | null): Promise<MadeAnchor | null> {
  const at = +safe.clock();
  const lanes: AnchoredLane[] = (await safe.store.read(listLanes)).map(({ lane, sequence, hash }) => ({
    lane,
    sequence,
    hash: Buffer.from(hash).toString('base64'),
  }));
  const told = JSON.stringify(lanes);
  if (last?.lanes === told && at - last.at < longestSilence) return null;
  return { line: signAnchor(safe.ring, { at, signedAt: +safe.clock(), lanes }), at, lanes: told };
}
