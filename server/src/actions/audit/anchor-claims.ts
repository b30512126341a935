import { anchorHolds, readAnchor } from '../../crypto/audit-anchor.ts';
import type { Say } from './verdict.ts';

/** What the anchors tell of a lane at a place in it: the hash there, and since when that was known. */
type Claim = { hash: string; at: number };

export type AnchorClaims = {
  /** Anchors of this safe that hold. */
  count: number;
  /** Every entry before this time is told of, in milliseconds since 1970; 0 without anchors. */
  completeTo: number;
  lanes: Map<string, { furthest: number; places: Map<number, Claim> }>;
};

/** What is known without any. */
export const noAnchors: AnchorClaims = { count: 0, completeTo: 0, lanes: new Map() };

/**
 * Reads the anchors of a safe, one a line, each checked by a trusted key. An anchor that was made after the export is
 * left out: it may tell of what came later.
 */
export async function readAnchors(
  lines: AsyncIterable<string> | Iterable<string>,
  known: { safe: string; exportedAt: number; keys: ReadonlyMap<string, Uint8Array> },
  say: Say,
): Promise<AnchorClaims> {
  const claims: AnchorClaims = { count: 0, completeTo: 0, lanes: new Map() };
  let lineCount = 0;
  let ofThisSafe = 0;
  for await (const line of lines) {
    lineCount += 1;
    const anchor = readAnchor(line);
    // A receiver of logs keeps other lines too, and other safes; a line that a crash cut short is as good as none.
    if (anchor?.safe !== known.safe) continue;
    ofThisSafe += 1;
    const key = known.keys.get(anchor.keyId);
    const time = new Date(anchor.at).toISOString();
    if (!key || !anchorHolds(key, anchor)) {
      say(null, null, `the signature of the anchor of ${time} does not hold`);
      continue;
    }
    if (anchor.signedAt > known.exportedAt) continue;
    claims.count += 1;
    claims.completeTo = Math.max(claims.completeTo, anchor.at);
    for (const { lane, sequence, hash } of anchor.lanes) {
      const known = claims.lanes.get(lane) ?? { furthest: 0, places: new Map() };
      claims.lanes.set(lane, known);
      known.furthest = Math.max(known.furthest, sequence);
      const before = known.places.get(sequence);
      if (!before) known.places.set(sequence, { hash, at: anchor.at });
      else if (before.hash !== hash) say(lane, sequence, `the anchor of ${time} tells another hash than one before it`);
    }
  }
  if (lineCount > 0 && ofThisSafe === 0) say(null, null, 'no anchor of this safe is among the lines that were given');
  return claims;
}

/** Where an anchor saw a lane's furthest end. */
export function furthest(claims: AnchorClaims, lane: string): { sequence: number; at: string } | null {
  const known = claims.lanes.get(lane);
  if (!known) return null;
  return { sequence: known.furthest, at: new Date(known.places.get(known.furthest)?.at ?? 0).toISOString() };
}

/** Tells when an anchor knows another hash at this place. */
export function checkAnchored(claims: AnchorClaims, lane: string, sequence: number, hash: Uint8Array, say: Say): void {
  const claim = claims.lanes.get(lane)?.places.get(sequence);
  if (!claim || Buffer.from(claim.hash, 'base64').equals(hash)) return;
  say(lane, sequence, `the entry is not the one that the anchor of ${new Date(claim.at).toISOString()} tells of`);
}
