import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commonPasswordDigest, isCommonPassword } from './common-passwords.ts';

/** From the first to the three-thousandth of the list that the digests were made of. */
const sample = `
  123qweasdzxc 1234qwerasdf zaqwsxcderfv 1234567890qaz zxcvbnm123456789 zaqxswcde123 timberwolves virginiatech
  initializing yeahyeahyeah seniseviyorum kristina1995 asdasd123123 1234567890qq qweasdzxcrfv harmankardon dolcegabbana
  constellation basketball10 abcdefg12345 198419841984 vinnythepooh thedarkangel relationship nacional40677 juventus1897
  gfhjkm927256 franknfurter`
  .trim()
  .split(/\s+/);

test('the commonest passwords are known, in letters of either case', () => {
  for (const password of sample) {
    for (const form of [password, password.toUpperCase(), ` ${password[0]?.toUpperCase()}${password.slice(1)} `]) {
      assert.ok(isCommonPassword(form), form);
    }
  }
});

test('others are not', () => {
  const others = [
    '',
    'seven wooden boats 41',
    'correct horse battery',
    'relationships41',
    '123qweasdzx',
    'x'.repeat(1024),
  ];
  for (const password of others) assert.ok(!isCommonPassword(password), password);
  for (let at = 0; at < 10_000; at += 1) assert.ok(!isCommonPassword(`quiet lamp ${at}`));
});

test('there are 4,000 of them, in order, each once', () => {
  const source = readFileSync(new URL('common-passwords.ts', import.meta.url), 'utf8');
  const bytes = Buffer.from(/`([^`]*)`/.exec(source)?.[1] ?? '', 'base64');
  assert.equal(bytes.length, 4000 * commonPasswordDigest('').length);
  for (let at = 6; at < bytes.length; at += 6)
    assert.ok(bytes.readUIntBE(at - 6, 6) < bytes.readUIntBE(at, 6), `${at}`);
});
