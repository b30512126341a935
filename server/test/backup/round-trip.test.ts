import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type BackupLine, readBackup, writeBackup } from '../../src/admin/backup-file.ts';
import { operate } from '../../src/admin/operate.ts';
import { proveBackup } from '../../src/admin/prove-backup.ts';
import { restoreHere } from '../../src/admin/restore.ts';
import { makeLog, startServer } from '../../src/main.ts';
import type { Settings } from '../../src/settings.ts';
import type { Engine } from '../../src/storage/connection.ts';
import { engines } from '../start-safe.ts';
import { openByHand, type StoredRow } from '../store-by-hand.ts';
import { startTamperedSafe, type TamperedSafe } from '../tampering/tampered-safe.ts';
import { emptyPlace, lock, opener } from './restored-place.ts';

const say = (line: string) => assert.fail(line);
const notKept = ['sessions', 'device_sign_ins', 'repeats', 'migrations', 'counters'];

/** Every row of every table, in an order of its own; what the two engines hold the same. */
async function contentOf(settings: Settings): Promise<Map<string, StoredRow[]>> {
  const store = await openByHand(settings);
  try {
    const content = new Map<string, StoredRow[]>();
    for (const table of await store.tables()) {
      if (notKept.includes(table)) continue;
      const rows = (await store.all(`select * from ${table}`)).map(plainRow);
      content.set(
        table,
        rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      );
    }
    return content;
  } finally {
    await store.close();
  }
}

function plainRow(row: StoredRow): StoredRow {
  const cells = Object.entries(row).map(([name, cell]) => [
    name,
    cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : cell,
  ]);
  return Object.fromEntries(cells.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

/** The same rows without what a restore changes by design. */
function without(rows: readonly StoredRow[], ...columns: readonly string[]): StoredRow[] {
  return rows
    .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name))))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

