import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { ExportLine } from '../../src/actions/audit/export-form.ts';
import { verifyExport } from '../../src/actions/audit/verify-export.ts';
import { canonicalJson } from '../../src/crypto/canonical-json.ts';
import { sha256 } from '../../src/crypto/digests.ts';
import { encodeFields } from '../../src/crypto/length-prefixed.ts';
import { engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { type Cell, openByHand, type StoreByHand } from '../store-by-hand.ts';

const stray = 'no signed head tells of this entry';

type Problem = { lane: string | null; sequence: number | null; problem: string };

for (const engine of engines) {
  describe(`verifying the audit on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let store: StoreByHand;
    // Of the first start, closed; and of the one that runs.
    let lane: string;
    let live: string;
    before(async () => {
      safe = await startSafe(engine, { ARCA_LANES: '1' });
      ana = await safe.person('ana');
      await ana.call('POST', '/api/mysafe/note', { name: 'n', note: 't' });
      for (let count = 0; count < 5; count += 1) await ana.call('GET', '/api/mysafe/note/1');
      await safe.restart();
      await ana.call('GET', '/api/mysafe/note/1');
      store = await openByHand(safe.settings);
      const [old, now] = await store.all('select lane from audit_lanes order by opened_at');
      lane = String(old?.lane);
      live = String(now?.lane);
    });
    after(async () => {
      await store.close();
      await safe.close();
    });

    const verify = () => safe.operator.run('audit.verify', undefined as never);
    const linesNow = async () => {
      const lines: ExportLine[] = [];
      for await (const line of safe.operator.stream('audit.export')) lines.push(line as ExportLine);
      return lines;
    };

    /** What is found after changes to the audit's tables, which are then taken back. */
    async function foundAfter(...changes: [text: string, ...values: Cell[]][]): Promise<Problem[]> {
      await store.run('create table kept_entries as select * from audit_entries where lane = ?', lane);
      await store.run('create table kept_lanes as select * from audit_lanes where lane = ?', lane);
      try {
        for (const [text, ...values] of changes) assert.ok((await store.run(text, ...values)) > 0, text);
        const verdict = await verify();
        assert.equal(verdict.holds, verdict.problems.length === 0);
        // The export shows it as well, to whoever checks it elsewhere, and is never kept from being made.
        const elsewhere = await verifyExport(await linesNow(), null, safe.serving.safe.anchors.lines());
        const inExport = verdict.problems.filter(({ problem }) => problem !== stray);
        assert.deepEqual(elsewhere.problems, inExport);
        return verdict.problems;
      } finally {
        // The lane of now goes on with an entry of each export, and keeps it.
        for (const table of ['entries', 'lanes']) {
          await store.run(`delete from audit_${table} where lane <> ?`, live);
          await store.run(`insert into audit_${table} select * from kept_${table}`);
          await store.run(`drop table kept_${table}`);
        }
        await store.run('delete from audit_entries where sequence >= 900');
      }
    }
    const changed = (sequence: number): Problem => ({
      lane,
      sequence,
      problem: 'the entry was changed: its hash does not fit',
    });

    it('finds nothing where nothing was changed', async () => {
      const verdict = await verify();
      assert.deepEqual(verdict.problems, []);
      assert.equal(verdict.holds, true);
      assert.equal(verdict.lanes, 2);
      assert.ok(verdict.entries > 10);
    });

    for (const [column, value] of [
      ['at', 1],
      ['event', 'item.updated'],
      ['user_id', 2],
      ['access_key_id', 99],
      ['target', 'note:2'],
      ['request_id', '00000000-0000-4000-8000-000000000000'],
      ['details', Buffer.from('0102', 'hex')],
      ['hash', Buffer.alloc(32, 7)],
    ] as const) {
      it(`finds another ${column}`, async () => {
        const { sequence } = await store.one(
          `select min(sequence) as sequence from audit_entries where event = 'item.revealed' and lane = ?`,
          lane,
        );
        const at = Number(sequence);
        assert.deepEqual(
          await foundAfter([`update audit_entries set ${column} = ? where lane = ? and sequence = ?`, value, lane, at]),
          [changed(at)],
        );
        if (column === 'at' || column === 'event' || column === 'request_id' || column === 'hash') return;
        assert.deepEqual(
          await foundAfter([`update audit_entries set ${column} = null where lane = ? and sequence = ?`, lane, at]),
          [changed(at)],
        );
      });
    }

    it('finds an entry that was taken out', async () => {
      const missing = { lane, sequence: 3, problem: 'the entry is missing: 4 follows 2' };
      assert.deepEqual(await foundAfter(['delete from audit_entries where lane = ? and sequence = 3', lane]), [
        missing,
      ]);
    });

    it('finds an entry that was taken out, the others moved up', async () => {
      const found = await foundAfter(
        ['delete from audit_entries where lane = ? and sequence = 3', lane],
        ['update audit_entries set sequence = -sequence where lane = ? and sequence > 3', lane],
        ['update audit_entries set sequence = -sequence - 1 where lane = ? and sequence < 0', lane],
      );
      assert.deepEqual(found, [changed(3)]);
    });

    it('finds an entry that was put in between', async () => {
      const columns = 'at, event, user_id, access_key_id, target, request_id, details, hash';
      const found = await foundAfter(
        ['update audit_entries set sequence = -sequence where lane = ? and sequence > 3', lane],
        ['update audit_entries set sequence = -sequence + 1 where lane = ? and sequence < 0', lane],
        [
          `insert into audit_entries (lane, sequence, ${columns}) select lane, 4, ${columns} from audit_entries where lane = ? and sequence = 3`,
          lane,
        ],
      );
      const { last } = await store.one('select max(sequence) as last from audit_entries where lane = ?', lane);
      assert.deepEqual(found, [changed(4), { lane, sequence: Number(last) + 1, problem: stray }]);
    });

    it('finds entries in another order', async () => {
      const found = await foundAfter(
        ['update audit_entries set sequence = -4 where lane = ? and sequence = 3', lane],
        ['update audit_entries set sequence = 3 where lane = ? and sequence = 4', lane],
        ['update audit_entries set sequence = 4 where lane = ? and sequence = -4', lane],
      );
      assert.deepEqual(found, [changed(3)]);
    });

    it('finds an entry moved to another lane', async () => {
      const { last } = await store.one('select max(sequence) as last from audit_entries where lane = ?', lane);
      const moved = [live, 900, lane, Number(last)] as const;
      const found = await foundAfter([
        'update audit_entries set lane = ?, sequence = ? where lane = ? and sequence = ?',
        ...moved,
      ]);
      assert.deepEqual(found, [
        { lane, sequence: last, problem: `its end is missing: the head tells of ${last} entries` },
        { lane: live, sequence: 900, problem: stray },
      ]);
    });

    it('finds a lane whose end was cut off, even with its head put back', async () => {
      const { last } = await store.one('select max(sequence) as last from audit_entries where lane = ?', lane);
      const end = Number(last);
      const cut = ['delete from audit_entries where lane = ? and sequence = ?', lane, end] as const;
      const missing = { lane, sequence: end, problem: `its end is missing: the head tells of ${end} entries` };
      assert.deepEqual(await foundAfter([...cut]), [missing]);
      const { hash } = await store.one('select hash from audit_entries where lane = ? and sequence = ?', lane, end - 1);
      const head = [
        'update audit_lanes set sequence = ?, hash = ? where lane = ?',
        end - 1,
        hash as Uint8Array,
        lane,
      ] as const;
      const [forged, anchored, told, ...none] = await foundAfter([...cut], [...head]);
      assert.deepEqual(forged, { lane, sequence: end - 1, problem: 'the signature of its head does not hold' });
      assert.match(anchored?.problem ?? '', /^its end is missing, and its head with it: the anchor of /);
      assert.match(told?.problem ?? '', /^its end is missing, and its head with it: entry \d+ of lane /);
      assert.deepEqual(none, []);
    });

    it('finds an entry that was added behind the head, and entries of a lane that is not known', async () => {
      const { last } = await store.one('select max(sequence) as last from audit_entries where lane = ?', lane);
      const added = `insert into audit_entries (lane, sequence, at, event, request_id, hash)`;
      const row = await store.one(
        'select at, hash from audit_entries where lane = ? and sequence = ?',
        lane,
        last ?? 0,
      );
      for (const [name, sequence] of [
        [lane, Number(last) + 1],
        ['0123456789abcdef', 1],
      ] as const) {
        const values = [name, sequence, Number(row.at), 'user.added', 'r', row.hash as Uint8Array] as const;
        assert.deepEqual(await foundAfter([`${added} values (?, ?, ?, ?, ?, ?)`, ...values]), [
          { lane: name, sequence, problem: stray },
        ]);
      }
    });

    it('finds another head: time, signature, key', async () => {
      const wrong = 'the signature of its head does not hold';
      const foreign = 'its head is signed by a key that is not trusted';
      const { sequence } = await store.one('select sequence from audit_lanes where lane = ?', lane);
      const at = Number(sequence);
      const set = (column: string, value: Cell) =>
        foundAfter([`update audit_lanes set ${column} = ? where lane = ?`, value, lane]);
      assert.deepEqual(await set('signed_at', 5), [{ lane, sequence: at, problem: wrong }]);
      assert.deepEqual(await set('signature', Buffer.alloc(64, 1)), [{ lane, sequence: at, problem: wrong }]);
      assert.deepEqual(await set('signature', Buffer.alloc(0)), [{ lane, sequence: at, problem: wrong }]);
      assert.deepEqual(await set('key_id', '0123456789abcdef'), [{ lane, sequence: null, problem: foreign }]);
    });

    it('finds a chain that was hashed anew and signed with another key', async () => {
      const lines = await linesNow();
      const honest = lines[0]?.type === 'safe' ? lines[0].keys.map(({ publicKey }) => publicKey) : [];
      assert.deepEqual((await verifyExport(lines, honest)).problems, []);
      const forged = forge(lines);
      // An export that may name its own keys proves nothing against who holds it: hence the key that is kept elsewhere.
      const believed = await verifyExport(forged, null);
      assert.deepEqual([believed.holds, believed.trustedKeys], [true, false]);
      const checked = await verifyExport(forged, honest);
      assert.equal(checked.holds, false);
      const [key, ...others] = checked.problems.map(({ problem }) => problem);
      assert.equal(key, 'key feedfeedfeedfeed is named, and no trusted key has signed it');
      assert.ok(others.length > 0);
      assert.ok(others.every((problem) => problem === 'its head is signed by a key that is not trusted'));
    });

    it('sees by its own anchors and by another lane that a whole lane is gone', async () => {
      const found = await foundAfter(
        ['delete from audit_entries where lane = ?', lane],
        ['delete from audit_lanes where lane = ?', lane],
      );
      assert.equal(found.length, 2);
      assert.match(found[0]?.problem ?? '', /^the whole lane is missing: the anchor of /);
      assert.match(found[1]?.problem ?? '', /^the whole lane is missing: entry \d+ of lane /);
    });
  });
}

/** The same export with a lie in its first entry, every hash and signature made anew with a key of the forger's. */
function forge(lines: readonly ExportLine[]): ExportLine[] {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = {
    id: 'feedfeedfeedfeed',
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
  const forged = structuredClone(lines) as ExportLine[];
  let safe = '';
  let head: Extract<ExportLine, { type: 'lane' }> | null = null;
  let hash: Uint8Array = new Uint8Array(32);
  const made = new Map<string, string>();
  // What it tells of lanes must fit, too.
  const toldAnew = (text: string): string => {
    const lanes = JSON.parse(text) as [string, number, string][];
    return JSON.stringify(lanes.map(([lane, at, before]) => [lane, at, made.get(`${lane} ${at}`) ?? before]));
  };
  const signHead = () => {
    if (!head) return;
    const fields = ['arca audit head 1', safe, head.lane, head.sequence, hash, head.signedAt];
    head.hash = Buffer.from(hash).toString('base64');
    head.signature = sign(null, encodeFields(fields), privateKey).toString('base64');
    head.keyId = key.id;
  };
  for (const line of forged) {
    if (line.type === 'safe') {
      safe = line.safe;
      line.keys = [key];
    } else if (line.type === 'entry') {
      if (line.sequence === 1) line.event = 'user.enabled';
      const { lane, sequence, at, event, target, details } = line;
      const [access_key_id, user_id, request_id] = [line.accessKeyId, line.userId, line.requestId];
      const rows = line.changedRows === null ? {} : { changed_rows: line.changedRows };
      if (line.lanesTold !== undefined) line.lanesTold = toldAnew(line.lanesTold);
      const lanes = line.lanesTold === undefined ? {} : { lanes_told: line.lanesTold };
      const columns = {
        lane,
        sequence,
        at,
        event,
        target,
        details,
        access_key_id,
        user_id,
        request_id,
        ...rows,
        ...lanes,
      };
      const form = canonicalJson(columns);
      hash = sha256(Buffer.concat([hash, Buffer.from(form)]));
      line.hash = Buffer.from(hash).toString('base64');
      made.set(`${lane} ${sequence}`, line.hash);
    } else {
      signHead();
      hash = new Uint8Array(32);
      head = line.type === 'lane' ? line : null;
    }
  }
  return forged;
}
