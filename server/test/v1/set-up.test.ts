import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeSetUpLink } from '../../src/actions/users/set-up-by-link.ts';
import { auditEntries, auditLines, forgetRefusals } from '../audit-left.ts';
import { anyPassword, engineOf, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';

const path = '/api/v1/set-up';

for (const engine of engineOf(import.meta.filename)) {
  describe(`setting up by the one-time link on ${engine}`, () => {
    let safe: TestSafe;
    before(async () => {
      safe = await startSafe(engine);
    });
    after(() => safe.close());

    const first = (token: string, more: object = {}, headers: Record<string, string> = {}) =>
      safe.call('POST', path, { token, username: 'Ana', password: anyPassword, name: 'Ana', ...more }, headers);

    it('the safe says that it waits', async () => {
      assert.deepEqual(done(await safe.call('GET', path)), { done: false });
    });

    it('no link, a wrong one and one past its time do not hold', async () => {
      for (const token of ['', 'wrong']) mustRefuse(await first(token), 403, 'set_up_link_invalid', token);
      const token = makeSetUpLink(safe.serving.safe);
      safe.setClock(new Date(Date.now() + 30 * 60_000));
      forgetRefusals(safe);
      const late = await first(token);
      mustRefuse(late, 403, 'set_up_link_invalid');
      assert.deepEqual(await auditLines(safe, late), ['safe.set-up.refused - - set_up_link_invalid']);
      safe.setClock(null);
    });

    it('a request that a proxy passed on is not from this machine', async () => {
      const token = makeSetUpLink(safe.serving.safe);
      mustRefuse(await first(token, {}, { 'x-forwarded-for': '192.0.2.1' }), 403, 'set_up_link_invalid');
      mustRefuse(await first(token, {}, { origin: 'https://evil.example' }), 403, 'origin_foreign');
    });

    it('a slip of the pen does not use it up', async () => {
      const token = makeSetUpLink(safe.serving.safe);
      mustBeInvalid(await first(token, { password: 'short' }), ['password']);
      mustBeInvalid(await first(token, { username: 'no spaces please' }), ['username']);
      const made = await first(token);
      assert.deepEqual(done(made, 201), { username: 'ana' });
      const [entry] = await auditEntries(safe, made);
      assert.deepEqual([entry?.event, entry?.details.operator], ['safe.set-up', 'set-up link']);
      mustRefuse(await first(token, { username: 'second' }), 409, 'already_set_up');
      assert.deepEqual(done(await safe.call('GET', path)), { done: true });
      const admin = await safe.signIn('ana');
      done(await admin.call('GET', '/api/v1/statistics'));
      assert.ok(!safe.log().includes(token));
    });
  });

  it(`of two who set up at once, one becomes the administrator on ${engine}`, async () => {
    const safe = await startSafe(engine, { ARCA_LANES: '4' });
    try {
      const token = makeSetUpLink(safe.serving.safe);
      const answers = await Promise.all(
        ['ana', 'ben', 'cleo'].map((username) => safe.call('POST', path, { token, username, password: anyPassword })),
      );
      const made = answers.filter(({ status }) => status === 201);
      assert.equal(made.length, 1, answers.map(({ text }) => text).join('\n'));
    } finally {
      await safe.close();
    }
  });
}
