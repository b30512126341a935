import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ExportLine } from '../../../src/actions/audit/export-form.ts';
import { verifyExport } from '../../../src/actions/audit/verify-export.ts';
import { readStoredFigures } from '../../../src/actions/figures/read-figures.ts';
import { type ArchiveTask, archiveAudit } from '../../../src/admin/archive-audit.ts';
import { readLocked } from '../../../src/admin/backup-file.ts';
import { verifyAuditFile } from '../../../src/admin/verify-file.ts';
import { rotateToEnd } from '../../rotation/rotate-to-end.ts';
import { engines, type Person, startSafe, type TestSafe } from '../../start-safe.ts';
import { openByHand, type StoreByHand } from '../../store-by-hand.ts';
import { type Break, brokenCopy } from './broken-copy.ts';

type Verify = typeof verifyExport;
type Files = { live: ExportLine[]; archives: ExportLine[][] };
type World = Files & { older: ExportLine[]; firstKey: string };
type Scenario = {
  what: string;
  spoil(world: World): Files;
  finds: RegExp;
  without: Break[];
};

const verifier = 'actions/audit/verify-export.ts';
const piece = 'actions/audit/verify-piece.ts';
const chain = 'actions/audit/key-chain.ts';
const day = 86_400_000;

const headOf = (lines: ExportLine[]) => {
  const [head] = lines;
  assert.ok(head?.type === 'safe');
  return head;
};
const [first, second] = [0, 1];

/** Files of its own, so that a scenario may change them. */
const copied = ({ live, archives }: World): Files => structuredClone({ live, archives });

