import { entryHash, headSignatureHolds } from '../../crypto/audit-chain.ts';
import { canonicalJson } from '../../crypto/canonical-json.ts';
import { chainStart, hashedColumns } from '../../storage/audit-chain.ts';
import { type ExportedEntry, type ExportedKey, type ExportedLane, type ExportLine, exportFormat } from './export.ts';

type AuditProblem = { lane: string | null; sequence: number | null; problem: string };

export type AuditVerdict = {
  /** True when nothing was found. */
  holds: boolean;
  safe: string | null;
  lanes: number;
  entries: number;
  /** ISO 8601 time of the newest signed head: what was cut off after a head cannot be seen from the export alone. */
  completeTo: string | null;
  /** Whether the keys were given from outside, or only those that the export itself names. */
  trustedKeys: boolean;
  problems: AuditProblem[];
};

type LaneState = { lane: ExportedLane; sequence: number; hash: Uint8Array; broken: boolean };

const mostProblems = 100;

/**
 * Checks an export line by line, needing no safe: every hash, every sequence, and the signature of each lane's head by
 * a trusted key. `trusted` are SPKI DER keys in base64, noted at setup; without them the export's own are believed.
 */
export async function verifyExport(
  lines: AsyncIterable<ExportLine> | Iterable<ExportLine>,
  trusted: readonly string[] | null,
): Promise<AuditVerdict> {
  const problems: AuditProblem[] = [];
  const say = (lane: string | null, sequence: number | null, problem: string): void => {
    if (problems.length < mostProblems) problems.push({ lane, sequence, problem });
  };
  let safe: string | null = null;
  let keys: ExportedKey[] = [];
  let state: LaneState | null = null;
  const seen = new Set<string>();
  let entries = 0;
  let newest = 0;
  let ended = false;

  const finish = (): void => {
    if (state) finishLane(state, safe ?? '', keys, trusted, say);
    state = null;
  };

  for await (const line of lines) {
    if (ended) say(null, null, 'there are lines after the end');
    if (safe === null && line.type !== 'safe') {
      say(null, null, 'the export does not begin with its safe');
      break;
    }
    switch (line.type) {
      case 'safe':
        if (safe !== null || line.format !== exportFormat)
          say(null, null, `this is no export of the form ${exportFormat}`);
        safe = line.safe;
        keys = line.keys;
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
        if (state) checkEntry(state, line, say);
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
  const completeTo = newest === 0 ? null : new Date(newest).toISOString();
  const trustedKeys = trusted !== null;
  return { holds: problems.length === 0, safe, lanes: seen.size, entries, completeTo, trustedKeys, problems };
}

type Say = (lane: string | null, sequence: number | null, problem: string) => void;

function checkEntry(state: LaneState, entry: ExportedEntry, say: Say): void {
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
  }
  state.sequence = entry.sequence;
  state.hash = hash;
}

function finishLane(
  state: LaneState,
  safe: string,
  keys: readonly ExportedKey[],
  trusted: readonly string[] | null,
  say: Say,
): void {
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
  if (state.broken) return;
  if (state.sequence !== lane.sequence) {
    say(lane.lane, state.sequence + 1, `its end is missing: the head tells of ${lane.sequence} entries`);
  } else if (!hash.equals(Buffer.from(state.hash))) {
    say(lane.lane, state.sequence, 'its last hash is not the one that its head tells');
  }
}

function formOf(entry: ExportedEntry): string {
  const columns = hashedColumns({
    lane: entry.lane,
    sequence: entry.sequence,
    at: entry.at,
    event: entry.event,
    user_id: entry.userId,
    access_key_id: entry.accessKeyId,
    target: entry.target,
    request_id: entry.requestId,
    details: entry.details === null ? null : Buffer.from(entry.details, 'base64'),
  });
  return canonicalJson(columns);
}
