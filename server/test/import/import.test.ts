import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { engines, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustRefuse } from '../v1/problem.ts';
import { contents, finish, type Planned, plan, rowsOf } from './plan-steps.ts';
import * as sample from './sample-files.ts';

const csv = (rows: string[]) => `name,url,username,password,note\n${rows.join('\n')}\n`;
const counts = (fresh: number, same: number, changed: number, rejected: number) => ({
  ...{ new: fresh, same, changed, rejected },
});

for (const engine of engines) {
  describe(`imports on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    let ben: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.signIn('ana');
      ben = await safe.signIn('ben');
    });
    after(() => safe.close());

    const own = async (kind = 'password') => (await contents(ana, kind)).map(({ name }) => name);

    it('plans each row, applies all at once, and finds nothing to do in the same file again', async () => {
      const file = csv([
        'one,https://one.example,ana,p1,',
        'two,https://two.example,ana,p2,',
        'two,https://two.example,ana,p2,',
      ]);
      const long = `${file}three,,ana,p3,${'n'.repeat(10_001)}\ntwo,https://two.example,ana,other,\n`;
      const planned = await plan(ana, long);
      assert.deepEqual([planned.status, planned.format, planned.counts], ['waiting', 'chrome-csv', counts(3, 1, 0, 1)]);
      const rows = await rowsOf(ana, planned.id);
      assert.deepEqual(
        rows.map(({ line, name, verdict, reason }) => [line, name, verdict, reason]),
        [
          [2, 'one', 'new', null],
          [3, 'two', 'new', null],
          [4, 'two', 'same', null],
          [5, 'three', 'rejected', 'notes longer than 10000 characters'],
          [6, 'two', 'new', null],
        ],
      );
      assert.deepEqual(await own(), []);
      const answer = await ana.call('POST', `/api/v1/imports/${planned.id}/apply`);
      assert.deepEqual(await auditLines(safe, answer), [`import.applied ana import:${planned.id}`]);
      mustRefuse(await ana.call('POST', `/api/v1/imports/${planned.id}/apply`), 409, 'import_impossible');
      const { status, outcomes, done: made, total } = await finish2(planned.id);
      assert.deepEqual([status, outcomes.created, made, total], ['finished', 3, 3, 3]);
      assert.deepEqual(await own(), ['one', 'two', 'two']);
      const again = await plan(ana, long);
      assert.deepEqual(again.counts, counts(0, 4, 0, 1));
      const nothing = await finish(ana, again.id, 'apply');
      assert.deepEqual([nothing.status, nothing.outcomes.created, await own()], ['finished', 0, ['one', 'two', 'two']]);
    });

    async function finish2(id: number) {
      const { ended } = await import('./plan-steps.ts');
      return ended(ana, id);
    }

    it('changes what stands otherwise as a new version, unless told to leave it or somebody was faster', async () => {
      const file = csv(['one,https://one.example/,ANA,changed,', 'four,,ana,p4,']);
      const left = await plan(ana, file);
      assert.deepEqual(left.counts, counts(1, 0, 1, 0));
      const stale = await plan(ana, csv(['one,https://one.example,ana,late,']));
      const kept = await finish(ana, left.id, 'apply', { updates: false });
      assert.deepEqual([kept.outcomes.created, kept.outcomes.updated, kept.total], [1, 0, 1]);
      const changing = await plan(ana, file);
      assert.deepEqual(changing.counts, counts(0, 1, 1, 0));
      assert.equal((await finish(ana, changing.id, 'apply')).outcomes.updated, 1);
      const [one] = await contents(ana, 'password');
      assert.deepEqual([one?.username, one?.password], ['ANA', 'changed']);
      assert.equal((await finish(ana, stale.id, 'apply')).outcomes.left, 1);
      const [row] = await rowsOf(ana, stale.id);
      assert.deepEqual([row?.outcome, row?.reason], ['left', 'was changed since the plan was made']);
      // Undone, it is again what it was before.
      assert.equal((await finish(ana, changing.id, 'undo')).outcomes.undone, 1);
      const [before] = await contents(ana, 'password');
      assert.deepEqual([before?.username, before?.password], ['ana', 'p1']);
    });

    it('takes a batch back: the untouched vanish, what was changed since stays, disabled and told', async () => {
      const names = await own();
      const planned = await plan(ana, csv(['five,,ana,p5,', 'six,,ana,p6,', 'seven,,ana,p7,']));
      await finish(ana, planned.id, 'apply');
      const rows = await rowsOf(ana, planned.id);
      const [five, six] = rows.map(({ number }) => number);
      done(await ana.call('PATCH', `/api/v1/items/password/${six}`, { notes: 'mine now' }));
      const { status, outcomes } = await finish(ana, planned.id, 'undo');
      assert.deepEqual([status, outcomes.undone, outcomes.kept], ['undone', 2, 1]);
      assert.deepEqual(await own(), names);
      mustRefuse(await ana.call('GET', `/api/v1/items/password/${five}`), 404, 'item_not_found');
      const { enabled } = done<{ enabled: boolean }>(await ana.call('GET', `/api/v1/items/password/${six}`));
      assert.equal(enabled, false);
      const log = await ana.call('GET', `/api/v1/imports/${planned.id}/log`);
      assert.match(log.text, /\r\n3,password,six,ana,,new,kept,\d+,was changed since: disabled,\r\n/);
      mustRefuse(await ana.call('POST', `/api/v1/imports/${planned.id}/undo`), 409, 'import_impossible');
    });

    it('shows what is staged to nobody, and goes on where it was stopped', async () => {
      const names = await own();
      const many = Array.from({ length: 450 }, (_, at) => `many ${at},,ana,p${at},`);
      const planned = await plan(ana, csv(many));
      assert.equal(planned.counts.new, 450);
      done(await ana.call('POST', `/api/v1/imports/${planned.id}/apply`));
      const whileStaged = await readWhileStaged(planned.id);
      assert.ok(whileStaged.length > 0, 'the import was done before anybody could look');
      assert.deepEqual([...new Set(whileStaged)], [404]);
      await safe.restart();
      const { status, outcomes } = await finish2(planned.id);
      assert.deepEqual([status, outcomes.created], ['finished', 450]);
      const number = (await rowsOf(ana, planned.id))[0]?.number;
      done(await ana.call('GET', `/api/v1/items/password/${number}`));
      assert.equal((await finish(ana, planned.id, 'undo')).outcomes.undone, 450);
      assert.deepEqual(await own(), names);
      const { whole } = (await safe.operator.run('audit.verify', undefined as never)) as never as { whole?: boolean };
      assert.notEqual(whole, false);
    });

    /** What the owner is answered about the first staged item, by its number, before the import is done. */
    async function readWhileStaged(id: number): Promise<number[]> {
      const answers: number[] = [];
      for (let tries = 0; tries < 500 && answers.length < 5; tries += 1) {
        const number = (await rowsOf(ana, id))[0]?.number;
        const paths = ['', '/versions', '/access'];
        const read = number ? paths.map((path) => ana.call('GET', `/api/v1/items/password/${number}${path}`)) : [];
        const statuses = (await Promise.all(read)).map(({ status }) => status);
        if ((done(await ana.call('GET', `/api/v1/imports/${id}`)) as Planned).status !== 'applying') break;
        answers.push(...statuses);
      }
      return answers;
    }

    it('is nobody else’s: others hear of none, nor an access key', async () => {
      const { id } = await plan(ana, csv(['eight,,ana,p8,']));
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/rows'],
        ['GET', '/log'],
        ['POST', '/apply'],
        ['POST', '/undo'],
      ] as const) {
        mustRefuse(await ben.call(method, `/api/v1/imports/${id}${path}`), 404, 'import_not_found');
      }
      const { imports } = done<{ imports: { id: number }[] }>(await ben.call('GET', '/api/v1/imports'));
      assert.deepEqual(imports, []);
    });

    it('refuses what it cannot read, with what is wrong with it', async () => {
      const refused = async (bytes: Uint8Array | string, more: object = {}) => {
        const content = Buffer.from(bytes as Uint8Array).toString('base64');
        const answer = await ana.call('POST', '/api/v1/imports', { file: 'x', content, ...more });
        assert.match((await auditLines(safe, answer)).join(), /^import.plan.refused ana - import_unreadable$/);
        return mustRefuse(answer, 400, 'import_unreadable').why;
      };
      assert.match((await refused(sample.latin1)) ?? '', /is not UTF-8/);
      assert.match((await refused(sample.bitwardenEncrypted)) ?? '', /encrypted export/);
      assert.match((await refused('a,b\n', { format: 'lastpass-csv' })) ?? '', /columns of lastpass-csv/);
      // Before a stranger's large body is read he is sent away.
      const stranger = await safe.call('POST', '/api/v1/imports', { file: 'x', content: 'A'.repeat(2_000_000) });
      mustRefuse(stranger, 401, 'token_missing');
    });

    it('forgets plans and logs after a day', async () => {
      const { id } = await plan(ana, csv(['nine,,ana,p9,']));
      const { tidy } = await import('../../src/actions/tidy.ts');
      const { systemContext } = await import('../../src/actions/system-context.ts');
      safe.setClock(new Date(Date.now() + 24 * 3_600_000 + 60_000));
      await tidy(systemContext(safe.serving.safe));
      ana = await safe.signIn('ana');
      assert.deepEqual(await rowsOf(ana, id), []);
      mustRefuse(await ana.call('POST', `/api/v1/imports/${id}/apply`), 409, 'import_impossible');
      assert.equal(done<{ status: string }>(await ana.call('GET', `/api/v1/imports/${id}`)).status, 'expired');
      safe.setClock(null);
      ana = await safe.signIn('ana');
    });
  });
}
