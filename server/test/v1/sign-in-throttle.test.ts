import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines, forgetRefusals } from '../audit-left.ts';
import { type Answer, anyPassword, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustRefuse } from './problem.ts';
import { codeAt, cookiesOf, enrol, holdClock, signIn, wrongCode } from './sign-in-steps.ts';

// Counted in memory before any store is asked: one engine shows it.

const budget = 3;
const addressBudget = 10 * budget;
/** Seconds after which nothing is held against anyone. */
const day = 86_400;
const wrong = { password: 'wrong wooden boats 41' };

const from = (address: string) => ({ 'x-forwarded-for': address });
const deviceOf = (answer: Answer) => cookiesOf(answer)['__Host-arca_device'] ?? '';

async function startThrottled(failures: number) {
  const safe = await startSafe('sqlite', {
    ARCA_SIGN_IN_FAILURES: String(failures),
    ARCA_TRUSTED_PROXIES: '127.0.0.1',
  });
  return { safe, clock: holdClock(safe) };
}

describe('wrong passwords', () => {
  let safe: TestSafe;
  let clock: ReturnType<typeof holdClock>;
  let device: string;
  before(async () => {
    ({ safe, clock } = await startThrottled(budget));
    for (const username of ['ana', 'ben', 'cora', 'dora', 'eve']) {
      await safe.operator.run('user.add', { username, password: anyPassword });
    }
    const first = await signIn(safe, 'ana', {}, from('192.0.2.1'));
    done(first, 201);
    device = deviceOf(first);
  });
  after(() => safe.close());

  let next = 0;
  /** An address that nobody used before. */
  const elsewhere = () => {
    next += 1;
    return from(`203.0.113.${next}`);
  };
  /** Uses up what strangers may get wrong for an account. */
  const spend = async (username: string) => {
    for (let count = 0; count < budget; count += 1) {
      mustRefuse(await signIn(safe, username, wrong, elsewhere()), 401, 'sign_in_failed');
    }
  };

  it('of strangers for one account, from wherever, end in a wait before the right one is looked at', async () => {
    await spend('ana');
    for (const password of [wrong.password, anyPassword]) {
      const answer = await signIn(safe, 'ana', { password }, elsewhere());
      const { retryAfterSeconds } = mustRefuse(answer, 429, 'too_many_requests');
      assert.deepEqual([retryAfterSeconds, answer.headers.get('retry-after')], [1, '1']);
      assert.deepEqual(await auditLines(safe, answer), []);
    }
    done(await signIn(safe, 'ben', {}, elsewhere()), 201);
    clock.pass(1);
    mustRefuse(await signIn(safe, 'ana', wrong, elsewhere()), 401, 'sign_in_failed');
    for (const seconds of [2, 4, 8]) {
      const answer = await signIn(safe, 'ana', {}, elsewhere());
      assert.equal(mustRefuse(answer, 429, 'too_many_requests').retryAfterSeconds, seconds);
      clock.pass(seconds);
      mustRefuse(await signIn(safe, 'ana', wrong, elsewhere()), 401, 'sign_in_failed');
    }
    clock.pass(16);
    done(await signIn(safe, 'ana', {}, elsewhere()), 201);
  });

  it('are counted for names that nobody has just the same', async () => {
    await spend('nobody-of-that-name');
    const answer = await signIn(safe, 'nobody-of-that-name', {}, elsewhere());
    assert.equal(mustRefuse(answer, 429, 'too_many_requests').retryAfterSeconds, 1);
  });

  it('are counted for a name however it is typed', async () => {
    for (const username of ['CORA', ' cora', 'Cora ']) {
      mustRefuse(await signIn(safe, username, wrong, elsewhere()), 401, 'sign_in_failed');
    }
    mustRefuse(await signIn(safe, 'cora', {}, elsewhere()), 429, 'too_many_requests');
  });

  it('of strangers keep nobody out of a device that he signed in with before', async () => {
    clock.pass(day);
    await spend('ana');
    mustRefuse(await signIn(safe, 'ana', {}, elsewhere()), 429, 'too_many_requests');
    done(await signIn(safe, 'ana', {}, { ...elsewhere(), cookie: device }), 201);
  });

  it('of a known device are counted by itself', async () => {
    clock.pass(day);
    const home = { ...from('192.0.2.1'), cookie: device };
    for (let count = 0; count < budget; count += 1) {
      mustRefuse(await signIn(safe, 'ana', wrong, home), 401, 'sign_in_failed');
    }
    const answer = await signIn(safe, 'ana', {}, home);
    assert.equal(mustRefuse(answer, 429, 'too_many_requests').retryAfterSeconds, 1);
    done(await signIn(safe, 'ana', {}, elsewhere()), 201);
    clock.pass(1);
    done(await signIn(safe, 'ana', {}, home), 201);
  });

  it('come from a stranger when the device is made up, or another’s', async () => {
    const [name = '', token = ''] = device.split('=');
    const [id = '', mac = ''] = token.split('.');
    const ofBen = deviceOf(await signIn(safe, 'ben', {}, elsewhere()));
    const forged = [
      `${name}=`,
      `${name}=${id}`,
      `${name}=${mac}.${mac}`,
      `${name}=${id.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}.${mac}`,
      ofBen,
      `${name}=${id}.${ofBen.split('.')[1]}`,
    ];
    for (const cookie of forged) {
      clock.pass(day);
      await spend('ana');
      mustRefuse(await signIn(safe, 'ana', {}, { ...elsewhere(), cookie }), 429, 'too_many_requests', cookie);
    }
    clock.pass(day);
  });

  it('come from a stranger again after another password, and after he was disabled', async () => {
    for (const username of ['dora', 'eve']) {
      const known = deviceOf(await signIn(safe, username, {}, elsewhere()));
      let password = anyPassword;
      if (username === 'dora') {
        password = 'nine paper lanterns 63';
        await safe.operator.run('user.set-password', { username, password });
      } else {
        await safe.operator.run('user.disable', { username });
        clock.pass(1);
        await safe.operator.run('user.enable', { username });
      }
      await spend(username);
      const answer = await signIn(safe, username, { password }, { ...elsewhere(), cookie: known });
      mustRefuse(answer, 429, 'too_many_requests', username);
      clock.pass(day);
      const again = await signIn(safe, username, { password }, { ...elsewhere(), cookie: known });
      assert.notEqual(deviceOf(again), '', username);
    }
  });

  it('leave the device known on which the password is changed', async () => {
    await safe.operator.run('user.add', { username: 'fay', password: anyPassword });
    const person = await safe.signIn('fay');
    const password = 'nine paper lanterns 63';
    const changed = await person.call('POST', '/api/v1/profile/password', { currentPassword: anyPassword, password });
    await spend('fay');
    mustRefuse(await signIn(safe, 'fay', { password }, elsewhere()), 429, 'too_many_requests');
    done(await signIn(safe, 'fay', { password }, { ...elsewhere(), cookie: deviceOf(changed) }), 201);
  });

  it('of one address are counted for all accounts together, an IPv6 network for one', async () => {
    for (const [address, near, far] of [
      ['198.51.100.1', '198.51.100.1', '198.51.100.2'],
      ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'],
    ] as const) {
      for (let count = 0; count < addressBudget; count += 1) {
        const answer = await signIn(safe, `stranger-${address}-${count}`, wrong, from(address));
        mustRefuse(answer, 401, 'sign_in_failed');
      }
      mustRefuse(await signIn(safe, 'ben', {}, from(near)), 429, 'too_many_requests');
      done(await signIn(safe, 'ben', {}, from(far)), 201);
      done(await signIn(safe, 'ana', {}, { ...from(near), cookie: device }), 201);
      clock.pass(1);
      done(await signIn(safe, 'ben', {}, from(near)), 201);
    }
  });

  it('are let through as often as they may be, though many come at once', async () => {
    clock.pass(day);
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(safe, 'ben', wrong, elsewhere())));
    assert.equal(answers.filter(({ status }) => status === 401).length, budget);
    assert.equal(answers.filter(({ status }) => status === 429).length, 12 - budget);
  });

  it('of a proof are counted for that session alone', async () => {
    clock.pass(day);
    const [one, two] = [await safe.signIn('cora'), await safe.signIn('cora')];
    const prove = (person: SignedIn, password: string) =>
      person.call('POST', '/api/v1/session/proof', { password }, elsewhere());
    for (let count = 0; count < budget; count += 1) mustRefuse(await prove(one, wrong.password), 401, 'password_wrong');
    mustRefuse(await prove(one, anyPassword), 429, 'too_many_requests');
    const passwords = { currentPassword: anyPassword, password: 'nine paper lanterns 63' };
    const changing = await one.call('POST', '/api/v1/profile/password', passwords);
    mustRefuse(changing, 429, 'too_many_requests');
    done(await prove(two, anyPassword));
    done(await signIn(safe, 'cora', {}, elsewhere()), 201);
    clock.pass(1);
    done(await prove(one, anyPassword));
  });
});

