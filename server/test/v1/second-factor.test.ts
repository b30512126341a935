import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../audit-left.ts';
import { findTexts } from '../canary/spellings.ts';
import { storeBytes } from '../canary/store-bytes.ts';
import { engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';
import { codeAt, enrol, holdClock, type SessionBody, signedInBy, signIn, wrongCode } from './sign-in-steps.ts';

const path = '/api/v1/profile/second-factor';
const codesPath = '/api/v1/profile/recovery-codes';

type Profile = { secondFactor: { enrolledAt: string | null; recoveryCodes: number } };
const factorOf = async (person: SignedIn) => done<Profile>(await person.call('GET', '/api/v1/profile')).secondFactor;

for (const engine of engineOf(import.meta.filename)) {
  describe(`a second factor on ${engine}`, () => {
    let safe: TestSafe;
    let clock: ReturnType<typeof holdClock>;
    before(async () => {
      safe = await startSafe(engine);
      clock = holdClock(safe);
      await safe.signIn('root', 'admin');
    });
    after(() => safe.close());

    const codeOf = (seed: string) => codeAt(seed, clock.now());
    /** A person with an enrolled factor whose code of this moment is unused. */
    const enrolled = async (username: string) => {
      const person = await safe.signIn(username);
      const factor = await enrol(person, clock.now());
      clock.pass(30);
      return { person, ...factor };
    };

    it('is nobody else’s: no stranger and no access key reaches it', async () => {
      const { call } = await safe.person('ana');
      for (const [method, where, body] of [
        ['POST', path, undefined],
        ['POST', `${path}/confirm`, { code: '123456' }],
        ['DELETE', path, { code: '123456' }],
        ['POST', codesPath, undefined],
      ] as const) {
        mustRefuse(await safe.call(method, where, body), 401, 'token_missing', where);
        const answer = await call(method, where, body);
        mustRefuse(answer, 403, 'access_denied', where);
        assert.deepEqual(await auditLines(safe, answer), ['profile.change-second-factor.refused ana - access_denied']);
      }
    });

    it('begins with a seed that counts for nothing yet', async () => {
      const ana = await safe.signIn('ana');
      const answer = await ana.call('POST', path);
      const { seed, uri } = done<{ seed: string; uri: string }>(answer, 201);
      assert.match(seed, /^[A-Z2-7]{32}$/);
      const { protocol, host, pathname, searchParams } = new URL(uri);
      assert.deepEqual([protocol, host, decodeURIComponent(pathname)], ['otpauth:', 'totp', '/Arca:ana']);
      assert.deepEqual(Object.fromEntries(searchParams), {
        secret: seed,
        algorithm: 'SHA1',
        digits: '6',
        period: '30',
        issuer: 'Arca',
      });
      assert.deepEqual(await factorOf(ana), { enrolledAt: null, recoveryCodes: 0 });
      done(await signIn(safe, 'ana'), 201);
      mustRefuse(await ana.call('POST', codesPath), 409, 'second_factor_absent');
      mustRefuse(await ana.call('DELETE', path, { code: codeOf(seed) }), 409, 'second_factor_absent');
      const [entry] = await auditEntries(safe, answer);
      assert.deepEqual([entry?.event, entry?.details.change], ['profile.second-factor-changed', 'begun']);
    });

    it('is confirmed by a code of the newest seed, once', async () => {
      const ana = await safe.signIn('ana');
      const other = await safe.signIn('ana');
      const begin = async () => done<{ seed: string }>(await ana.call('POST', path), 201).seed;
      const confirm = (code: string) => ana.call('POST', `${path}/confirm`, { code });
      const first = await begin();
      const seed = await begin();
      mustRefuse(await confirm(codeOf(first)), 401, 'second_factor_wrong');
      mustRefuse(await confirm(wrongCode(seed, clock.now())), 401, 'second_factor_wrong');
      mustBeInvalid(await confirm('12345'), ['code']);
      mustBeInvalid(await ana.call('POST', `${path}/confirm`, {}), ['code']);
      assert.equal((await factorOf(ana)).enrolledAt, null);
      const code = codeOf(seed);
      const answer = await confirm(`${code.slice(0, 3)} ${code.slice(3)}`);
      const { recoveryCodes, endedSessions } = done<{ recoveryCodes: string[]; endedSessions: number }>(answer);
      assert.equal(new Set(recoveryCodes).size, 10);
      assert.ok(endedSessions >= 1);
      mustRefuse(await other.call('GET', '/api/v1/session'), 401, 'token_invalid');
      assert.deepEqual(await factorOf(ana), { enrolledAt: clock.now().toISOString(), recoveryCodes: 10 });
      assert.equal(done<SessionBody>(await ana.call('GET', '/api/v1/session')).secondFactor, true);
      const entries = await auditEntries(safe, answer);
      assert.deepEqual(
        entries.map(({ event, user, details }) => [event, user, details.change]),
        [['profile.second-factor-changed', 'ana', 'confirmed']],
      );
      for (const secret of [seed, code, ...recoveryCodes]) assert.ok(!JSON.stringify(entries).includes(secret));
      mustRefuse(await confirm(codeOf(seed)), 409, 'second_factor_enrolled');
      mustRefuse(await ana.call('POST', path), 409, 'second_factor_enrolled');
      // The code that confirmed it signs nobody in.
      mustRefuse(await signIn(safe, 'ana', { code }), 401, 'second_factor_wrong');
    });

    it('cannot be confirmed before it is begun', async () => {
      const ben = await safe.signIn('ben');
      mustRefuse(await ben.call('POST', `${path}/confirm`, { code: '123456' }), 409, 'second_factor_absent');
    });

    it('is spoken of only after the right password', async () => {
      const { seed } = await enrolled('cora');
      const password = 'wrong wooden boats 41';
      for (const more of [{}, { code: codeOf(seed) }, { code: 'none' }, { recoveryCode: 'none' }]) {
        mustRefuse(await signIn(safe, 'cora', { password, ...more }), 401, 'sign_in_failed');
      }
      const none = await signIn(safe, 'cora');
      mustRefuse(none, 401, 'second_factor_required');
      assert.deepEqual(none.headers.getSetCookie(), []);
      mustBeInvalid(await signIn(safe, 'cora', { code: '12 34' }), ['code']);
      mustRefuse(await signIn(safe, 'cora', { code: wrongCode(seed, clock.now()) }), 401, 'second_factor_wrong');
      // None of that has used up the code.
      const answer = await signIn(safe, 'cora', { code: codeOf(seed) });
      assert.equal(done<SessionBody>(answer, 201).secondFactor, true);
      const started = (await auditEntries(safe, answer)).map(({ event, details }) => [event, details.factor]);
      assert.deepEqual(started, [['session.started', 'code']]);
    });

    it('takes each code once, the one before and the one after too, in any form of writing', async () => {
      const { seed } = await enrolled('dora');
      const at = (seconds: number) => codeAt(seed, new Date(+clock.now() + seconds * 1000));
      clock.pass(90);
      const trying = (code: string) => signIn(safe, 'dora', { code });
      mustRefuse(await trying(at(-60)), 401, 'second_factor_wrong');
      mustRefuse(await trying(at(60)), 401, 'second_factor_wrong');
      done(await trying(at(-30)), 201);
      mustRefuse(await trying(at(-30)), 401, 'second_factor_wrong');
      done(await trying(` ${at(0).slice(0, 3)} ${at(0).slice(3)} `), 201);
      done(await trying(at(30)), 201);
      mustRefuse(await trying(at(0)), 401, 'second_factor_wrong');
    });

    it('gives one session to a code that is sent many times at once', async () => {
      const { seed, recoveryCodes } = await enrolled('eve');
      const [recoveryCode = ''] = recoveryCodes;
      for (const shown of [{ code: codeOf(seed) }, { recoveryCode }]) {
        const answers = await Promise.all(Array.from({ length: 4 }, () => signIn(safe, 'eve', shown)));
        const statuses = answers.map(({ status }) => status).sort();
        assert.deepEqual(statuses, [201, 401, 401, 401]);
        const codes = answers.map(({ json }) => (json as { code?: string }).code).filter((code) => code !== undefined);
        assert.deepEqual(codes, Array(3).fill('second_factor_wrong'));
        clock.pass(15 * 60);
      }
    });

    it('has recovery codes that work once each, however they are typed', async () => {
      const { person, recoveryCodes } = await enrolled('fay');
      const [first = '', second = '', third = ''] = recoveryCodes;
      const answer = await signIn(safe, 'fay', { recoveryCode: first });
      const { id } = done<SessionBody>(answer, 201);
      const entries = (await auditEntries(safe, answer)).map(({ event, details }) => [event, details.session]);
      assert.deepEqual(entries, [
        ['session.started', id],
        ['profile.recovery-code-used', id],
      ]);
      mustRefuse(await signIn(safe, 'fay', { recoveryCode: first }), 401, 'second_factor_wrong');
      done(await signIn(safe, 'fay', { recoveryCode: ` ${second.toUpperCase().replaceAll('-', ' ')}` }), 201);
      assert.equal((await factorOf(person)).recoveryCodes, 8);
      // Someone else's are none.
      const { person: gus } = await enrolled('gus');
      mustRefuse(await signIn(safe, 'gus', { recoveryCode: third }), 401, 'second_factor_wrong');
      assert.equal((await factorOf(gus)).recoveryCodes, 10);
    });

    it('gets new recovery codes in place of the old ones', async () => {
      const { person, recoveryCodes } = await enrolled('hana');
      const renew = () => person.call('POST', codesPath, undefined, { 'idempotency-key': 'same' });
      const first = await renew();
      const old = done<{ recoveryCodes: string[] }>(first, 201).recoveryCodes;
      // What is secret is not kept to be given again.
      const fresh = done<{ recoveryCodes: string[] }>(await renew(), 201).recoveryCodes;
      assert.equal(new Set([...recoveryCodes, ...old, ...fresh]).size, 30);
      for (const recoveryCode of [recoveryCodes[0] ?? '', old[0] ?? '']) {
        mustRefuse(await signIn(safe, 'hana', { recoveryCode }), 401, 'second_factor_wrong');
      }
      done(await signIn(safe, 'hana', { recoveryCode: fresh[9] ?? '' }), 201);
      assert.equal((await factorOf(person)).recoveryCodes, 9);
      const [entry] = await auditEntries(safe, first);
      assert.deepEqual([entry?.event, entry?.details.change], ['profile.second-factor-changed', 'recovery-codes']);
      const store = await openByHand(safe.settings);
      assert.deepEqual(await store.all('select * from repeats'), []);
      await store.close();
    });

    for (const by of ['code', 'recoveryCode'] as const) {
      it(`is removed by a last ${by}, and asked for no more`, async () => {
        const username = `ina-${by.toLowerCase()}`;
        const { person, seed, recoveryCodes } = await enrolled(username);
        const other = signedInBy(
          safe,
          username,
          await signIn(safe, username, { recoveryCode: recoveryCodes[1] ?? '' }),
        );
        mustRefuse(await person.call('DELETE', path, {}), 401, 'second_factor_required');
        const wrong = await person.call('DELETE', path, { code: wrongCode(seed, clock.now()) });
        mustRefuse(wrong, 401, 'second_factor_wrong');
        const shown = by === 'code' ? { code: codeOf(seed) } : { recoveryCode: recoveryCodes[0] };
        const answer = await person.call('DELETE', path, shown);
        assert.deepEqual(done(answer), { endedSessions: 1 });
        mustRefuse(await other.call('GET', '/api/v1/session'), 401, 'token_invalid');
        assert.deepEqual(await factorOf(person), { enrolledAt: null, recoveryCodes: 0 });
        const events = (await auditEntries(safe, answer)).map(({ event, details }) => [event, details.change]);
        assert.deepEqual(events[0], ['profile.second-factor-changed', 'removed']);
        assert.equal(events.length, by === 'code' ? 1 : 2);
        done(await signIn(safe, username), 201);
        mustRefuse(await person.call('DELETE', path, shown), 409, 'second_factor_absent');
        // It can be enrolled again, with another seed and other codes.
        const again = await enrol(person, clock.now());
        assert.notEqual(again.seed, seed);
        mustRefuse(await signIn(safe, username, { recoveryCode: recoveryCodes[2] ?? '' }), 401, 'second_factor_wrong');
      });
    }

    it('is nowhere to be read: not in the store, its log or its WAL, nor is the token of a session', async () => {
      const { person, seed, recoveryCodes } = await enrolled('lea');
      const secrets = [seed, recoveryCodes[0] ?? '', person.cookie.split('=')[1] ?? ''];
      const texts = new Map(secrets.map((secret, at) => [`secret ${at}`, secret]));
      const places = new Map([...(await storeBytes(safe)), ['the log', Buffer.from(safe.log())] as const]);
      assert.ok(places.size > 1);
      assert.deepEqual(findTexts(places, texts), []);
    });

    it('survives a change of the password', async () => {
      const { person, seed } = await enrolled('kim');
      const password = 'nine paper lanterns 63';
      const currentPassword = 'seven wooden boats 41';
      done(await person.call('POST', '/api/v1/profile/password', { currentPassword, password }));
      mustRefuse(await signIn(safe, 'kim', { password }), 401, 'second_factor_required');
      done(await signIn(safe, 'kim', { password, code: codeOf(seed) }), 201);
    });
  });
}