const scenarios: Scenario[] = [
  {
    what: 'a removed archive',
    spoil: ({ live, archives }) => ({ live, archives: archives.slice(1) }),
    finds: /^archive 1, of what was before 2\S+, is missing$/,
    without: [[verifier, 'if (!isThere && isTogether)', 'if (!isThere && isTogether && false)']],
  },
  {
    what: 'an archive that was cut',
    spoil: (world) => {
      const files = copied(world);
      files.archives[first]?.splice(-2);
      return files;
    },
    finds: /^the export is cut off: it has no end$/,
    without: [
      [piece, "if (!ended) say(null, null, 'the export is cut off: it has no end');", ''],
      [piece, 'if (state.sequence !== lane.sequence)', 'if (false)'],
      [piece, 'else if (!hash.equals(Buffer.from(state.hash)))', 'else if (false)'],
    ],
  },
  {
    what: 'an edited archive',
    spoil: (world) => {
      const files = copied(world);
      const entry = files.archives[first]?.find((line) => line.type === 'entry' && line.opened !== undefined);
      assert.ok(entry?.type === 'entry');
      // What the hashes of entries do not cover, the signed end does.
      entry.opened = { address: '203.0.113.9' };
      return files;
    },
    finds: /^archive 1 was changed: the signature of its end does not hold$/,
    without: [[piece, 'if (!isWhole) say(', 'if (!isWhole && false) say(']],
  },
  {
    what: 'archives that were swapped for one another',
    spoil: (world) => {
      const files = copied(world);
      const [one, two] = files.archives.map(headOf);
      assert.ok(one?.archive && two?.archive);
      [one.archive, two.archive] = [two.archive, one.archive];
      return files;
    },
    finds: /^(archive [12] was changed|it does not go on|the entries up to|two files tell)/,
    without: [
      [piece, 'if (!isWhole) say(', 'if (!isWhole && false) say('],
      [piece, '} else if (!endHolds(lane, head, key, hash)) {', '} else if (false) {'],
      [piece, 'if (!key || !placeHolds(', 'if (false && !placeHolds('],
      [verifier, '  checkDigests(given, live, say);', ''],
      [verifier, '  if (given.size > 0) joinLanes(', '  if (given.size < 0) joinLanes('],
    ],
  },
  {
    what: 'an archive of which the export tells another digest',
    spoil: (world) => {
      const files = copied(world);
      const told = headOf(files.live).archives?.[second];
      assert.ok(told);
      told.digest = Buffer.alloc(32, 3).toString('base64');
      return files;
    },
    finds: /^archive 2 is not the one that the safe made: its digest is another$/,
    without: [
      [verifier, '  checkDigests(given, live, say);', ''],
      [piece, 'checkTold(archive, frame, say);', 'void [archive, checkTold];'],
    ],
  },
  {
    what: 'a beginning that was moved to hide entries',
    spoil: (world) => {
      const files = copied(world);
      const at = files.live.findIndex(
        (line) => line.type === 'lane' && line.begins !== undefined && line.sequence > line.begins.sequence + 1,
      );
      const lane = files.live[at];
      const [one] = files.live.slice(at + 1);
      assert.ok(lane?.type === 'lane' && lane.begins && one?.type === 'entry');
      lane.begins = { ...lane.begins, sequence: one.sequence, hash: one.hash };
      files.live.splice(at + 1, 1);
      const end = files.live.at(-1);
      assert.ok(end?.type === 'end');
      end.entries -= 1;
      return { ...files, archives: [] };
    },
    finds: /^the signature of its beginning does not hold$/,
    without: [[piece, 'if (!key || !placeHolds(', 'if (false && !placeHolds(']],
  },
  {
    what: 'a beginning at an archive that was never made',
    spoil: (world) => {
      const files = copied(world);
      delete headOf(files.live).archives;
      return { ...files, archives: [] };
    },
    finds: /^it begins where archive 2 ends, and the export tells of no such archive$/,
    without: [[piece, 'if (head.archives?.some(({ number }) => number === archive)) return;', 'if (archive) return;']],
  },
  {
    what: 'an older archive in place of the first part',
    spoil: ({ older, archives }) => ({ live: older, archives }),
    finds: /^(two files tell of the same entries|the export tells of no archive 2)/,
    without: [
      [verifier, '  checkDigests(given, live, say);', ''],
      [
        verifier,
        '} else if (!isGap && at.sequence < before.sequence) {',
        '} else if (!isGap && at.sequence < before.sequence) {\n        continue;\n      } else if (false) {',
      ],
    ],
  },
  {
    what: 'a key that no one has signed',
    spoil: (world) => {
      const files = copied(world);
      for (const key of headOf(files.live).keys) delete key.signedBy;
      return files;
    },
    finds: /^key [0-9a-f]{16} is named, and no trusted key has signed it$/,
    without: [[chain, 'if (trusted !== null && !trusted.includes(publicKey)) continue;', 'void trusted;']],
  },
  {
    what: 'a forged link between keys',
    spoil: (world) => {
      const files = copied(world);
      for (const { signedBy } of headOf(files.live).keys) {
        if (signedBy) signedBy.signature = Buffer.alloc(64, 1).toString('base64');
      }
      return files;
    },
    finds: /^the signature of key [0-9a-f]{16} by the key before it does not hold$/,
    without: [[chain, 'if (!keyLinkHolds(', 'if (false && !keyLinkHolds(']],
  },
];