describe('wrong codes', () => {
  let safe: TestSafe;
  let clock: ReturnType<typeof holdClock>;
  before(async () => {
    ({ safe, clock } = await startThrottled(1000));
  });
  after(() => safe.close());

  const enrolled = async (username: string) => {
    const person = await safe.signIn(username);
    const factor = await enrol(person, clock.now());
    clock.pass(30);
    return { person, ...factor, code: () => codeAt(factor.seed, clock.now()) };
  };

  it('end in a wait of 15 minutes, from whatever device, and not only for signing in', async () => {
    const { person, seed, code, recoveryCodes } = await enrolled('ana');
    const [recoveryCode = '', other = ''] = recoveryCodes;
    const device = deviceOf(await signIn(safe, 'ana', { recoveryCode: other }));
    for (let count = 0; count < 5; count += 1) {
      const shown =
        count % 2 === 0 ? { code: wrongCode(seed, clock.now()) } : { recoveryCode: `none-of-them-${count}` };
      mustRefuse(await signIn(safe, 'ana', shown), 401, 'second_factor_wrong');
    }
    for (const shown of [{ code: code() }, { recoveryCode }]) {
      forgetRefusals(safe);
      const answer = await signIn(safe, 'ana', shown, { cookie: device });
      assert.equal(mustRefuse(answer, 429, 'too_many_requests').retryAfterSeconds, 900);
      assert.deepEqual(await auditLines(safe, answer), ['session.start.refused - - too_many_requests']);
    }
    const proof = await person.call('POST', '/api/v1/session/proof', { password: anyPassword, code: code() });
    mustRefuse(proof, 429, 'too_many_requests');
    // Nobody learns more by a wrong password, or by none of both.
    mustRefuse(await signIn(safe, 'ana', { ...wrong, code: code() }), 401, 'sign_in_failed');
    mustRefuse(await signIn(safe, 'ana'), 401, 'second_factor_required');
    clock.pass(899);
    mustRefuse(await signIn(safe, 'ana', { code: code() }), 429, 'too_many_requests');
    clock.pass(1);
    done(await signIn(safe, 'ana', { code: code() }), 201);
    // What was refused unseen is not used up.
    done(await signIn(safe, 'ana', { recoveryCode }), 201);
  });

  it('are none without the right password: a stranger cannot shut the second step', async () => {
    const { seed, code } = await enrolled('ben');
    for (let count = 0; count < 12; count += 1) {
      await signIn(safe, 'ben', { ...wrong, code: wrongCode(seed, clock.now()) });
      clock.pass(900);
    }
    for (const shown of [{}, { code: 'no code' }, { code: '12' }]) {
      for (let count = 0; count < 6; count += 1) await signIn(safe, 'ben', shown);
    }
    done(await signIn(safe, 'ben', { code: code() }), 201);
  });

  it('are let through five times, though many come at once', async () => {
    const { seed } = await enrolled('cora');
    const guesses = Array.from({ length: 12 }, () => signIn(safe, 'cora', { code: wrongCode(seed, clock.now()) }));
    const codes = (await Promise.all(guesses)).map(({ json }) => (json as { code: string }).code);
    assert.equal(codes.filter((code) => code === 'second_factor_wrong').length, 5);
    assert.equal(codes.filter((code) => code === 'too_many_requests').length, 7);
  });

  it('of a removal are counted apart: an open session shuts nobody out', async () => {
    const { person, seed, code } = await enrolled('dora');
    const remove = (sent: string) => person.call('DELETE', '/api/v1/profile/second-factor', { code: sent });
    for (let count = 0; count < 5; count += 1) {
      mustRefuse(await remove(wrongCode(seed, clock.now())), 401, 'second_factor_wrong');
    }
    mustRefuse(await remove(code()), 429, 'too_many_requests');
    done(await signIn(safe, 'dora', { code: code() }), 201);
  });
});

describe('a flood of sign-ins', () => {
  it('is answered 429 once too many passwords wait, and slows no token', async () => {
    const safe = await startSafe('sqlite');
    try {
      const ana = await safe.person('ana');
      const guesses = Array.from({ length: 60 }, (_, at) => signIn(safe, `guess-${at}`, wrong));
      const tokens = Array.from({ length: 20 }, () => safe.token(ana.clientId, ana.clientSecret));
      assert.equal(new Set(await Promise.all(tokens)).size, 20);
      const answers = await Promise.all(guesses);
      const busy = answers.filter(({ status }) => status === 429);
      assert.ok(busy.length > 0 && busy.length < 60, String(busy.length));
      for (const answer of busy) assert.equal(mustRefuse(answer, 429, 'too_many_requests').retryAfterSeconds, 1);
      for (const { status, text } of answers) assert.ok([401, 429].includes(status), text);
      done(await signIn(safe, 'ana'), 201);
    } finally {
      await safe.close();
    }
  });
});
