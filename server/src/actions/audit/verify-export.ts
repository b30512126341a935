import { chainStart } from '../../crypto/audit-chain.ts';
import { type AnchorClaims, furthest, readAnchors } from './anchor-claims.ts';
import type { ExportLine } from './export-form.ts';
import { findCut, type ToldLanes } from './told-lanes.ts';
import type { ArchiveTold, AuditProblem, AuditVerdict, Say } from './verdict.ts';
import { type Lines, type Piece, readPiece } from './verify-piece.ts';

const mostProblems = 100;

/**
 * Checks an export line by line, needing no safe: every hash, every sequence, the signature of each lane's head by a
 * trusted key, and every lane and place that the anchors tell of. `trusted` are SPKI DER keys in base64, noted at setup;
 * without them the export's own are believed. With `archives` they and the export must be one unbroken chain; an archive
 * alone is checked, too, and then nothing is said of what came after it.
 */
export async function verifyExport(
  lines: Lines<ExportLine>,
  trusted: readonly string[] | null,
  anchors: Lines<string> = [],
  archives: readonly Lines<ExportLine>[] = [],
): Promise<AuditVerdict> {
  const problems: AuditProblem[] = [];
  const said = new Set<string>();
  const say: Say = (lane, sequence, problem) => {
    // Every file names the keys: what is wrong with them is said once.
    const name = JSON.stringify([lane, sequence, problem]);
    if (problems.length >= mostProblems || said.has(name)) return;
    said.add(name);
    problems.push({ lane, sequence, problem });
  };
  const told: ToldLanes = new Map();
  const first = await readPiece(
    lines,
    trusted,
    (head, keys) => {
      // What comes after an archive is not in it.
      const exportedAt = head.archive ? Number.MAX_SAFE_INTEGER : head.exportedAt;
      return readAnchors(anchors, { safe: head.safe, exportedAt, keys }, say);
    },
    told,
    say,
  );
  const pieces = [first];
  for (const archive of archives) pieces.push(await readPiece(archive, trusted, async () => first.claims, told, say));
  const live = first.head?.archive ? null : first;
  if (live) findMissing(live, say);
  // What ends in an archive goes on elsewhere.
  if (live) findCut(told, live.lanes, say);
  const archived = joinPieces(pieces, live, say);
  const newest = Math.max(...pieces.map((piece) => piece.newest));
  const holds = problems.length === 0;
  return {
    holds,
    safe: first.head?.safe ?? null,
    lanes: new Set(pieces.flatMap((piece) => [...piece.lanes.keys()])).size,
    entries: pieces.reduce((sum, piece) => sum + piece.entries, 0),
    anchors: first.claims.count,
    completeTo: holds && live && first.claims.count > 0 ? timeOf(first.claims.completeTo) : null,
    signedTo: newest === 0 ? null : timeOf(newest),
    trustedKeys: trusted !== null,
    archives: archived,
    problems,
  };
}

const timeOf = (at: number): string => new Date(at).toISOString();

function findMissing({ claims, lanes }: Piece, say: Say): void {
  const seen = new Set(lanes.keys());
  findMissingLanes(claims, seen, say);
}

/** Lanes that an anchor tells of and the export does not. */
function findMissingLanes(claims: AnchorClaims, seen: ReadonlySet<string>, say: Say): void {
  for (const lane of claims.lanes.keys()) {
    const anchored = furthest(claims, lane);
    if (seen.has(lane) || !anchored) continue;
    say(lane, null, `the whole lane is missing: the anchor of ${anchored.at} tells of ${anchored.sequence} entries`);
  }
}

/** Puts archives and export one after another, and gives all archives that there must be. */
function joinPieces(pieces: readonly Piece[], live: Piece | null, say: Say): ArchiveTold[] {
  const given = new Map<number, Piece>();
  for (const piece of pieces) {
    const { head } = piece;
    if (!head || piece === live) continue;
    if (!head.archive) {
      say(null, null, 'there is a second export where archives are expected');
      continue;
    }
    const { number } = head.archive;
    if (head.safe !== pieces[0]?.head?.safe) say(null, null, `archive ${number} is of another safe`);
    else if (given.has(number)) say(null, null, `archive ${number} was given twice`);
    else given.set(number, piece);
  }
  const told = archivesTold(given, live);
  // One archive by itself proves what is in it.
  const isTogether = given.size > 0 && pieces.length > 1;
  for (const { number, before, given: isThere } of told) {
    if (!isThere && isTogether) say(null, null, `archive ${number}, of what was before ${before}, is missing`);
  }
  checkDigests(given, live, say);
  const inOrder = [...given].sort(([a], [b]) => a - b).map(([, piece]) => piece);
  if (given.size > 0) joinLanes(live ? [...inOrder, live] : inOrder, given, say);
  return told;
}

function archivesTold(given: ReadonlyMap<number, Piece>, live: Piece | null): ArchiveTold[] {
  const told = new Map<number, ArchiveTold>();
  const newest = Math.max(0, ...given.keys());
  for (const { number, before, entries } of live?.head?.archives ?? []) {
    told.set(number, { number, before: timeOf(before), entries, given: given.has(number) });
  }
  for (let number = 1; number <= newest; number += 1) {
    const piece = given.get(number);
    const before = piece?.head?.archive ? timeOf(piece.head.archive.before) : 'an unknown time';
    if (!told.has(number))
      told.set(number, { number, before, entries: piece?.entries ?? 0, given: piece !== undefined });
  }
  return [...told.values()].sort((a, b) => a.number - b.number);
}

/** Each archive is the one that the safe made: the export tells its digest, and so does the archive after it. */
function checkDigests(given: ReadonlyMap<number, Piece>, live: Piece | null, say: Say): void {
  for (const [number, { seal }] of given) {
    const inExport = live?.head?.archives?.find((one) => one.number === number);
    const after = given.get(number + 1)?.head?.archive;
    const known = [inExport?.digest, after ? (after.previous ?? '') : undefined];
    if (seal && known.some((digest) => digest !== undefined && digest !== seal.digest)) {
      say(null, null, `archive ${number} is not the one that the safe made: its digest is another`);
    }
    if (live && !inExport) say(null, null, `the export tells of no archive ${number}`);
  }
}

/** Every lane goes on in each file exactly where it ended in the one before. */
function joinLanes(pieces: readonly Piece[], given: ReadonlyMap<number, Piece>, say: Say): void {
  const ends = new Map<string, { sequence: number; hash: Uint8Array }>();
  for (const { lanes } of pieces) {
    for (const [lane, { begin, sequence, hash }] of lanes) {
      const before = ends.get(lane) ?? { sequence: 0, hash: chainStart };
      const from = begin ? { sequence: begin.sequence, hash: Buffer.from(begin.hash, 'base64') } : null;
      const at = from ?? { sequence: 0, hash: chainStart };
      const isGap = at.sequence > before.sequence;
      // A missing archive is named as a whole.
      if (isGap && begin && given.has(begin.archive)) {
        say(lane, before.sequence + 1, `the entries up to ${at.sequence} are missing from the archives`);
      } else if (!isGap && at.sequence < before.sequence) {
        say(lane, at.sequence + 1, 'two files tell of the same entries: one of them is older than the other');
      } else if (!isGap && !Buffer.from(at.hash).equals(before.hash)) {
        say(lane, at.sequence, 'it does not go on where the archive before ends');
      }
      ends.set(lane, { sequence, hash });
    }
  }
}