for (const engine of engines) {
  describe(`archives of the audit on ${engine}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'arca-archive-'));
    let safe: TestSafe;
    let ana: Person;
    let store: StoreByHand;
    let world: World;
    let provenAt = 0;

    const task = (more: Partial<ArchiveTask> = {}): ArchiveTask => ({ folder, days: 30, lock: null, ...more });
    const state = () => safe.operator.run('audit.verify', { state: true });
    const names = () => readdirSync(folder).sort();
    const linesOf = (name: string): ExportLine[] =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    async function lines(): Promise<ExportLine[]> {
      const all: ExportLine[] = [];
      for await (const line of safe.operator.stream('audit.export')) all.push(line as ExportLine);
      return all;
    }
    const entryCount = async () => Number((await store.one('select count(*) as count from audit_entries')).count);
    const work = async () => {
      for (let count = 0; count < 3; count += 1) {
        await ana.call('POST', '/api/mysafe/note', { name: 'n', note: 't' });
        await ana.call('GET', '/api/mysafe/note/1');
      }
      await ana.call('PUT', '/api/mysafe/note/update/1', { users_allowed: [{ username: 'ben' }] });
    };
    const later = (days: number) => safe.setClock(new Date(Date.now() + days * day));

    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '1', ARCA_TOKEN_LIFETIME: '86400' });
      store = await openByHand(safe.settings);
      await safe.operator.run('user.add', { username: 'ben', password: 'seven wooden boats 41' });
      ana = await safe.person('ana');
      await work();
      await safe.operator.run('backup.made', { digest: 'd', bytes: 7 });
      const proven = { safe: safe.serving.safe.ring.safeId, digest: 'd', madeAt: 'then', rows: 3, versions: 2 };
      await safe.operator.run('backup.proven', proven);
      provenAt = Date.parse((await safe.operator.run('audit.list', { event: 'backup.proven' }))[0]?.at ?? '');
    });
    after(async () => {
      await store.close();
      await safe.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('does nothing while nothing is so old', async () => {
      assert.equal(await archiveAudit(safe.operator, task()), null);
      await assert.rejects(archiveAudit(safe.operator, task({ days: 0 })), /field_invalid/);
    });

    it('moves what is older, and what is left holds with its rows', async () => {
      const [{ publicKey: firstKey } = { publicKey: '' }] = await safe.operator.run(
        'audit.public-key',
        undefined as never,
      );
      const count = await entryCount();
      later(40);
      const made = await archiveAudit(safe.operator, task());
      assert.ok(made && made.entries >= count - 1, JSON.stringify(made));
      assert.deepEqual([made.number, names().length], [1, 1]);
      // What began and ended the archive, and what carries on what is known of rows.
      assert.ok((await entryCount()) <= 6);
      const verdict = await state();
      assert.deepEqual([verdict.problems, verdict.holds], [[], true]);
      assert.deepEqual(
        verdict.archives.map(({ number, given }) => [number, given]),
        [[1, false]],
      );
      const older = await lines();
      await safe.restart();
      assert.equal(safe.log().includes('does not end as it was signed'), false);
      await rotateToEnd(safe.operator, 'signing');
      ana = await safe.person('ana');
      await work();
      later(80);
      assert.equal((await archiveAudit(safe.operator, task()))?.number, 2);
      await work();
      assert.deepEqual((await state()).problems, []);
      const archives = names().map(linesOf);
      world = { live: await lines(), archives, older, firstKey };
    });

    it('is one chain with its archives, for a verifier who noted the first key alone', async () => {
      const { live, archives, firstKey } = world;
      const anchors = readFileSync(join(safe.settings.dataDir, 'anchors', 'anchors.jsonl'), 'utf8').split('\n');
      const verdict = await verifyExport(live, [firstKey], anchors, archives);
      assert.deepEqual([verdict.problems, verdict.holds], [[], true]);
      assert.deepEqual(
        verdict.archives.map(({ number, given }) => [number, given]),
        [
          [1, true],
          [2, true],
        ],
      );
      assert.ok(verdict.anchors > 0 && verdict.completeTo !== null);
      assert.deepEqual((await verifyExport(live, [firstKey], anchors)).problems, []);
      for (const archive of archives) assert.deepEqual((await verifyExport(archive, [firstKey])).problems, []);
      const alone = await verifyExport(archives[0] ?? [], [firstKey], [], archives.slice(1));
      assert.deepEqual([alone.problems, alone.completeTo], [[], null]);
    });

    // Of the verifier alone: what wrote the files does not matter.
    for (const { what, spoil, finds, without } of engine === 'sqlite' ? scenarios : []) {
      it(`finds ${what}, and would not without its check`, async () => {
        const { live, archives } = spoil(world);
        const verdict = await verifyExport(live, [world.firstKey], [], archives);
        assert.ok(
          verdict.problems.some(({ problem }) => finds.test(problem)),
          JSON.stringify(verdict.problems),
        );
        const copy = brokenCopy(without);
        try {
          const { verifyExport: broken } = await copy.load<{ verifyExport: Verify }>(verifier);
          const blind = await broken(live, [world.firstKey], [], archives);
          assert.deepEqual(
            blind.problems.filter(({ problem }) => finds.test(problem)),
            [],
          );
        } finally {
          copy.remove();
        }
      });
    }

    it('goes on with one that was cut short at any point, and tells each entry once', async () => {
      later(120);
      const begun = await safe.operator.run('audit.begin-archive', { days: 30 });
      assert.deepEqual([begun?.number, begun?.isAgain], [3, false]);
      await safe.restart();
      const before = await entryCount();
      const passphrase = 'nine paper lanterns 77';
      const made = await archiveAudit(safe.operator, task({ lock: { passphrase } }));
      assert.deepEqual([made?.number, made?.entries], [3, begun?.entries]);
      assert.ok((await entryCount()) < before);
      const again = await safe.operator.run('audit.begin-archive', { days: 30 });
      assert.equal(again, null);
      // As if it was killed when the store had let go of them, and before they were removed.
      await store.run('update audit_archives set removed_at = null where number = 3');
      const lane = (await store.all('select lane, begins_after from audit_lanes where begins_after > 0'))[0];
      const stale = `insert into audit_entries (lane, sequence, at, event, request_id, hash) values (?, ?, 1, 'x', 'r', ?)`;
      await store.run(stale, lane?.lane ?? '', lane?.begins_after ?? 0, Buffer.alloc(32));
      assert.deepEqual((await state()).problems, []);
      await safe.restart();
      while ((await store.all(`select lane from audit_entries where event = 'x'`)).length > 0)
        await new Promise((resume) => setTimeout(resume, 20));
      // What other hands put there is named.
      await store.run(stale, lane?.lane ?? '', lane?.begins_after ?? 0, Buffer.alloc(32));
      assert.match((await state()).problems[0]?.problem ?? '', /^no signed head tells of this entry$/);
      await store.run(`delete from audit_entries where event = 'x'`);
      const trusted = [world.firstKey];
      const live = async function* () {
        for (const line of await lines()) yield JSON.stringify(line);
      };
      const files = names().map((name) =>
        name.endsWith('.age')
          ? readLocked(join(folder, name), { passphrase })
          : (async function* () {
              for (const line of linesOf(name)) yield JSON.stringify(line);
            })(),
      );
      assert.equal(files.length, 3);
      const verdict = await verifyAuditFile(live(), trusted, [], files);
      assert.deepEqual([verdict.problems, verdict.holds], [[], true]);
      const total = await store.one('select sum(sequence) as total from audit_lanes');
      // The export itself was recorded after its lanes were read.
      assert.ok(Number(total.total) - verdict.entries <= 1);
    });

    it('tells of the last backup and its proof when their entries have left with an archive', async () => {
      const gone = `select count(*) as count from audit_entries where event in ('backup.made', 'backup.proven')`;
      assert.equal(Number((await store.one(gone)).count), 0);
      const root = await safe.signIn('root', 'admin');
      const { backups } = (await root.call('GET', '/api/v1/statistics')).json as { backups: Record<string, string> };
      assert.equal(backups.lastProvenAt, new Date(provenAt).toISOString());
      assert.ok(Date.parse(backups.lastMadeAt ?? '') <= provenAt);
      const { backupMadeAt, backupProvenAt } = await readStoredFigures(safe.serving.safe);
      assert.deepEqual([backupMadeAt, backupProvenAt], [Date.parse(backups.lastMadeAt ?? ''), provenAt]);
    });

    it('says from when on the audit can tell', async () => {
      const root = await safe.signIn('root', 'admin');
      const { since } = (await root.call('GET', '/api/v1/audit')).json as { since: string };
      const { before } = await store.one('select max(before) as before from audit_archives');
      assert.equal(since, new Date(Number(before)).toISOString());
      const report = (await root.call('GET', '/api/v1/users/ana/leaver-report')).json as { since: string };
      assert.equal(report.since, since);
      ana = await safe.person('ana');
      assert.equal((await ana.call('GET', '/api/mysafe/note/1')).status, 200);
      const table = await root.call('GET', '/api/v1/users/ana/leaver-report.csv');
      const [head, ...lines] = table.text.trimEnd().split('\r\n');
      assert.ok(head?.endsWith(',since') && lines.length > 0, table.text);
      assert.deepEqual([...new Set(lines.map((line) => line.split(',').at(-1)))], [since]);
      const name = `filename="leaver-report-since-${since.slice(0, 10)}.csv"`;
      assert.equal(table.headers.get('content-disposition'), `attachment; ${name}`);
      const told = (await root.call('GET', '/api/v1/audit?event=audit.archived')).json as { entries: unknown[] };
      assert.equal(told.entries.length, 1);
    });
  });
}
