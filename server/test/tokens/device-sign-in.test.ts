import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { systemContext } from '../../src/actions/system-context.ts';
import { tidy } from '../../src/actions/tidy.ts';
import { auditEntries, auditLines, forgetRefusals } from '../audit-left.ts';
import { type Answer, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { settlePolicy } from '../v1/access-keys-cast.ts';
import { done, mustRefuse } from '../v1/problem.ts';
import { holdClock } from '../v1/sign-in-steps.ts';
import { askAgain, askAsDevice, postForm } from './device-calls.ts';

type Given = { access_token: string; expires_in: number; client_id: string; client_secret: string };

/** Holds an answer to be an error of RFC 6749, section 5.2, or RFC 8628, section 3.5. */
function mustFail(answer: Answer, error: string, status = 400): void {
  const told = answer.json as { error?: string; error_description?: string };
  assert.deepEqual([answer.status, told.error], [status, error], answer.text);
  assert.equal(typeof told.error_description, 'string');
  assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
}

for (const engine of engineOf(import.meta.filename)) {
  describe(`a device that asks to be let in, on ${engine}`, () => {
    let safe: TestSafe;
    let clock: ReturnType<typeof holdClock>;
    let ana: SignedIn;
    let next = 0;
    /** Each from an address of its own: how many one address may begin is another matter. */
    const begin = (more: Record<string, string> = {}) => {
      next += 1;
      return askAsDevice(safe, more, { 'x-forwarded-for': `203.0.113.${next}` });
    };
    const decide = (who: SignedIn, how: 'allow' | 'deny' | 'read', userCode: string) =>
      who.call('POST', `/api/v1/device-sign-ins/${how}`, { userCode });
    /** Later, whoever allows something has proven anew who he is. */
    const later = async (seconds: number) => {
      clock.pass(seconds);
      ana = await safe.signIn('ana');
    };
    before(async () => {
      safe = await startSafe(engine, { ARCA_TRUSTED_PROXIES: '127.0.0.1' });
      clock = holdClock(safe);
      ana = await safe.signIn('ana');
    });
    after(() => safe.close());

    it('is given two codes, one to show and one to keep, and where to type the one', async () => {
      const { answer, userCode, deviceCode } = await begin();
      const { device_code, user_code, ...rest } = done(answer);
      assert.match(userCode, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
      assert.match(deviceCode, /^[A-Za-z0-9_-]{43}$/);
      assert.deepEqual(rest, { verification_uri: `${safe.url}/device`, expires_in: 600, interval: 5 });
      assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
      const [entry] = await auditEntries(safe, answer);
      assert.deepEqual([entry?.event, entry?.user], ['device-sign-in.begun', null]);
      assert.deepEqual(entry?.details, {
        address: `203.0.113.${next}`,
        device: 'arca on builder-3',
        days: 30,
        readOnly: false,
      });
      assert.ok(!JSON.stringify(entry).includes(userCode) && !safe.log().includes(userCode));
    });

    it('waits, is allowed by who signed in, and gets an access key of his, once', async () => {
      const { userCode, deviceCode } = await begin({ days: '7', read_only: 'true' });
      mustFail(await askAgain(safe, deviceCode), 'authorization_pending');
      const typed = ` ${userCode.toLowerCase().replace('-', ' ')} `;
      const { createdAt, endsAt, ...shown } = done(await decide(ana, 'read', typed));
      assert.deepEqual(shown, {
        ...{ device: 'arca on builder-3', address: `203.0.113.${next}`, days: 7, readOnly: true },
      });
      assert.equal(+new Date(String(endsAt)) - +new Date(String(createdAt)), 600_000);
      const allowed = await decide(ana, 'allow', typed);
      assert.deepEqual(done(allowed), { changed: true });
      const [entry] = await auditEntries(safe, allowed);
      assert.deepEqual([entry?.event, entry?.user], ['device-sign-in.allowed', 'ana']);
      assert.equal(entry?.details.deviceAddress, `203.0.113.${next}`);
      const answer = await askAgain(safe, deviceCode);
      const given = done<Given>(answer);
      assert.deepEqual(Object.keys(given).sort(), [
        ...['access_token', 'client_expires_at', 'client_id', 'client_secret', 'expires_in', 'token_type'],
      ]);
      assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
      const lines = (await auditLines(safe, answer)).map((line) => line.replace(/\d+$/, 'n'));
      assert.deepEqual(lines, ['access-key.added ana access-key:n', 'token.issued ana -']);
      const { accessKeys } = done<{ accessKeys: Record<string, unknown>[] }>(
        await ana.call('GET', '/api/v1/access-keys'),
      );
      const key = accessKeys.find(({ clientId }) => clientId === given.client_id);
      assert.deepEqual([key?.name, key?.readOnly, key?.state, key?.items], ['arca on builder-3', true, 'live', null]);
      assert.equal(key?.expiresAt, new Date(+clock.now() + 7 * 86_400_000).toISOString());
      const bearer = { authorization: `Bearer ${given.access_token}` };
      done(await safe.call('GET', '/api/v1/items', undefined, bearer));
      mustRefuse(await safe.call('POST', '/api/v1/items/note', { name: 'n', note: 'x' }, bearer), 403, 'access_denied');
      const token = await safe.token(given.client_id, given.client_secret);
      const ended = await safe.call('POST', '/api/v1/access-keys/end-own', undefined, bearer);
      done(ended, 204);
      const [revoked] = await auditEntries(safe, ended);
      assert.deepEqual([revoked?.event, revoked?.user], ['access-key.revoked', 'ana']);
      for (const text of [token, given.access_token]) {
        const now = await safe.call('GET', '/api/v1/items', undefined, { authorization: `Bearer ${text}` });
        mustRefuse(now, 401, 'token_invalid');
      }
      for (let time = 0; time < 2; time += 1) mustFail(await askAgain(safe, deviceCode), 'invalid_grant');
      mustRefuse(await decide(ana, 'allow', userCode), 404, 'device_sign_in_not_found');
    });

    it('that asks too often must wait longer, and is told so', async () => {
      const { userCode, deviceCode } = await begin();
      mustFail(await askAgain(safe, deviceCode), 'authorization_pending');
      clock.pass(2);
      mustFail(await askAgain(safe, deviceCode), 'slow_down');
      clock.pass(6);
      mustFail(await askAgain(safe, deviceCode), 'slow_down');
      clock.pass(15);
      mustFail(await askAgain(safe, deviceCode), 'authorization_pending');
      done(await decide(ana, 'allow', userCode));
      done(await askAgain(safe, deviceCode));
    });

    it('is refused by who signed in, and hears so', async () => {
      const { userCode, deviceCode } = await begin();
      const denied = await decide(ana, 'deny', userCode);
      assert.deepEqual(done(denied), { changed: true });
      assert.equal((await auditEntries(safe, denied))[0]?.event, 'device-sign-in.denied');
      for (let time = 0; time < 2; time += 1) mustFail(await askAgain(safe, deviceCode), 'access_denied');
      mustRefuse(await decide(ana, 'allow', userCode), 404, 'device_sign_in_not_found');
    });

    it('is too late after ten minutes, allowed or not', async () => {
      const [left, allowed] = [await begin(), await begin()];
      await later(595);
      done(await decide(ana, 'allow', allowed.userCode));
      clock.pass(5);
      mustFail(await askAgain(safe, left.deviceCode), 'expired_token');
      mustFail(await askAgain(safe, allowed.deviceCode), 'expired_token');
      mustRefuse(await decide(ana, 'read', left.userCode), 404, 'device_sign_in_not_found');
      clock.pass(3601);
      await tidy(systemContext(safe.serving.safe));
      mustFail(await askAgain(safe, left.deviceCode), 'invalid_grant');
      await later(0);
    });

    it('is allowed with a fresh proof alone, by who may make access keys', async () => {
      const { userCode, deviceCode } = await begin();
      clock.pass(599);
      const { userCode: second } = await begin();
      clock.pass(2);
      mustRefuse(await decide(ana, 'allow', second), 403, 'proof_required');
      await later(0);
      await settlePolicy(safe, { keyMakers: { everyone: false, users: [], groups: [] } });
      mustRefuse(await decide(ana, 'allow', second), 403, 'keys_not_allowed');
      await settlePolicy(safe, { keyMakers: { everyone: true, users: [], groups: [] } });
      mustFail(await askAgain(safe, deviceCode), 'expired_token');
      mustRefuse(await decide(ana, 'allow', userCode), 404, 'device_sign_in_not_found');
    });

    it('gets nothing when the word of who allowed it does not count any more', async () => {
      const ben = await safe.signIn('ben');
      const [first, second] = [await begin(), await begin()];
      done(await decide(ben, 'allow', first.userCode));
      await settlePolicy(safe, { keyMakers: { everyone: false, users: [], groups: [] } });
      mustFail(await askAgain(safe, first.deviceCode), 'access_denied');
      await settlePolicy(safe, { keyMakers: { everyone: true, users: [], groups: [] } });
      done(await decide(ben, 'allow', second.userCode));
      await safe.operator.run('user.disable', { username: 'ben' });
      mustFail(await askAgain(safe, second.deviceCode), 'access_denied');
      clock.pass(1);
      await safe.operator.run('user.enable', { username: 'ben' });
      mustFail(await askAgain(safe, second.deviceCode), 'access_denied');
    });

    it('is one of many that take at once: one gets the key', async () => {
      const { userCode, deviceCode } = await begin();
      done(await decide(ana, 'allow', userCode));
      const answers = await Promise.all(Array.from({ length: 6 }, () => askAgain(safe, deviceCode)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400, 400, 400]);
    });

    it('has no code in the store, nor what could be tried for one', async () => {
      const { userCode, deviceCode } = await begin();
      const store = await openByHand(safe.settings);
      try {
        const rows = await store.all('select * from device_sign_ins');
        const held = Buffer.concat(
          rows.flatMap((row) =>
            Object.values(row).map((cell) => Buffer.from(cell instanceof Uint8Array ? cell : String(cell))),
          ),
        );
        for (const secret of [userCode, userCode.replace('-', ''), deviceCode, 'builder-3']) {
          assert.ok(!held.includes(secret), secret);
        }
      } finally {
        await store.close();
      }
    });

    it('must say who it is as the standard asks, in words that hide nothing', async () => {
      const path = '/api/device/authorization';
      const from = { 'x-forwarded-for': '198.51.100.9' };
      mustFail(await postForm(safe, path, { device_name: 'x' }, from), 'invalid_client', 401);
      mustFail(await postForm(safe, path, { client_id: 'other', device_name: 'x' }, from), 'invalid_client', 401);
      const wrong: Record<string, string>[] = [
        { device_name: ' ' },
        { device_name: 'x'.repeat(101) },
        { device_name: 'arca\u202eelohw' },
        { device_name: 'a\nb' },
        { days: '0' },
        { days: '10000' },
        { days: 'x' },
      ];
      for (const fields of wrong) mustFail((await begin(fields)).answer, 'invalid_request');
      mustFail(await safe.call('POST', path, '{'), 'invalid_request');
      mustFail(await askAgain(safe, 'x', { client_id: 'other' }), 'invalid_client', 401);
      mustFail(await askAgain(safe, ''), 'invalid_grant');
      forgetRefusals(safe);
      const answer = await askAgain(safe, 'no such code');
      mustFail(answer, 'invalid_grant');
      assert.deepEqual(await auditLines(safe, answer), ['token.issue.refused - - device_sign_in_not_found']);
      assert.equal((await safe.call('GET', `${path}?client_id=arca&device_name=x`)).status, 404);
      mustFail(await askAgain(safe, 'x', { grant_type: 'client_credentials' }), 'unsupported_grant_type');
      mustFail(await safe.call('POST', path, 'x'.repeat(3_000_000)), 'invalid_request', 413);
    });
  });
}

// Counted in memory before any store is asked: one engine shows it.
describe('those who guess and those who flood', () => {
  let safe: TestSafe;
  let clock: ReturnType<typeof holdClock>;
  before(async () => {
    safe = await startSafe('sqlite', { ARCA_TRUSTED_PROXIES: '127.0.0.1' });
    clock = holdClock(safe);
  });
  after(() => safe.close());

  it('wait longer with each wrong code, and others do not', async () => {
    const [ana, ben] = [await safe.signIn('ana'), await safe.signIn('ben')];
    const { userCode } = await askAsDevice(safe);
    const path = (how: string) => `/api/v1/device-sign-ins/${how}`;
    const guesses = ['read', 'deny', 'allow', 'read', 'read'].map((how) => path(how));
    for (const guess of guesses) {
      mustRefuse(await ana.call('POST', guess, { userCode: 'BBBB-BBBB' }), 404, 'device_sign_in_not_found');
    }
    for (const how of ['read', 'deny', 'allow']) {
      mustRefuse(await ana.call('POST', path(how), { userCode }), 429, 'too_many_requests');
    }
    done(await ben.call('POST', path('read'), { userCode }));
    clock.pass(1);
    mustRefuse(await ana.call('POST', path('read'), { userCode: 'BBBB-BBBB' }), 404, 'device_sign_in_not_found');
    clock.pass(1);
    mustRefuse(await ana.call('POST', path('read'), { userCode }), 429, 'too_many_requests');
    clock.pass(1);
    // A right one is no guess, however often it is looked at.
    for (let time = 0; time < 3; time += 1) done(await ana.call('POST', path('read'), { userCode }));
  });

  it('from one address begin thirty and then wait a quarter of an hour; others do not', async () => {
    const from = { 'x-forwarded-for': '198.51.100.1' };
    for (let count = 0; count < 30; count += 1) done((await askAsDevice(safe, {}, from)).answer);
    const { answer } = await askAsDevice(safe, {}, from);
    mustFail(answer, 'temporarily_unavailable', 429);
    assert.equal(answer.headers.get('retry-after'), '900');
    done((await askAsDevice(safe, {}, { 'x-forwarded-for': '198.51.100.2' })).answer);
    clock.pass(900);
    done((await askAsDevice(safe, {}, from)).answer);
  });
});
