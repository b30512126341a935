import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ExportedLane, ExportLine } from '../../../src/actions/audit/export-form.ts';
import { verifyExport } from '../../../src/actions/audit/verify-export.ts';
import { chainStart, entryHash, hashedColumns, signHead } from '../../../src/crypto/audit-chain.ts';
import type { Keyring } from '../../../src/crypto/keyring.ts';
import { engines, type Person, startSafe, type TestSafe } from '../../start-safe.ts';
import { type Break, brokenCopy } from './broken-copy.ts';

type Verify = typeof verifyExport;
type Given = { lines: ExportLine[]; anchors: string[] };

/** An audit of three starts: `noon` was exported in the second, `now` in the third; anchors were made at each end. */
type World = { noon: ExportLine[]; now: ExportLine[]; anchors: string[]; lanes: string[]; ring: Keyring };

type Scenario = {
  what: string;
  spoil(world: World): Given;
  finds: RegExp;
  /** Without these checks of the verifier nothing at all is found. */
  without: Break[];
};

const verifier = 'actions/audit/verify-export.ts';
const piece = 'actions/audit/verify-piece.ts';
const claims = 'actions/audit/anchor-claims.ts';
const believeHashes: Break = [
  piece,
  'const hash = entryHash(state.hash, formOf(entry));',
  `const hash = Buffer.from(entry.hash, 'base64'); void [entryHash, formOf];`,
];
const believeOrder: Break = [piece, 'if (entry.sequence !== state.sequence + 1)', 'if (false)'];
const believeEnds: Break = [piece, 'if (anchored && anchored.sequence > lane.sequence)', 'if (anchored && false)'];
/** What the entries of other lanes tell finds the same: it must be left out for an anchor's check to be missed. */
const believeTold: Break = [verifier, '  if (live) findCut(told, live.lanes, say);', ''];
const believeLanes: Break = [verifier, '  findMissingLanes(claims, seen, say);', ''];

const entriesOf = (lines: readonly ExportLine[], lane: string) =>
  lines.filter((line) => line.type === 'entry' && line.lane === lane);
const headOf = (lines: readonly ExportLine[], lane: string) =>
  lines.find((line): line is ExportedLane => line.type === 'lane' && line.lane === lane) as ExportedLane;

/** The lines with an end that counts what is there: a forger does not forget it. */
function counted(lines: readonly ExportLine[]): ExportLine[] {
  const count = (type: ExportLine['type']) => lines.filter((line) => line.type === type).length;
  const end = { type: 'end', lanes: count('lane'), entries: count('entry') } as const;
  return [...lines.filter(({ type }) => type !== 'end'), end];
}

/** Other lines in place of a lane and its entries. */
function withLane(lines: readonly ExportLine[], lane: string, others: readonly ExportLine[]): ExportLine[] {
  return counted(
    lines.flatMap((line) => {
      if (line.type === 'lane' && line.lane === lane) return others;
      return line.type === 'entry' && line.lane === lane ? [] : [line];
    }),
  );
}

