import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeSetUpLink } from '../../src/actions/users/set-up-by-link.ts';
import { explainRefusal } from '../../src/admin/explain.ts';
import { type Answer, anyPassword, engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { mustBeInvalid } from './problem.ts';
import { type SessionBody, signIn } from './sign-in-steps.ts';

const common = ['qwertyuiop123', 'Timberwolves', 'HARMANKARDON'];
const breached = ['glass piano under 88 stairs', 'Ünïcödé pässwörd 12'];

const sha1 = (password: string) => createHash('sha1').update(password).digest('hex').toUpperCase();

for (const engine of engineOf(import.meta.filename)) {
  describe(`common and breached passwords on ${engine}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'arca-breached-'));
    let safe: TestSafe;
    let root: SignedIn;
    before(async () => {
      const others = Array.from({ length: 3000 }, (_, at) => `another ${at}`);
      const list = [...others, ...breached].map(sha1).sort();
      const file = join(folder, 'pwned.txt');
      writeFileSync(file, list.map((hash, at) => `${hash}:${at + 1}\r\n`).join(''));
      safe = await startSafe(engine, { ARCA_BREACHED_PASSWORDS: file });
    });
    after(async () => {
      await safe.close();
      rmSync(folder, { recursive: true });
    });

    const refused = (answer: Answer, why: string, password: string) => {
      mustBeInvalid(answer, ['password']);
      const { errors } = answer.json as { errors: { why: string }[] };
      assert.deepEqual(
        errors.map((error) => error.why),
        [why],
        password,
      );
    };
    const rows: [password: string, why: string][] = [
      ...common.map((password): [string, string] => [password, 'is one of the most common passwords']),
      ...breached.map((password): [string, string] => [password, 'is in the list of breached passwords']),
    ];

    it('make no first administrator', async () => {
      for (const [password, why] of rows) {
        const token = makeSetUpLink(safe.serving.safe);
        refused(await safe.call('POST', '/api/v1/set-up', { token, username: 'root', password }), why, password);
        const byCommand = safe.operator.run('setup', { username: 'root', password });
        await assert.rejects(byCommand, (thrown) => explainRefusal(thrown)?.sentence === `password: ${why}.`);
      }
      assert.deepEqual(await safe.operator.run('user.list', undefined as never), []);
    });

    it('are set for nobody by an administrator or the operator', async () => {
      root = await safe.signIn('root', 'admin');
      await safe.signIn('ben');
      for (const [password, why] of rows) {
        refused(await root.call('POST', '/api/v1/users', { username: 'ana', password }), why, password);
        refused(await root.call('POST', '/api/v1/users/ben/password', { password }), why, password);
        for (const byCommand of [
          () => safe.operator.run('user.add', { username: 'ana', password }),
          () => safe.operator.run('user.set-password', { username: 'ben', password }),
        ]) {
          await assert.rejects(byCommand, (thrown) => explainRefusal(thrown)?.sentence === `password: ${why}.`);
        }
      }
      assert.equal((await signIn(safe, 'ben')).status, 201);
      assert.equal((await safe.operator.run('user.list', undefined as never)).length, 2);
    });

    it('are not chosen by their owner, whose password stays', async () => {
      for (const [password, why] of rows) {
        const change = { currentPassword: anyPassword, password };
        refused(await root.call('POST', '/api/v1/profile/password', change), why, password);
      }
      const again = await signIn(safe, 'root');
      assert.equal(again.status, 201);
      assert.equal((again.json as SessionBody).mustChangePassword, false);
    });
  });
}
