import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { proveBackup } from '../../src/admin/prove-backup.ts';
import { makeLog, startServer } from '../../src/main.ts';
import { engines, startSafe, type TestSafe } from '../start-safe.ts';
import { lock, opener } from './restored-place.ts';

const passphrase = 'test passphrase, not a real one';

for (const engine of engines) {
  // A passphrase costs seconds a time, so that one engine tells of the proof.
  const isProven = engine === 'sqlite';
  describe(`the schedule of backups on ${engine}`, () => {
    let safe: TestSafe;
    let folder: string;

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'arca-test-'));
      const file = join(folder, 'passphrase');
      writeFileSync(file, `${passphrase}\n`);
      chmodSync(file, 0o600);
      safe = await startSafe(engine, {
        ARCA_BACKUP_DIR: join(folder, 'backups'),
        ...(isProven ? { ARCA_BACKUP_PASSPHRASE_FILE: file } : { ARCA_BACKUP_RECIPIENTS: lock.recipients.join() }),
        ARCA_BACKUP_KEEP: '1',
      });
    });
    after(async () => {
      await safe.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const made = () => readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.age'));
    const events = async (event: string) => (await safe.operator.run('audit.list', { event, limit: 100 })).length;
    /** Until the safe has recorded so many. */
    async function recorded(event: string, count: number): Promise<void> {
      for (let tries = 0; (await events(event)) < count; tries += 1) {
        assert.ok(tries < 400, safe.log());
        await sleep(100);
      }
    }

    it('makes one at the start, for its own account alone', async () => {
      await recorded('backup.made', 1);
      const [name = ''] = made();
      assert.match(name, /^arca-[0-9a-f]{8}-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.age$/);
      const path = join(folder, 'backups', name);
      assert.equal(statSync(path).mode & 0o777, 0o600);
      if (isProven) await recorded('backup.proven', 1);
      else await proveBackup(path, opener, safe.settings);
    });

    it('makes none at the next start: the last is not old enough', async () => {
      await safe.restart();
      await sleep(500);
      assert.equal(await events('backup.begun'), 1);
    });

    it('makes the next when it is time, by one node alone, and removes the oldest', async () => {
      const [first] = made();
      safe.setClock(new Date(Date.now() + 86_400_000 + 60_000));
      await safe.restart();
      await recorded(isProven ? 'backup.proven' : 'backup.made', 2);
      for (let tries = 0; made().length > 1; tries += 1) {
        assert.ok(tries < 100);
        await sleep(50);
      }
      assert.notEqual(made()[0], first);
      if (engine === 'sqlite') return;
      const settings = { ...safe.settings, dataDir: join(folder, 'second node') };
      const second = await startServer(settings, makeLog('silent'), safe.serving.safe.clock);
      await sleep(500);
      await second.close();
      assert.equal(await events('backup.begun'), 2);
    });
  });
}

describe('settings of the schedule', () => {
  it('must agree', async () => {
    const wrong = (texts: Record<string, string>) => startSafe('sqlite', texts);
    await assert.rejects(wrong({ ARCA_BACKUP_DIR: '/tmp/x' }), /ARCA_BACKUP_DIR needs/);
    await assert.rejects(wrong({ ARCA_BACKUP_RECIPIENTS: 'age1short' }), /ARCA_BACKUP_RECIPIENTS must be/);
    const both = { ARCA_BACKUP_RECIPIENTS: `age1${'q'.repeat(58)}`, ARCA_BACKUP_PASSPHRASE_FILE: '/tmp/x' };
    await assert.rejects(wrong(both), /cannot be set together/);
  });
});
