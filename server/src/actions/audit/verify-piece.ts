import {
  chainStart,
  type EntryColumns,
  entryHash,
  hashedColumns,
  headSignatureHolds,
} from '../../crypto/audit-chain.ts';
import { archiveHolds, placeHolds } from '../../crypto/audit-place.ts';
import { startLineDigest } from '../../crypto/backup-signature.ts';
import { canonicalJson } from '../../crypto/canonical-json.ts';
import { type AnchorClaims, checkAnchored, furthest, noAnchors } from './anchor-claims.ts';
import { previousDigest } from './archive.ts';
import {
  type ArchiveSeal,
  archiveFormat,
  type ExportedArchive,
  type ExportedEntry,
  type ExportedLane,
  type ExportedPlace,
  type ExportLine,
  exportFormat,
} from './export-form.ts';
import { believedKeys } from './key-chain.ts';
import { addTold, checkTold as checkToldLane, type ToldLanes } from './told-lanes.ts';
import type { Say } from './verdict.ts';

export type Lines<T> = AsyncIterable<T> | Iterable<T>;

type Head = Extract<ExportLine, { type: 'safe' }>;
type Frame = { head: Head; keys: ReadonlyMap<string, Uint8Array>; claims: AnchorClaims; told: ToldLanes };
type LaneState = { lane: ExportedLane; sequence: number; hash: Uint8Array; broken: boolean };

/** What one file, an export or an archive, tells of each lane: from where to where. */
export type Piece = {
  /** Null for a file that does not begin as either. */
  head: Head | null;
  lanes: Map<string, { begin: ExportedPlace | null; sequence: number; hash: Uint8Array }>;
  entries: number;
  /** Of an archive. */
  seal: ArchiveSeal | null;
  /** The time of the newest signature; 0 when nothing is signed. */
  newest: number;
  claims: AnchorClaims;
};

/**
 * Reads one file line by line and checks all that it can tell by itself. `claimsOf` gives what anchors tell, once the
 * safe and the believed keys are known; what its entries tell of lanes is added to `told`.
 */
export async function readPiece(
  lines: Lines<ExportLine>,
  trusted: readonly string[] | null,
  claimsOf: (head: Head, keys: ReadonlyMap<string, Uint8Array>) => Promise<AnchorClaims>,
  told: ToldLanes,
  say: Say,
): Promise<Piece> {
  const piece: Piece = { head: null, lanes: new Map(), entries: 0, seal: null, newest: 0, claims: noAnchors };
  let frame: Frame | null = null;
  let state: LaneState | null = null;
  let ended = false;
  const digest = startLineDigest();

  const finish = (): void => {
    if (state && frame) finishLane(state, frame, say);
    state = null;
  };

  for await (const line of lines) {
    if (ended) say(null, null, 'there are lines after the end');
    if (frame === null && line.type !== 'safe') {
      say(null, null, 'the export does not begin with its safe');
      break;
    }
    if (line.type !== 'end' && (frame === null || frame.head.archive)) digest.add(JSON.stringify(line));
    switch (line.type) {
      case 'safe': {
        const form = line.archive ? archiveFormat : exportFormat;
        if (frame !== null || line.format !== form) say(null, null, `this is no export of the form ${form}`);
        const keys = believedKeys(line.safe, line.keys, trusted, say);
        frame = { head: line, keys, claims: await claimsOf(line, keys), told };
        piece.head = line;
        piece.claims = frame.claims;
        for (const archive of line.archives ?? []) checkTold(archive, frame, say);
        break;
      }
      case 'lane': {
        finish();
        const begin = line.begins ?? null;
        if (piece.lanes.has(line.lane)) say(line.lane, null, 'the lane appears twice');
        piece.newest = Math.max(piece.newest, line.signedAt);
        const hash = begin ? Buffer.from(begin.hash, 'base64') : chainStart;
        if (begin && frame) checkBegin(begin, line.lane, frame, say);
        state = { lane: line, sequence: begin?.sequence ?? 0, hash, broken: false };
        const end = { sequence: line.sequence, hash: Buffer.from(line.hash, 'base64') };
        piece.lanes.set(line.lane, { begin, ...end });
        break;
      }
      case 'entry':
        piece.entries += 1;
        if (state && frame) checkEntry(state, frame, line, say);
        else say(line.lane, line.sequence, 'the entry belongs to no lane');
        break;
      case 'end':
        finish();
        ended = true;
        if (line.lanes !== piece.lanes.size || line.entries !== piece.entries)
          say(null, null, 'lanes or entries are missing from the export');
        piece.seal = line.seal ?? null;
        if (frame) checkSeal(line, frame, digest.end(), say);
        break;
      default:
        say(null, null, 'there is a line of an unknown type');
    }
  }
  if (!ended) say(null, null, 'the export is cut off: it has no end');
  return piece;
}

