import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from './errors.ts';
import { mustBeFitPassword } from './sign-in-password.ts';

const rows: [password: string, username: string, why: RegExp | null][] = [
  ['seven wooden boats 41', 'ana', null],
  ['correct horse battery', 'horse.battery', null],
  ['my safe is a heavy one', 'ana', null],
  ['banana tree banana', 'ana', null],
  ['847201938475', 'ana', null],
  ['short', 'ana', /at least 12/],
  ['x'.repeat(1025), 'ana', /at most 1024/],
  ['aaaaaaaaaaaa', 'ana', /most common/],
  ['Password1234', 'ana', /most common/],
  ['maria.reis.admin', 'maria.reis.admin', /username/],
  ['Arca-Safe-2026!', 'ana', /name of the safe/],
  ['arcaarcaarca', 'ana', /name of the safe/],
  ['senha-do-cofre-1', 'ana', /name of the safe/],
  ['maria-2026-reis', 'maria.reis', /name of the safe/],
  ['!!Maria!!1234567', 'maria', /name of the safe/],
];

for (const [password, username, why] of rows) {
  test(`${password.slice(0, 30)} of ${username} is ${why === null ? 'taken' : 'refused'}`, () => {
    if (why === null) return mustBeFitPassword(password, username);
    assert.throws(
      () => mustBeFitPassword(password, username),
      (thrown) => thrown instanceof Refusal && why.test(String((thrown.details as { why?: string }).why)),
    );
  });
}
