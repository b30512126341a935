import {
  chainStart,
  type EntryColumns,
  entryHash,
  hashedColumns,
  headSignatureHolds,
} from '../../crypto/audit-chain.ts';
import { canonicalJson } from '../../crypto/canonical-json.ts';
import { type AnchorClaims, checkAnchored, furthest, readAnchors } from './anchor-claims.ts';
import {
  type ExportedEntry,
  type ExportedKey,
  type ExportedLane,
  type ExportLine,
  exportFormat,
} from './export-form.ts';
import type { AuditProblem, AuditVerdict, Say } from './verdict.ts';

type Lines<T> = AsyncIterable<T> | Iterable<T>;
type LaneState = { lane: ExportedLane; sequence: number; hash: Uint8Array; broken: boolean };
/** What is known once the first line was read. */
type Frame = { safe: string; keys: readonly ExportedKey[]; trusted: readonly string[] | null; claims: AnchorClaims };

const mostProblems = 100;
const noAnchors: AnchorClaims = { count: 0, completeTo: 0, lanes: new Map() };

/**
 * Checks an export line by line, needing no safe: every hash, every sequence, the signature of each lane's head by a
 * trusted key, and every lane and place that the anchors tell of. `trusted` are SPKI DER keys in base64, noted at setup;
 * without them the export's own are believed.
 */
export async function verifyExport(
  lines: Lines<ExportLine>,
  trusted: readonly string[] | null,
  anchors: Lines<string> = [],
): Promise<AuditVerdict> {
  const problems: AuditProblem[] = [];
  const say: Say = (lane, sequence, problem) => {
    if (problems.length < mostProblems) problems.push({ lane, sequence, problem });
  };
  let frame: Frame | null = null;
  let state: LaneState | null = null;
  const seen = new Set<string>();
  let entries = 0;
  let newest = 0;
  let ended = false;

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
    switch (line.type) {
      case 'safe':
        if (frame !== null || line.format !== exportFormat)
          say(null, null, `this is no export of the form ${exportFormat}`);
        frame = { safe: line.safe, keys: line.keys, trusted, claims: noAnchors };
        frame.claims = await readAnchors(anchors, { ...line, trusted }, say);
        break;
      case 'lane':
        finish();
        if (seen.has(line.lane)) say(line.lane, null, 'the lane appears twice');
        seen.add(line.lane);
        newest = Math.max(newest, line.signedAt);
        state = { lane: line, sequence: 0, hash: chainStart, broken: false };
        break;
      case 'entry':
        entries += 1;
        if (state && frame) checkEntry(state, frame, line, say);
        else say(line.lane, line.sequence, 'the entry belongs to no lane');
        break;
      case 'end':
        finish();
        ended = true;
        if (line.lanes !== seen.size || line.entries !== entries)
          say(null, null, 'lanes or entries are missing from the export');
        break;
      default:
        say(null, null, 'there is a line of an unknown type');
    }
  }
  if (!ended) say(null, null, 'the export is cut off: it has no end');
  const { safe = null, claims = noAnchors } = (frame as Frame | null) ?? {};
  findMissingLanes(claims, seen, say);
  const holds = problems.length === 0;
  return {
    holds,
    safe,
    lanes: seen.size,
    entries,
    anchors: claims.count,
    completeTo: holds && claims.count > 0 ? timeOf(claims.completeTo) : null,
    signedTo: newest === 0 ? null : timeOf(newest),
    trustedKeys: trusted !== null,
    problems,
  };
}

const timeOf = (at: number): string => new Date(at).toISOString();

function checkEntry(state: LaneState, { claims }: Frame, entry: ExportedEntry, say: Say): void {
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
  }
  state.sequence = entry.sequence;
  state.hash = hash;
}

function finishLane(state: LaneState, { safe, keys, trusted, claims }: Frame, say: Say): void {
  const { lane } = state;
  const hash = Buffer.from(lane.hash, 'base64');
  const named = keys.find((key) => key.id === lane.keyId);
  if (!named || (trusted !== null && !trusted.includes(named.publicKey))) {
    say(lane.lane, null, 'its head is signed by a key that is not trusted');
  } else {
    const head = { safeId: safe, lane: lane.lane, sequence: lane.sequence, hash, at: lane.signedAt };
    const publicKey = Buffer.from(named.publicKey, 'base64');
    if (!headSignatureHolds(publicKey, head, Buffer.from(lane.signature, 'base64'))) {
      say(lane.lane, lane.sequence, 'the signature of its head does not hold');
    }
  }
  const anchored = furthest(claims, lane.lane);
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

/** Lanes that an anchor tells of and the export does not. */
function findMissingLanes(claims: AnchorClaims, seen: ReadonlySet<string>, say: Say): void {
  for (const lane of claims.lanes.keys()) {
    const anchored = furthest(claims, lane);
    if (seen.has(lane) || !anchored) continue;
    say(lane, null, `the whole lane is missing: the anchor of ${anchored.at} tells of ${anchored.sequence} entries`);
  }
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
  };
  return canonicalJson(hashedColumns(columns));
}
