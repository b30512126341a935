import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type BackupLine, readBackup, writeBackup } from '../../src/admin/backup-file.ts';
import { newBackupKey } from '../../src/admin/backup-key.ts';
import { proveBackup } from '../../src/admin/prove-backup.ts';
import { restoreHere } from '../../src/admin/restore.ts';
import type { Settings } from '../../src/settings.ts';
import { engineOf } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { startTamperedSafe, type TamperedSafe } from '../tampering/tampered-safe.ts';
import { type EmptyPlace, emptyPlace, lock, opener } from './restored-place.ts';

const say = (line: string) => assert.fail(line);

/** What becomes of a backup's lines before they are encrypted again by someone who has the key of the backups. */
type Change = (lines: BackupLine[]) => BackupLine[];

const rowsOf = (table: string) => (line: BackupLine) => line.type === 'rows' && line.table === table;

/** Changes one row of a table. */
const inRow =
  (table: string, change: (row: Record<string, unknown>) => void): Change =>
  (lines) => {
    const line = lines.find(rowsOf(table));
    assert.ok(line?.type === 'rows');
    const row = Object.fromEntries(line.columns.map((column, at) => [column, line.rows[0]?.[at]]));
    change(row);
    line.rows[0] = line.columns.map((column) => row[column]) as never;
    return lines;
  };

/** The digest of the end made to fit, as a forger would: the signature is what he cannot make. */
const changes: readonly { what: string; change: Change; says: RegExp }[] = [
  { what: 'cut off before its end', change: (lines) => lines.slice(0, -1), says: /it is cut off/ },
  { what: 'without a table', change: (lines) => lines.filter((line) => !rowsOf('shares')(line)), says: /digest/ },
  {
    what: 'without a table, its counts made to fit',
    change(lines) {
      const end = lines.at(-1);
      assert.ok(end?.type === 'end');
      delete end.rows.second_factors;
      return lines.filter((line) => !rowsOf('second_factors')(line));
    },
    says: /digest/,
  },
  {
    what: 'with a raised role',
    change: inRow('users', (row) => (row.role = 'admin')),
    says: /changed by other hands.*users/,
  },
  {
    what: 'with another password hash',
    change: inRow('credentials', (row) => (row.password_hash = '$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA')),
    says: /changed by other hands.*credentials/,
  },
  { what: 'with a later strength', change: inRow('item_index', (row) => (row.field = 'url')), says: /digest/ },
  { what: 'with a signature by nobody', change: signedByNobody, says: /signature/ },
  { what: 'with more behind its end', change: (lines) => [...lines, ...lines.slice(1, 2)], says: /more behind/ },
  { what: 'of a newer Arca', change: ofNewer, says: /newer Arca.*9999-later/ },
  { what: 'of another form', change: ofOtherForm, says: /no backup of the form/ },
  { what: 'with a table that there is not', change: withTable('sqlite_master'), says: /no table of that name/ },
  { what: 'with sessions', change: withTable('sessions'), says: /no table of that name/ },
];

function signedByNobody(lines: BackupLine[]): BackupLine[] {
  const end = lines.at(-1);
  assert.ok(end?.type === 'end');
  end.signature = Buffer.alloc(64, 7).toString('base64');
  return lines;
}

function ofNewer(lines: BackupLine[]): BackupLine[] {
  const [head] = lines;
  assert.ok(head?.type === 'safe');
  head.migrations.push('9999-later');
  return lines;
}

function ofOtherForm(lines: BackupLine[]): BackupLine[] {
  const [head] = lines;
  assert.ok(head?.type === 'safe');
  (head as { format: string }).format = 'arca-backup-0';
  return lines;
}

function withTable(table: string): Change {
  return (lines) => {
    const line = lines.find(rowsOf('users'));
    assert.ok(line?.type === 'rows');
    (line as { table: string }).table = table;
    return lines;
  };
}

