import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { auditEntries, forgetRefusals } from '../audit-left.ts';
import { type Answer, anyPassword, engineOf, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustBeInvalid, mustRefuse, type Problem } from './problem.ts';
import { cookiesOf, fromPage, type SessionBody, signedInBy, signIn } from './sign-in-steps.ts';

for (const engine of engineOf(import.meta.filename)) {
  describe(`POST /session on ${engine}`, () => {
    let safe: TestSafe;
    before(async () => {
      safe = await startSafe(engine);
      for (const username of ['ana', 'ben', 'zoe']) {
        const role = username === 'ana' ? 'admin' : 'member';
        await safe.operator.run('user.add', {
          username,
          password: anyPassword,
          role,
          name: `${username} of the tests`,
        });
      }
      await safe.operator.run('user.disable', { username: 'zoe' });
    });
    after(() => safe.close());

    const refused = [
      { who: 'an unknown user', username: 'nobody-of-that-name', password: anyPassword, account: undefined },
      { who: 'a wrong password', username: 'ana', password: 'wrong wooden boats 41', account: 'ana' },
      { who: 'the password of someone else', username: 'ben', password: ' seven wooden boats 41', account: 'ben' },
      { who: 'a disabled user with the right password', username: 'zoe', password: anyPassword, account: 'zoe' },
      { who: 'what is no username', username: "' or 1=1 --", password: anyPassword, account: undefined },
      { who: 'a username with NUL', username: 'ana\0', password: anyPassword, account: undefined },
    ];

    for (const { who, username, password, account } of refused) {
      it(`refuses ${who}, records it, and hashes once`, async () => {
        forgetRefusals(safe);
        const hashed = countHashes();
        const answer = await signIn(safe, username, { password }).finally(hashed.stop);
        mustRefuse(answer, 401, 'sign_in_failed');
        assert.equal(hashed.count(), 1);
        assert.deepEqual(answer.headers.getSetCookie(), []);
        const address = '127.0.0.1';
        assert.deepEqual(await auditEntries(safe, answer), [
          {
            event: 'session.start.refused',
            user: null,
            target: null,
            details: { ...(account ? { account } : {}), address, reason: 'sign_in_failed' },
          },
        ]);
      });
    }

    it('tells none of them from another', async () => {
      const told = new Set<string>();
      for (const { username, password } of refused) {
        const { json, headers } = await signIn(safe, username, { password });
        const { requestId: _, ...problem } = json as Problem;
        told.add(JSON.stringify([problem, [...headers.keys()].sort()]));
      }
      assert.equal(told.size, 1);
    });

    it('keeps an unknown username out of the audit and the log: it may be a password', async () => {
      const typed = 'a-password-in-the-wrong-box';
      for (let time = 0; time < 3; time += 1) await signIn(safe, typed);
      safe.serving.safe.refusals.take(new Date(), false);
      await safe.restart();
      const entries = JSON.stringify(await safe.operator.run('audit.list', { limit: 10_000 }));
      assert.ok(entries.includes('session.start.refused'));
      assert.ok(!entries.includes(typed));
      assert.ok(!safe.log().includes(typed));
    });

    it('refuses what does not fit its schema, and holds no password back to whoever sent it', async () => {
      const rows: [unknown, string[]][] = [
        [{ password: anyPassword }, ['username']],
        [{ username: 'ana' }, ['password']],
        [{ username: 'ana', password: 12345678901234 }, ['password']],
        [{ username: 'ana', password: anyPassword, remember: true }, ['remember']],
        [{ username: 'ana', password: 'x'.repeat(1025) }, ['password']],
        [{ username: 'a'.repeat(65), password: '' }, ['password', 'username']],
        [{ username: 'ana', password: anyPassword, code: 123456 }, ['code']],
        [[], ['']],
      ];
      for (const [body, fields] of rows) {
        const answer = await safe.call('POST', '/api/v1/session', body, fromPage);
        const problem = mustBeInvalid(answer, (answer.json as Problem).errors?.map(({ field }) => field) ?? []);
        assert.deepEqual(problem.errors?.map(({ field }) => field).sort(), fields, answer.text);
        assert.ok(!answer.text.includes(anyPassword));
      }
      const text = await safe.call('POST', '/api/v1/session', 'username=ana', {
        ...fromPage,
        'content-type': 'application/x-www-form-urlencoded',
      });
      mustRefuse(text, 415, 'media_type_unknown');
    });

    it('lets in with the right password, and says who that is', async () => {
      const answer = await signIn(safe, 'ana', {}, { 'user-agent': 'Tests 1.0' });
      const session = done<SessionBody>(answer, 201);
      assert.deepEqual(session.user, { username: 'ana', name: 'ana of the tests', role: 'admin', locale: null });
      assert.equal(+new Date(session.endsAt) - +new Date(session.createdAt), 12 * 3_600_000);
      assert.equal(session.secondFactor, false);
      assert.deepEqual(session.may, { makeKeys: true, administer: true });
      const person = signedInBy(safe, 'ana', answer);
      const { id, createdAt } = done<SessionBody>(await person.call('GET', '/api/v1/session'));
      assert.deepEqual([id, createdAt], [session.id, session.createdAt]);
      assert.deepEqual(await auditEntries(safe, answer), [
        {
          event: 'session.started',
          user: 'ana',
          target: 'user:1',
          details: { address: '127.0.0.1', session: session.id, factor: null },
        },
      ]);
    });

    for (const username of ['ANA', ' ana ']) {
      it(`takes ${JSON.stringify(username)} for ana`, async () => {
        assert.equal(done<SessionBody>(await signIn(safe, username), 201).user.username, 'ana');
      });
    }

    it('sets cookies that only this host gets, only over TLS, only from its own pages, and no script', async () => {
      const cookies = (await signIn(safe, 'ben')).headers.getSetCookie();
      const form = /^(__Host-arca_\w+)=([\w.-]+); (.*)$/;
      assert.deepEqual(
        cookies.map((cookie) => form.exec(cookie)?.slice(1)).map((parts) => [parts?.[0], parts?.[2]]),
        [
          ['__Host-arca_session', 'Path=/; Secure; HttpOnly; SameSite=Strict'],
          ['__Host-arca_device', 'Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=Strict'],
        ],
      );
      assert.match(form.exec(cookies[0] ?? '')?.[2] ?? '', /^[A-Za-z0-9_-]{43}$/);
    });

    it('keeps only the hash of a token, in no answer and no log', async () => {
      const answer = await signIn(safe, 'ben');
      const token = (cookiesOf(answer)['__Host-arca_session'] ?? '').split('=')[1] ?? '';
      assert.ok(token.length === 43 && !answer.text.includes(token) && !safe.log().includes(token));
    });

    it('leaves a device its token as long as it counts', async () => {
      const device = cookiesOf(await signIn(safe, 'ben'))['__Host-arca_device'] ?? '';
      assert.deepEqual(Object.keys(cookiesOf(await signIn(safe, 'ben', {}, { cookie: device }))), [
        '__Host-arca_session',
      ]);
      // Someone else's is replaced.
      assert.deepEqual(Object.keys(cookiesOf(await signIn(safe, 'ana', {}, { cookie: device }))), [
        '__Host-arca_session',
        '__Host-arca_device',
      ]);
    });

    it('ends the session that the browser had before, be it another person, and nothing else', async () => {
      const [other, old] = [await safe.signIn('ana'), await safe.signIn('ana')];
      const answer = await signIn(safe, 'ben', {}, { cookie: old.cookie });
      mustRefuse(await old.call('GET', '/api/v1/session'), 401, 'token_invalid');
      done(await other.call('GET', '/api/v1/session'));
      const [ended, started] = await auditEntries(safe, answer);
      assert.deepEqual([ended?.event, ended?.user, ended?.details.why], ['session.ended', 'ana', 'replaced']);
      assert.deepEqual([started?.event, started?.user], ['session.started', 'ben']);
    });

    it('ends no session when signing in fails', async () => {
      const old = await safe.signIn('ana');
      await signIn(safe, 'ana', { password: 'wrong wooden boats 41' }, { cookie: old.cookie });
      done(await old.call('GET', '/api/v1/session'));
    });

    it('takes no token that somebody planted before', async () => {
      const planted = `__Host-arca_session=${'A'.repeat(43)}`;
      const answer = await signIn(safe, 'ana', {}, { cookie: planted });
      done(answer, 201);
      assert.notEqual(cookiesOf(answer)['__Host-arca_session'], planted);
      const call = (cookie: string) => safe.call('GET', '/api/v1/session', undefined, { cookie });
      mustRefuse(await call(planted), 401, 'token_invalid');
      // Beside the real one, whichever comes first counts alone.
      const real = cookiesOf(answer)['__Host-arca_session'] ?? '';
      done(await call(`${real}; ${planted}`));
      mustRefuse(await call(`${planted}; ${real}`), 401, 'token_invalid');
    });

    it('takes a password that cannot be typed whole, in any Unicode form', async () => {
      const password = 'sete pães e açúcar 🥖';
      await safe.operator.run('user.add', { username: 'rui', password });
      for (const form of ['NFC', 'NFD'] as const) {
        done(await signIn(safe, 'rui', { password: password.normalize(form) }), 201);
      }
    });

    it('makes two sessions of two sign-ins at once', async () => {
      const answers = await Promise.all([signIn(safe, 'ben'), signIn(safe, 'ben')]);
      const ids = answers.map((answer: Answer) => done<SessionBody>(answer, 201).id);
      assert.notEqual(ids[0], ids[1]);
    });
  });
}

/** Counts how often a password is hashed until it is stopped. */
function countHashes(): { count(): number; stop(): void } {
  const original = crypto.argon2;
  let count = 0;
  crypto.argon2 = ((...parameters: Parameters<typeof original>) => {
    count += 1;
    return original(...parameters);
  }) as typeof original;
  syncBuiltinESMExports();
  return {
    count: () => count,
    stop() {
      crypto.argon2 = original;
      syncBuiltinESMExports();
    },
  };
}