/** An archive's own end: everything in the file is covered by it. */
function checkSeal(end: Extract<ExportLine, { type: 'end' }>, { head, keys }: Frame, digest: Buffer, say: Say): void {
  if (!head.archive) return;
  const { number, before, previous } = head.archive;
  const key = end.seal && keys.get(end.seal.keyId);
  const claim = { safeId: head.safe, archive: number, before, entries: end.entries, digest };
  const isWhole =
    end.seal &&
    key &&
    archiveHolds(key, { ...claim, previous: previousDigest(previous) }, Buffer.from(end.seal.signature, 'base64'));
  if (!isWhole) say(null, null, `archive ${number} was changed: the signature of its end does not hold`);
}

/** What an export tells of an archive is signed as the archive itself is. */
function checkTold({ number, before, entries, ...told }: ExportedArchive, { head, keys }: Frame, say: Say): void {
  const key = keys.get(told.keyId);
  const [digest, previous] = [Buffer.from(told.digest, 'base64'), previousDigest(told.previous)];
  const claim = { safeId: head.safe, archive: number, before, entries, digest, previous };
  if (key && archiveHolds(key, claim, Buffer.from(told.signature, 'base64'))) return;
  say(null, null, `what the export tells of archive ${number} is not signed by a trusted key`);
}

function checkBegin(begin: ExportedPlace, lane: string, { head, keys, claims }: Frame, say: Say): void {
  const hash = Buffer.from(begin.hash, 'base64');
  const { archive, sequence, at } = begin;
  const key = keys.get(begin.keyId);
  const claim = { safeId: head.safe, archive, lane, sequence, hash, at };
  if (!key || !placeHolds(key, claim, Buffer.from(begin.signature, 'base64'))) {
    say(lane, sequence, 'the signature of its beginning does not hold');
  }
  checkAnchored(claims, lane, sequence, hash, say);
  if (head.archive) return;
  if (head.archives?.some(({ number }) => number === archive)) return;
  say(lane, sequence, `it begins where archive ${archive} ends, and the export tells of no such archive`);
}

function checkEntry(state: LaneState, { claims, told }: Frame, entry: ExportedEntry, say: Say): void {
  // After the first break every later hash differs too: one problem a lane says enough.
  if (state.broken) return;
  const at = state.lane.lane;
  if (entry.lane !== at) say(at, entry.sequence, `an entry of lane ${entry.lane} stands among its entries`);
  const hash = entryHash(state.hash, formOf(entry));
  if (entry.sequence !== state.sequence + 1) {
    say(at, state.sequence + 1, `the entry is missing: ${entry.sequence} follows ${state.sequence}`);
    state.broken = true;
  } else if (!Buffer.from(hash).equals(Buffer.from(entry.hash, 'base64'))) {
    say(at, entry.sequence, 'the entry was changed: its hash does not fit');
    state.broken = true;
  } else {
    checkAnchored(claims, at, entry.sequence, hash, say);
    checkToldLane(told, at, entry.sequence, hash, say);
    addTold(told, entry, say);
  }
  state.sequence = entry.sequence;
  state.hash = hash;
}

function finishLane(state: LaneState, { head, keys, claims }: Frame, say: Say): void {
  const { lane } = state;
  const hash = Buffer.from(lane.hash, 'base64');
  const key = keys.get(lane.keyId);
  if (!key) {
    say(lane.lane, null, 'its head is signed by a key that is not trusted');
  } else if (!endHolds(lane, head, key, hash)) {
    say(lane.lane, lane.sequence, 'the signature of its head does not hold');
  }
  const anchored = head.archive ? null : furthest(claims, lane.lane);
  if (anchored && anchored.sequence > lane.sequence) {
    say(
      lane.lane,
      lane.sequence + 1,
      `its end is missing, and its head with it: the anchor of ${anchored.at} tells of ${anchored.sequence} entries`,
    );
  }
  if (state.broken) return;
  if (state.sequence !== lane.sequence) {
    say(lane.lane, state.sequence + 1, `its end is missing: the head tells of ${lane.sequence} entries`);
  } else if (!hash.equals(Buffer.from(state.hash))) {
    say(lane.lane, state.sequence, 'its last hash is not the one that its head tells');
  }
}

/** A lane ends at its head; in an archive, at the place after which the store goes on. */
function endHolds(lane: ExportedLane, { safe, archive }: Head, key: Uint8Array, hash: Uint8Array): boolean {
  const signature = Buffer.from(lane.signature, 'base64');
  const end = { safeId: safe, lane: lane.lane, sequence: lane.sequence, hash, at: lane.signedAt };
  if (archive) return placeHolds(key, { ...end, archive: archive.number }, signature);
  return headSignatureHolds(key, end, signature);
}

function formOf(entry: ExportedEntry): string {
  const columns: EntryColumns = {
    lane: entry.lane,
    sequence: entry.sequence,
    at: entry.at,
    event: entry.event,
    user_id: entry.userId,
    access_key_id: entry.accessKeyId,
    target: entry.target,
    request_id: entry.requestId,
    details: entry.details === null ? null : Buffer.from(entry.details, 'base64'),
    changed_rows: entry.changedRows,
    lanes_told: entry.lanesTold ?? null,
  };
  return canonicalJson(hashedColumns(columns));
}
