import assert from 'node:assert/strict';
import fs, { statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Person, startSafe, type TestSafe } from '../start-safe.ts';

const note = '/api/mysafe/note';
const secret = 'what nobody may see';
const { fdatasync } = fs;

/** Puts another answer in the place of the system's to each sync of a file's data, until `undo`. */
function answerSyncs(answer: (file: number, done: fs.NoParamCallback) => void): { undo(): void } {
  fs.fdatasync = answer as typeof fdatasync;
  syncBuiltinESMExports();
  return {
    undo() {
      fs.fdatasync = fdatasync;
      syncBuiltinESMExports();
    },
  };
}

/** A disk that lets no sync come to its end until told. */
function holdSyncs() {
  const held: (() => void)[] = [];
  const { undo } = answerSyncs((file, done) => held.push(() => fdatasync(file, done)));
  return {
    get count() {
      return held.length;
    },
    letGo() {
      undo();
      for (const one of held.splice(0)) one();
    },
  };
}

/** A disk that fails: what the system answers then. */
const failSyncs = () =>
  answerSyncs((_file, done) => {
    setImmediate(done, Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' }));
  });

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

describe('durable commits of the embedded store', () => {
  let safe: TestSafe;
  let ana: Person;
  before(async () => {
    safe = await startSafe('sqlite');
    ana = await safe.person('ana');
    assert.equal((await ana.call('POST', note, { name: 'first', note: secret })).status, 201);
  });
  after(() => safe.close());

  const create = (name: string) => ana.call('POST', note, { name, note: 'x' });
  const names = async () => {
    const { json } = await ana.call('GET', note);
    return (json as { note_on_list: { name: string }[] }).note_on_list.map(({ name }) => name).sort();
  };

  it('no answer leaves before its sync, not even of who only reads; one batch is ahead of it', async () => {
    const disk = holdSyncs();
    const answered: string[] = [];
    const tell = async (name: string, call: Promise<unknown>) => {
      await call;
      answered.push(name);
    };
    const calls = [tell('second', create('second'))];
    await until(() => disk.count === 1);
    calls.push(tell('reveal', ana.call('GET', `${note}/1`)));
    // Committed, and behind the sync that is under way.
    const seen = new DatabaseSync(join(safe.settings.dataDir, 'safe.db'), { readOnly: true });
    const reveals = () =>
      (
        seen.prepare(`select count(*) as count from audit_entries where event = 'item.revealed'`).get() as {
          count: number;
        }
      ).count;
    await until(() => reveals() === 1);
    calls.push(tell('third', create('third')), tell('list', names()));
    await until(() => safe.serving.safe.store.waiting === 1);
    await sleep(100);
    assert.deepEqual(answered, []);
    assert.equal(disk.count, 1);
    assert.equal(safe.serving.safe.store.waiting, 1);
    seen.close();
    disk.letGo();
    await Promise.all(calls);
    assert.equal(answered[0], 'second');
    assert.deepEqual(await names(), ['first', 'second', 'third']);
  });

  it('what a failed sync leaves unknown is answered 502 and shown to nobody; then the WAL begins anew', async () => {
    const disk = failSyncs();
    const answers = await Promise.all([create('perhaps'), ana.call('GET', `${note}/1`), create('perhaps too')]);
    for (const { status, text } of answers) {
      assert.equal(status, 502, text);
      assert.ok(!text.includes(secret));
    }
    assert.match(safe.log(), /"fault":"unreachable","cause":"sync of the WAL: EIO: i\/o error, fdatasync"/);
    disk.undo();

    // Who reads on keeps the WAL from beginning anew: nothing is committed behind what may be missing.
    const path = join(safe.settings.dataDir, 'safe.db');
    const reader = new DatabaseSync(path, { readOnly: true });
    reader.exec('begin; select count(*) from items');
    assert.equal((await create('not yet')).status, 502);
    assert.match(safe.log(), /a sync of the WAL failed, and it is read/);
    assert.ok(statSync(`${path}-wal`).size > 100_000);
    reader.exec('rollback');
    reader.close();

    assert.equal((await create('fourth')).status, 201);
    assert.ok(statSync(`${path}-wal`).size < 100_000, String(statSync(`${path}-wal`).size));
    const kept = await names();
    assert.ok(kept.includes('fourth') && !kept.includes('not yet'));
    assert.equal((await ana.call('GET', `${note}/1`)).status, 200);
    assert.deepEqual((await safe.operator.run('audit.verify', undefined as never)).problems, []);
  });
});
