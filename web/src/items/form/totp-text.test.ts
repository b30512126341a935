import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSeed } from './totp-text.ts';

test('a seed is taken as sites show it', () => {
  const seed = { value: 'JBSWY3DPEHPK3PXP', digits: 6, period: 30, account: '' };
  for (const text of ['JBSWY3DPEHPK3PXP', ' jbsw y3dp ehpk 3pxp ', 'JBSW-Y3DP-EHPK-3PXP===']) {
    assert.deepEqual(readSeed(text), seed);
  }
});

test('a URI is taken whole and tells what it is for', () => {
  const uri = 'otpauth://totp/Git%20Hub:ana?secret=jbswy3dpehpk3pxp&issuer=GitHub&digits=8&period=60';
  assert.deepEqual(readSeed(` ${uri}\n`), { value: uri, digits: 8, period: 60, account: 'Git Hub:ana' });
});

const wrong = [
  '',
  'short',
  'JBSWY3DPEHPK3PX1',
  '123456',
  'https://example.com',
  'otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP',
  'otpauth://totp/a?secret=x',
  'otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=5',
  'otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=0',
];

for (const text of wrong) {
  test(`${JSON.stringify(text)} is no seed`, () => assert.equal(readSeed(text), null));
}