for (const engine of engineOf(import.meta.filename)) {
  describe(`a restore on ${engine} refuses`, () => {
    let full: TamperedSafe;
    let folder: string;
    let file: string;
    let place: EmptyPlace;

    before(async () => {
      full = await startTamperedSafe(engine);
      place = await emptyPlace(full.safe, engine);
      folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
      file = join(folder, 'safe.age');
      await writeBackup(full.safe.operator.stream('backup.make') as AsyncIterable<BackupLine>, file, lock);
    });
    after(async () => {
      await full.close();
      await place.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    const restore = (path: string, settings: Settings = place.settings, with_: typeof opener = opener) =>
      restoreHere(path, with_, settings, { keepKeys: false, say });

    /** Nothing may be left where nothing was restored. */
    async function mustBeEmpty(): Promise<void> {
      if (engine === 'sqlite' && !existsSync(join(place.settings.dataDir, 'safe.db'))) return;
      const store = await openByHand(place.settings);
      assert.deepEqual(await store.tables(), []);
      await store.close();
    }

    for (const { what, change, says } of changes) {
      it(`a backup ${what}`, async () => {
        const lines: BackupLine[] = [];
        for await (const { line } of readBackup(file, opener)) lines.push(line);
        const path = join(folder, `changed ${what}.age`);
        const changed = change(lines);
        await writeBackup(endless(changed), path, lock).catch((thrown) => assert.match(thrown.message, /its end/));
        if (!existsSync(path)) return; // what has no end is not even written
        await assert.rejects(restore(path), says);
        await assert.rejects(proveBackup(path, opener, full.safe.settings), says);
        await mustBeEmpty();
      });
    }

    it('a file that was cut anywhere, or of which a byte was changed', async () => {
      const whole = readFileSync(file);
      const path = join(folder, 'broken.age');
      for (const at of [0, 1, 20, 200, 2000, whole.length - 1]) {
        writeFileSync(path, whole.subarray(0, at));
        await assert.rejects(restore(path), /is no backup of Arca, or was changed or cut off/, `cut at ${at}`);
        const flipped = Buffer.from(whole);
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        writeFileSync(path, flipped);
        await assert.rejects(restore(path), /no backup of Arca|does not open/, `changed at ${at}`);
      }
      await mustBeEmpty();
    });

    it('a key or a passphrase that does not fit, and a file that is not there', async () => {
      const { identity } = await newBackupKey();
      await assert.rejects(restore(file, place.settings, { identities: [identity] }), /does not open with this/);
      await assert.rejects(restore(file, place.settings, { passphrase: 'not it' } as never), /does not open with this/);
      await assert.rejects(restore(join(folder, 'nowhere.age')), /cannot be read \(ENOENT\)/);
      await mustBeEmpty();
    });

    it('the root key of another safe, and none', async () => {
      const other = join(folder, 'other.key');
      writeFileSync(other, Buffer.alloc(32, 5).toString('base64'), { mode: 0o600 });
      await assert.rejects(
        restore(file, { ...place.settings, rootKeyFile: other }),
        /not that of the safe in the backup/,
      );
      const nowhere = join(folder, 'nowhere.key');
      await assert.rejects(restore(file, { ...place.settings, rootKeyFile: nowhere }), /There is no root key file/);
      await mustBeEmpty();
    });

    it('a place that holds a safe', async () => {
      await restore(file);
      const before = await usersOf(place.settings);
      await assert.rejects(restore(file), /There is a safe in .* already/);
      assert.deepEqual(await usersOf(place.settings), before);
    });

    it('to write a backup over another file, or half of one', async () => {
      const path = join(folder, 'kept.age');
      copyFileSync(file, path);
      const lines = () => full.safe.operator.stream('backup.make') as AsyncIterable<BackupLine>;
      await assert.rejects(writeBackup(lines(), path, lock), /exists already/);
      const half = join(folder, 'half.age');
      async function* broken() {
        for await (const line of lines()) {
          if (line.type === 'end') throw new Error('the store went away');
          yield line;
        }
      }
      await assert.rejects(writeBackup(broken(), half, lock), /the store went away/);
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.includes('half')),
        [],
      );
      await assert.rejects(
        writeBackup(lines(), join(folder, 'no', 'folder.age'), lock),
        /cannot be written \(ENOENT\)/,
      );
    });
  });
}

async function* endless(lines: readonly BackupLine[]): AsyncGenerator<BackupLine> {
  yield* lines;
}

async function usersOf(settings: Settings) {
  const store = await openByHand(settings);
  try {
    return await store.all('select * from users order by id');
  } finally {
    await store.close();
  }
}
