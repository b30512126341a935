import { readLanes } from '../../domain/audit-lanes.ts';
import type { ExportedEntry } from './export-form.ts';
import type { Say } from './verdict.ts';

/** What the entries of other lanes tell of each: of what they tell the furthest. */
export type ToldLanes = Map<string, { sequence: number; hash: string; by: string }>;

/** Adds what an entry tells whose own hash holds. */
export function addTold(told: ToldLanes, entry: ExportedEntry, say: Say): void {
  if (entry.lanesTold === undefined) return;
  const lanes = readLanes(entry.lanesTold);
  if (!lanes) {
    say(entry.lane, entry.sequence, 'what it tells of lanes cannot be read');
    return;
  }
  const by = `entry ${entry.sequence} of lane ${entry.lane} of ${new Date(entry.at).toISOString()}`;
  for (const { lane, sequence, hash } of lanes) {
    const known = told.get(lane);
    if (!known || known.sequence < sequence) told.set(lane, { sequence, hash, by });
    else if (known.sequence === sequence && known.hash !== hash) {
      say(lane, sequence, `${known.by} tells another hash of it than ${by}`);
    }
  }
}

/** Tells when an entry is not the one that was told of. */
export function checkTold(told: ToldLanes, lane: string, sequence: number, hash: Uint8Array, say: Say): void {
  const known = told.get(lane);
  if (known?.sequence !== sequence || Buffer.from(known.hash, 'base64').equals(hash)) return;
  say(lane, sequence, `the entry is not the one that ${known.by} tells of`);
}

/** Lanes that are gone, or shorter than another one tells. */
export function findCut(
  told: ToldLanes,
  ends: ReadonlyMap<string, { sequence: number; hash: Uint8Array }>,
  say: Say,
): void {
  for (const [lane, { sequence, by }] of told) {
    const end = ends.get(lane);
    if (!end) say(lane, null, `the whole lane is missing: ${by} tells of ${sequence} entries`);
    else if (end.sequence < sequence) {
      say(lane, end.sequence + 1, `its end is missing, and its head with it: ${by} tells of ${sequence} entries`);
    } else checkTold(told, lane, end.sequence, end.hash, say);
  }
}
