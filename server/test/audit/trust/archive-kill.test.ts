import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import type { ExportLine } from '../../../src/actions/audit/export-form.ts';
import { verifyExport } from '../../../src/actions/audit/verify-export.ts';
import { startServer } from '../../../src/main.ts';
import { bareSettings } from '../../bare-settings.ts';
import { type ChildServer, startChildServer } from '../../child-server.ts';
import { engines } from '../../start-safe.ts';
import { openByHand } from '../../store-by-hand.ts';
import { recordMany } from '../../v1/audit-entries.ts';

const day = 86_400_000;
const patient = { timeout: 240_000 };
const inOne = 3000;
const batches = 4;

const linesOf = (path: string): ExportLine[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** Looks more often than what is waited for lasts. */
async function soon(isSo: () => boolean | Promise<boolean>, every: number): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < end, `it never came to that: ${isSo}`);
    await sleep(every);
  }
}

for (const engine of engines) {
  describe(`a server that is killed while it archives its audit on ${engine}`, () => {
    it('loses nothing, whenever it is killed, and the next one finishes', patient, async (test) => {
      const bare = await bareSettings(engine);
      let child: ChildServer | null = null;
      const store = await populate();
      test.after(async () => {
        await child?.kill();
        await store.close();
        await bare.remove();
      });
      const folder = join(bare.folder, 'archives');
      const environment = {
        ...bare.environment,
        ARCA_LOG_LEVEL: 'warn',
        ARCA_LANES: '1',
        ARCA_AUDIT_DAYS: '30',
        ARCA_AUDIT_ARCHIVE_DIR: folder,
      };
      const names = (end: string) =>
        existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(end)) : [];
      const sizeOf = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
      const archive = async () => (await store.all('select seal, removed_at from audit_archives'))[0];
      const entries = async () => Number((await store.one('select count(*) as count from audit_entries')).count);
      /** Kills a server at the first moment at which this is so. */
      const killWhen = async (isSo: () => boolean | Promise<boolean>) => {
        child = await startChildServer(environment);
        await soon(isSo, 1);
        await child.kill();
        child = null;
      };

      const all = await entries();
      assert.ok(all > inOne * batches);

      await killWhen(() => names('.part').some((name) => sizeOf(name) > 100_000));
      assert.equal((await archive())?.seal, null);
      assert.deepEqual(names('.jsonl'), [], 'it was not in the middle of writing');
      assert.ok((await entries()) > all);

      // Written whole, and the store knows it or not yet.
      await killWhen(() => names('.jsonl').length > 0);
      const whole = (await archive())?.seal !== null;
      if (!whole) assert.ok((await entries()) > all);

      await killWhen(async () => (await archive())?.seal !== null && (await entries()) < all);
      child = await startChildServer(environment);
      await soon(async () => (await archive())?.removed_at !== null, 20);
      assert.ok((await entries()) < 100);
      assert.deepEqual([names('.jsonl').length, names('.part')], [1, []]);

      const { problems, holds } = await child.operator.run('audit.verify', { state: true });
      assert.deepEqual([problems, holds], [[], true]);
      const [{ publicKey } = { publicKey: '' }] = await child.operator.run('audit.public-key', undefined as never);
      const live: ExportLine[] = [];
      for await (const line of child.operator.stream('audit.export')) live.push(line as ExportLine);
      const archived = names('.jsonl').map((name) => linesOf(join(folder, name)));
      const verdict = await verifyExport(live, [publicKey], [], archived);
      assert.deepEqual([verdict.problems, verdict.holds], [[], true]);
      const recorded = archived.flat().filter((line) => line.type === 'entry' && line.event === 'item.revealed');
      assert.equal(recorded.length, inOne * batches);

      /** A safe with a long history from before the days that stay. */
      async function populate() {
        const then = new Date(Date.now() - 60 * day);
        const serving = await startServer({ ...bare.settings, lanes: 1 }, pino({ level: 'silent' }), () => then);
        const who = { userId: null, accessKeyId: null, target: 'password:1' };
        const draft = { event: 'item.revealed', ...who, details: { address: '203.0.113.9' }, at: then } as const;
        for (let count = 0; count < batches; count += 1) {
          await recordMany(
            serving.safe,
            Array.from({ length: inOne }, () => draft),
          );
        }
        await serving.close();
        return openByHand(bare.settings);
      }
    });
  });
}