for (const engine of engines) {
  describe(`a backup of a safe on ${engine}`, () => {
    let full: TamperedSafe;
    let folder: string;
    let file: string;
    let content: Map<string, StoredRow[]>;

    before(async () => {
      full = await startTamperedSafe(engine);
      await full.safe.restart(); // uses are counted in memory and written at the end
      folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
      file = join(folder, 'safe.age');
      const lines = full.safe.operator.stream('backup.make') as AsyncIterable<BackupLine>;
      const made = await writeBackup(lines, file, lock);
      await full.safe.operator.run('backup.made', made);
      content = await contentOf(full.safe.settings);
    });
    after(async () => {
      await full.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('holds every table that is filled, and no row of a session', async () => {
      const counts = new Map<string, number>();
      for await (const { line } of readBackup(file, opener)) {
        if (line.type === 'rows') counts.set(line.table, (counts.get(line.table) ?? 0) + line.rows.length);
      }
      const store = full.store;
      const tables = (await store.tables()).filter((table) => !notKept.includes(table));
      assert.ok(tables.length > 15);
      for (const table of tables) {
        const { count } = await store.one(`select count(*) as count from ${table}`);
        if (Number(count) > 0) assert.ok((counts.get(table) ?? 0) > 0, table);
      }
      assert.equal(counts.has('sessions'), false);
    });

    it('is proven in a scratch place, which is told to the safe and its administrators', async () => {
      const proven = await proveBackup(file, opener, full.safe.settings);
      assert.ok(proven.versions >= 6, `${proven.versions} versions`);
      assert.deepEqual(await full.safe.operator.run('backup.proven', proven), { isOfThisSafe: true });
      const { json } = await full.root.call('GET', '/api/v1/statistics');
      const { backups } = json as { backups: { lastMadeAt: string; lastProvenAt: string } };
      assert.ok(backups.lastMadeAt <= backups.lastProvenAt);
      assert.ok(Math.abs(Date.now() - Date.parse(backups.lastProvenAt)) < 600_000);
      const other = await full.safe.operator.run('backup.proven', { ...proven, safe: 'another' });
      assert.deepEqual(other, { isOfThisSafe: false });
    });

    for (const target of engines) {
      it(`is restored on ${target} with every field as it was`, async () => {
        const place = await emptyPlace(full.safe, target);
        try {
          const restored = await restoreHere(file, opener, place.settings, { keepKeys: false, say });
          assert.equal(restored.heldKeys, 4);
          const after = await contentOf(place.settings);
          assert.deepEqual([...after.keys()], [...content.keys()]);
          for (const [table, rows] of content) {
            const found = after.get(table) ?? [];
            if (table === 'users')
              assert.deepEqual(without(found, 'mac', 'tokens_from'), without(rows, 'mac', 'tokens_from'));
            else if (table === 'access_keys')
              assert.deepEqual(without(found, 'mac', 'held_at'), without(rows, 'mac', 'held_at'));
            else if (table.startsWith('audit_')) mustContainEarlier(found, rows, table);
            else assert.deepEqual(found, rows, table);
          }
          await goesOnFrom(place.settings, full, target);
        } finally {
          await place.remove();
        }
      });
    }

    it('moves there and back with its keys, and loses nothing on the way', async () => {
      const there = await emptyPlace(full.safe, engines.at(-1) ?? 'sqlite');
      const back = await emptyPlace(full.safe, engine);
      try {
        await restoreHere(file, opener, there.settings, { keepKeys: true, say });
        const second = join(folder, 'second.age');
        await onServer(there.settings, async (serving) => {
          const lines = operate(serving.safe, 'tester').stream('backup.make') as AsyncIterable<BackupLine>;
          await writeBackup(lines, second, lock);
        });
        await restoreHere(second, opener, back.settings, { keepKeys: true, say });
        const last = await contentOf(back.settings);
        for (const [table, rows] of content) {
          const found = last.get(table) ?? [];
          if (table === 'users')
            assert.deepEqual(without(found, 'mac', 'tokens_from'), without(rows, 'mac', 'tokens_from'));
          else if (table.startsWith('audit_')) mustContainEarlier(found, rows, table);
          else assert.deepEqual(found, rows, table);
        }
        await onServer(back.settings, async ({ url }) => {
          const token = await tokenFrom(url, full.ana);
          assert.equal((await fetch(`${url}/api/mysafe/password/1`, { headers: bearer(token) })).status, 200);
        });
      } finally {
        await there.remove();
        await back.remove();
      }
    });

    it('is one moment, whatever is written while it is made', async () => {
      const lines: BackupLine[] = [];
      let made = 0;
      for await (const line of full.safe.operator.stream('backup.make') as AsyncIterable<BackupLine>) {
        lines.push(line);
        // Between two of its lines: an item with version, index and audit entry.
        made += 1;
        const body = { name: `during ${made}`, username: 'u', password: 'p' };
        assert.equal((await full.ana.call('POST', '/api/mysafe/password', body)).status, 201);
      }
      assert.ok(made > 10);
      const rowsOf = (table: string) =>
        lines.flatMap((line) => (line.type === 'rows' && line.table === table ? line.rows : []));
      const columnsOf = (table: string) =>
        lines.find((line) => line.type === 'rows' && line.table === table) as { columns: string[] };
      const numbers = (table: string) => {
        const at = columnsOf(table).columns.indexOf('number');
        const kind = columnsOf(table).columns.indexOf('kind');
        return new Set(rowsOf(table).map((row) => `${row[kind]} ${row[at]}`));
      };
      assert.deepEqual(numbers('item_versions'), numbers('items'));
      const path = join(folder, 'busy.age');
      await writeBackup(
        (async function* () {
          yield* lines;
        })(),
        path,
        lock,
      );
      await proveBackup(path, opener, full.safe.settings);
    });
  });
}

/** A restored safe has opened lanes of its own; what was there is there unchanged, but for lanes that it closed. */
function mustContainEarlier(found: readonly StoredRow[], rows: readonly StoredRow[], table: string): void {
  const isOpen = (row: StoredRow) => table === 'audit_lanes' && row.closed_at === null;
  const open = new Set(rows.filter(isOpen).map((row) => row.lane));
  const texts = new Set(found.map((row) => JSON.stringify(row)));
  // The lane that was open goes on in the safe that was backed up, and is closed in the restored one.
  for (const row of rows) {
    if (!open.has(row.lane ?? null) && !(table === 'audit_entries' && isLater(row, found))) {
      assert.ok(texts.has(JSON.stringify(row)), `${table} ${JSON.stringify(row)}`);
    }
  }
}

/** Written after the backup was made. */
function isLater(row: StoredRow, found: readonly StoredRow[]): boolean {
  const ofLane = found.filter(({ lane }) => lane === row.lane).map(({ sequence }) => Number(sequence));
  return Number(row.sequence) > Math.max(0, ...ofLane);
}

type Serving = Awaited<ReturnType<typeof startServer>>;

async function onServer(settings: Settings, work: (serving: Serving) => Promise<void>): Promise<void> {
  const serving = await startServer(settings, makeLog('silent'));
  try {
    await work(serving);
  } finally {
    await serving.close();
  }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

type Client = { clientId: string; clientSecret: string };

async function tokenAnswer(url: string, { clientId, clientSecret }: Client): Promise<Response> {
  return fetch(`${url}/api/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
  });
}

async function tokenFrom(url: string, client: Client): Promise<string> {
  const answer = await tokenAnswer(url, client);
  assert.equal(answer.status, 200);
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Serves the restored safe: what has ended, what is held until it is confirmed, what is read then, what was recorded. */
async function goesOnFrom(settings: Settings, full: TamperedSafe, target: Engine): Promise<void> {
  await onServer(settings, async ({ url, safe }) => {
    const read = (token: string) => fetch(`${url}/api/mysafe/password/1`, { headers: bearer(token) });
    const operator = operate(safe, 'tester');
    assert.equal((await read(full.ana.token)).status, 401);
    assert.equal((await fetch(`${url}/api/v1/session`, { headers: { cookie: full.root.cookie } })).status, 401);
    assert.equal((await tokenAnswer(url, full.ana)).status, 401);
    const { clientId } = full.ana;
    assert.deepEqual(await operator.run('access-key.confirm', { clientId }), { changed: true });
    assert.deepEqual(await operator.run('access-key.confirm', { clientId }), { changed: false });
    const answer = await read(await tokenFrom(url, full.ana));
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /present-secret-1/);
    assert.equal((await tokenAnswer(url, full.ben)).status, 401);
    const events = (await operator.run('audit.list', { limit: 1000 })).map(({ event }) => event);
    assert.ok(events.includes('safe.restored'), target);
    assert.equal(events.filter((event) => event === 'safe.restored').length, 1);
    const { problems } = await operator.run('audit.verify', { state: true });
    assert.deepEqual(problems, []);
    const next = { name: 'after', username: 'u', password: 'p' };
    const made = await fetch(`${url}/api/mysafe/password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(await tokenFrom(url, full.ana)) },
      body: JSON.stringify(next),
    });
    assert.equal(made.status, 201, 'numbers go on where they were');
  });
}