const scenarios: Scenario[] = [
  {
    what: 'an edited entry',
    spoil: ({ now, anchors, lanes }) => {
      const lines = structuredClone(now);
      const entry = entriesOf(lines, lanes[0] ?? '').find(
        (one) => one.type === 'entry' && one.event === 'item.revealed',
      );
      assert.ok(entry?.type === 'entry');
      entry.userId = 99;
      return { lines, anchors };
    },
    finds: /^the entry was changed: its hash does not fit$/,
    without: [believeHashes],
  },
  {
    what: 'an entry whose row changes were edited',
    spoil: ({ now, anchors }) => {
      const lines = structuredClone(now);
      const entry = lines.find((line) => line.type === 'entry' && line.changedRows !== null);
      assert.ok(entry?.type === 'entry');
      entry.changedRows = null;
      return { lines, anchors };
    },
    finds: /^the entry was changed: its hash does not fit$/,
    without: [believeHashes],
  },
  {
    what: 'a removed entry',
    spoil: ({ now, anchors, lanes }) => {
      const gone = entriesOf(now, lanes[0] ?? '')[2];
      return { lines: counted(now.filter((line) => line !== gone)), anchors };
    },
    finds: /^the entry is missing: 4 follows 2$/,
    without: [believeOrder, believeHashes],
  },
  {
    what: 'entries in the wrong order',
    spoil: ({ now, anchors, lanes }) => {
      const [first, second] = entriesOf(now, lanes[0] ?? '').slice(2, 4) as [ExportLine, ExportLine];
      return { lines: now.map((line) => (line === first ? second : line === second ? first : line)), anchors };
    },
    finds: /^the entry is missing: 4 follows 2$/,
    without: [believeOrder, believeHashes],
  },
  {
    what: 'a tail cut off together with its head, by someone who kept an older one',
    spoil: ({ noon, now, anchors, lanes }) => {
      const lane = lanes[1] ?? '';
      return { lines: withLane(now, lane, [headOf(noon, lane), ...entriesOf(noon, lane)]), anchors };
    },
    finds: /^its end is missing, and its head with it: the anchor of \S+ tells of \d+ entries$/,
    without: [believeEnds, believeTold],
  },
  {
    what: 'a whole lane removed',
    spoil: ({ now, anchors, lanes }) => ({ lines: withLane(now, lanes[0] ?? '', []), anchors }),
    finds: /^the whole lane is missing: the anchor of \S+ tells of \d+ entries$/,
    without: [believeLanes, believeTold],
  },
  {
    what: 'a tail cut off together with its head, without any anchor',
    spoil: ({ noon, now, lanes }) => {
      const lane = lanes[1] ?? '';
      return { lines: withLane(now, lane, [headOf(noon, lane), ...entriesOf(noon, lane)]), anchors: [] };
    },
    finds: /^its end is missing, and its head with it: entry \d+ of lane \S+ of \S+ tells of \d+ entries$/,
    without: [believeTold],
  },
  {
    what: 'a whole lane removed, without any anchor',
    spoil: ({ now, lanes }) => ({ lines: withLane(now, lanes[0] ?? '', []), anchors: [] }),
    finds: /^the whole lane is missing: entry \d+ of lane \S+ of \S+ tells of \d+ entries$/,
    without: [believeTold],
  },
  {
    what: 'a chain that was hashed and signed anew, without any anchor',
    spoil: ({ now, lanes, ring }) => ({ lines: signedAnew(now, lanes[0] ?? '', ring), anchors: [] }),
    finds: /^the entry is not the one that entry \d+ of lane \S+ of \S+ tells of$/,
    without: [believeTold],
  },
  {
    what: `yesterday's database put back`,
    spoil: ({ noon, now, anchors }) => ({ lines: [now[0] as ExportLine, ...noon.slice(1)], anchors }),
    finds: /^(its end is missing, and its head with it|the whole lane is missing): the anchor of /,
    without: [believeEnds, believeLanes],
  },
  {
    what: 'a forged signature of a head',
    spoil: ({ now, lanes }) => {
      const lines = structuredClone(now);
      headOf(lines, lanes[0] ?? '').signature = Buffer.alloc(64, 1).toString('base64');
      return { lines, anchors: [] };
    },
    finds: /^the signature of its head does not hold$/,
    without: [[piece, 'return headSignatureHolds(', 'return true || headSignatureHolds(']],
  },
  {
    what: 'a forged signature of an anchor',
    spoil: ({ now, anchors, lanes }) => {
      // Every lane but one in each anchor: the lane that is then removed.
      const forged = anchors.map((line) => {
        const anchor = JSON.parse(line);
        return JSON.stringify({ ...anchor, lanes: anchor.lanes.filter((one: ExportedLane) => one.lane !== lanes[0]) });
      });
      return { lines: withLane(now, lanes[0] ?? '', []), anchors: forged };
    },
    finds: /^the signature of the anchor of \S+ does not hold$/,
    without: [[claims, `!anchorHolds(key, anchor)`, 'false'], believeTold],
  },
  {
    what: 'a chain that was hashed and signed anew by someone who has the signing key',
    spoil: ({ now, anchors, lanes, ring }) => ({ lines: signedAnew(now, lanes[0] ?? '', ring), anchors }),
    finds: /^the entry is not the one that the anchor of \S+ tells of$/,
    without: [[claims, `.equals(hash)) return;`, `.equals(hash) || true) return;`], believeTold],
  },
  {
    what: 'anchors of another safe',
    spoil: ({ now, anchors }) => ({
      lines: now,
      anchors: anchors.map((line) => line.replace(/"safe":"[^"]*"/, '"safe":"another"')),
    }),
    finds: /^no anchor of this safe is among the lines that were given$/,
    without: [[claims, 'if (lineCount > 0 && ofThisSafe === 0)', 'if (false && lineCount + ofThisSafe)']],
  },
];

/** The same lane with a lie in its third entry, and every hash and its head made anew with the safe's own key. */
function signedAnew(lines: readonly ExportLine[], lane: string, ring: Keyring): ExportLine[] {
  const anew = structuredClone(lines) as ExportLine[];
  let hash = chainStart;
  for (const entry of entriesOf(anew, lane)) {
    assert.ok(entry.type === 'entry');
    if (entry.sequence === 3) entry.userId = 99;
    const columns = hashedColumns({
      lane,
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
    });
    hash = entryHash(hash, JSON.stringify(columns));
    entry.hash = Buffer.from(hash).toString('base64');
  }
  const head = headOf(anew, lane);
  head.hash = Buffer.from(hash).toString('base64');
  const claim = { safeId: ring.safeId, lane, sequence: head.sequence, hash, at: head.signedAt };
  head.signature = Buffer.from(signHead(ring.auditSigning[0], claim)).toString('base64');
  return anew;
}

for (const engine of engines) {
  describe(`an export held against anchors on ${engine}`, () => {
    let safe: TestSafe;
    let world: World;
    let trusted: string[];

    async function lines(): Promise<ExportLine[]> {
      const all: ExportLine[] = [];
      for await (const line of safe.operator.stream('audit.export')) all.push(line as ExportLine);
      return all;
    }
    const anchorLines = () =>
      readFileSync(join(safe.settings.dataDir, 'anchors', 'anchors.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line !== '');

    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '1' });
      const ana: Person = await safe.person('ana');
      await ana.call('POST', '/api/mysafe/note', { name: 'n', note: 't' });
      for (let count = 0; count < 4; count += 1) await ana.call('GET', '/api/mysafe/note/1');
      await safe.restart();
      await ana.call('GET', '/api/mysafe/note/1');
      const noon = await lines();
      await ana.call('GET', '/api/mysafe/note/1');
      await safe.restart();
      const anchors = anchorLines();
      const now = await lines();
      const lanes = now.flatMap((line) => (line.type === 'lane' ? [line.lane] : []));
      world = { noon, now, anchors, lanes, ring: safe.serving.safe.ring };
      const keys = await safe.operator.run('audit.public-key', undefined as never);
      trusted = keys.map(({ publicKey }) => publicKey);
    });
    after(() => safe.close());

    it('is complete to the newest anchor, unproven after', async () => {
      const { now, anchors } = world;
      assert.equal(anchors.length, 2);
      const verdict = await verifyExport(now, trusted, anchors);
      assert.deepEqual([verdict.problems, verdict.holds, verdict.anchors], [[], true, 2]);
      assert.equal(verdict.completeTo, new Date(JSON.parse(anchors[1] ?? '').at).toISOString());
      assert.ok((verdict.signedTo ?? '') > (verdict.completeTo ?? ''));
      const bare = await verifyExport(now, trusted);
      assert.deepEqual([bare.holds, bare.anchors, bare.completeTo], [true, 0, null]);
    });

    it('takes anchors out of the log of a receiver, and leaves out those that are younger than the export', async () => {
      const { noon, anchors } = world;
      const logged = anchors.map((line) => `<110>1 2026-11-22T03:00:00Z host arca 1 anchor - ${line}`);
      const verdict = await verifyExport(noon, trusted, ['another line', ...logged, anchors[1]?.slice(0, 80) ?? '']);
      assert.deepEqual([verdict.problems, verdict.anchors], [[], 1]);
      assert.equal(verdict.completeTo, new Date(JSON.parse(anchors[0] ?? '').at).toISOString());
    });

    it('has anchors that anyone can check: Ed25519 over the canonical JSON without the signature', () => {
      for (const line of world.anchors) {
        const { signature, ...claim } = JSON.parse(line);
        const text = JSON.stringify(claim);
        assert.deepEqual(Object.keys(claim), [...Object.keys(claim)].sort());
        const [key] = world.ring.auditSigning;
        assert.equal(sign(null, Buffer.from(text), key.key).toString('base64'), signature);
      }
    });

    for (const { what, spoil, finds, without } of scenarios) {
      it(`finds ${what}, and would not without its check`, async () => {
        const { lines: spoilt, anchors } = spoil(world);
        const verdict = await verifyExport(spoilt, trusted, anchors);
        assert.ok(
          verdict.problems.some(({ problem }) => finds.test(problem)),
          JSON.stringify(verdict.problems),
        );
        assert.deepEqual([verdict.holds, verdict.completeTo], [false, null]);
        if (engine !== 'sqlite') return;
        const copy = brokenCopy(without);
        try {
          const { verifyExport: broken } = await copy.load<{ verifyExport: Verify }>(verifier);
          const blind = await broken(spoilt, trusted, anchors);
          assert.deepEqual([blind.problems, blind.holds], [[], true]);
        } finally {
          copy.remove();
        }
      });
    }
  });
}
