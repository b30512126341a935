import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { watchAudit } from '../server/test/audit/new-entries.ts';
import { anyPassword, engines, type Person, startSafe, type TestSafe } from '../server/test/start-safe.ts';
import type { Report } from './conform.ts';
import { allExchanges } from './groups/all.ts';
import { kinds } from './kinds.ts';
import { publishedExchanges } from './published.ts';
import { exitCodeOf, reportText } from './report.ts';
import { type Credentials, playOn } from './test/play-on.ts';

function mustBeAlike(report: Report): void {
  assert.equal(exitCodeOf(report), 0, reportText(report));
}

const everything = ['--write', '--reveal', '--additions', '--query-credentials'];

it('plays every published exchange under its own id, and none twice', () => {
  const ids = allExchanges.map(({ id }) => id);
  assert.deepEqual(
    publishedExchanges.map(({ id }) => id).filter((id) => !ids.includes(id)),
    [],
  );
  assert.equal(new Set(ids).size, ids.length);
  for (const { id, after } of allExchanges)
    assert.ok(after === undefined || ids.includes(after), `${id} after ${after}`);
});

for (const engine of engines) {
  describe(`our own server on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let ben: Person;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
      ben = await safe.person('ben');
      const sharing = { users_allowed: [{ username: 'ana' }], tags: 'work, door' };
      const bodies: [string, object][] = [
        ['password', { name: 'Mail', username: 'ben', password: 'p', url: 'https://mail.test', ...sharing }],
        ['password', { name: 'Wiki', username: 'ben', password: 'p', secret_key: 'JBSWY3DPEHPK3PXP', ...sharing }],
        ['note', { name: 'Door', note: '4711', ...sharing }],
        ['secretapi', { name: 'Cloud', url: 'https://cloud.test', client_id: 'c1', ...sharing }],
      ];
      for (const [path, body] of bodies) {
        for (const owner of [ben, ana]) {
          const made = await owner.call('POST', `/api/mysafe/${path}`, {
            ...body,
            users_allowed: owner === ben ? sharing.users_allowed : [],
          });
          assert.equal(made.status, 201, made.text);
        }
      }
    });
    after(() => safe.close());

    /** What ana can list of every kind, byte for byte. */
    const listed = (query: string) =>
      Promise.all(kinds.map(async ({ path }) => (await ana.call('GET', `/api/mysafe/${path}${query}`)).text));

    it('changes and reveals nothing unless it is told to', async () => {
      const before = await listed('?enabled=all');
      const audit = await watchAudit(safe);
      mustBeAlike(await playOn(safe.url, ana));
      const events = new Set((await audit.take()).map(({ event }) => event));
      assert.deepEqual([...events].sort(), [
        'item.list.refused',
        'item.reveal.refused',
        'token.issue.refused',
        'token.issued',
      ]);
      assert.deepEqual(await listed('?enabled=all'), before);
    });

    it('reveals one item of each kind when it may', async () => {
      const audit = await watchAudit(safe);
      const before = await listed('?enabled=all');
      mustBeAlike(await playOn(safe.url, ana, '--reveal'));
      const revealed = (await audit.take()).filter(({ event }) => event === 'item.revealed');
      assert.deepEqual(revealed.map(({ target }) => target).sort(), ['api-secret:1', 'note:1', 'password:1']);
      assert.deepEqual(await listed('?enabled=all'), before);
    });

    it('disables all that it makes, and touches nothing else', async () => {
      const before = await listed('');
      const audit = await watchAudit(safe);
      const report = await playOn(safe.url, ana, ...everything);
      mustBeAlike(report);
      assert.deepEqual(
        report.results.filter(({ verdict }) => verdict === 'skipped').map(({ id }) => id),
        ['password-read-no-access', 'password-disable-no-access', 'password-enable-no-access'],
      );
      assert.deepEqual(report.left, []);
      const entries = await audit.take();
      const targets = (event: string) =>
        new Set(entries.filter((one) => one.event === event).map(({ target }) => target));
      assert.equal(targets('item.created').size, report.disabled.length);
      for (const event of ['item.updated', 'item.shared', 'item.disabled', 'item.enabled']) {
        assert.ok(
          [...targets(event)].every((target) => targets('item.created').has(target)),
          event,
        );
      }
      assert.deepEqual(await listed(''), before);
    });

    it('is alike below /iso alone', async () => {
      const report = await playOn(safe.url, ana, '--prefix', 'iso', '--write', '--only', 'tokens/,routes/,note/,alias');
      mustBeAlike(report);
      assert.deepEqual([...new Set(report.results.map(({ group }) => group))], ['tokens', 'routes', 'note']);
    });

    it('plays what --only asks for, and what that builds on', async () => {
      const report = await playOn(safe.url, ana, '--write', '--only', 'note-update-by-post,routes/');
      mustBeAlike(report);
      const ids = report.results.map(({ id }) => id).filter((id) => !id.startsWith('route-'));
      assert.deepEqual(ids, ['note-create', 'note-update', 'note-update-by-post']);
      assert.equal(report.disabled.length, 1);
    });
  });
}

describe('a key whose answers are encrypted', () => {
  let safe: TestSafe;
  before(async () => {
    safe = await startSafe('sqlite');
  });
  after(() => safe.close());

  for (const encryption of ['rsa-oaep', 'jwe'] as const) {
    it(`finds no difference with ${encryption}`, async () => {
      const ana = await safe.person('ana', { encryption });
      const words = 'read-updated,read-cleared,read-seed,create-least,read-listed';
      mustBeAlike(await playOn(safe.url, ana, '--write', '--reveal', '--only', words));
    });
  }
});

describe('a server with a certificate of its own authority', () => {
  const pem = join(import.meta.dirname, '../server/test/fixtures/test-only-server.pem');
  let safe: TestSafe;
  let ana: Credentials;
  before(async () => {
    safe = await startSafe('sqlite', { ARCA_TLS_CERT: pem, ARCA_TLS_KEY: pem });
    await safe.operator.run('user.add', { username: 'ana', password: anyPassword });
    ana = await safe.operator.run('access-key.add', { owner: 'ana', name: 'key' });
  });
  after(() => safe.close());

  it('is believed by its authority, or blindly, and not otherwise', async () => {
    const short = ['--only', 'note-read'];
    mustBeAlike(await playOn(safe.url, ana, ...short, '--ca', pem));
    mustBeAlike(await playOn(safe.url, ana, ...short, '--insecure'));
    await assert.rejects(playOn(safe.url, ana, ...short), {
      name: 'NotOpen',
      message: `The certificate of ${new URL(safe.url).host} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT); --ca names its authority.`,
    });
  });
});
