import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBase32, type TotpParameters, totpCode } from './totp.ts';

// RFC 6238, appendix B: '1234567890' repeated to 20, 32 and 64 bytes.
const SECRETS = {
  SHA1: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  SHA256: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA====',
  SHA512: `${'GEZDGNBVGY3TQOJQ'.repeat(6)}GEZDGNA=`,
};
const VECTORS: [number, string, string, string][] = [
  [59, '94287082', '46119246', '90693936'],
  [1111111109, '07081804', '68084774', '25091201'],
  [1111111111, '14050471', '67062674', '99943326'],
  [1234567890, '89005924', '91819424', '93441116'],
  [2000000000, '69279037', '90698825', '38618901'],
  [20000000000, '65353130', '77737706', '47863826'],
];
const base: TotpParameters = { secret: SECRETS.SHA1, algorithm: 'SHA1', digits: 6, period: 30 };
const at = (seconds: number) => new Date(seconds * 1000);

test('the vectors of RFC 6238', () => {
  for (const [seconds, ...codes] of VECTORS) {
    for (const [i, algorithm] of (['SHA1', 'SHA256', 'SHA512'] as const).entries()) {
      const { code } = totpCode({ secret: SECRETS[algorithm], algorithm, digits: 8, period: 30 }, at(seconds));
      assert.equal(code, codes[i], `${algorithm} at ${seconds}`);
    }
  }
});

test('fewer digits are the last ones, with their zeros', () => {
  assert.equal(totpCode(base, at(1111111109)).code, '081804');
  assert.equal(totpCode({ ...base, digits: 7 }, at(1111111109)).code, '7081804');
});

test('the seconds left count down to 1 and start again with a new code', () => {
  assert.equal(totpCode(base, at(60)).secondsLeft, 30);
  assert.equal(totpCode(base, new Date(89_999)).secondsLeft, 1);
  assert.equal(totpCode(base, new Date(89_999)).code, totpCode(base, at(60)).code);
  assert.notEqual(totpCode(base, at(90)).code, totpCode(base, at(60)).code);
  assert.deepEqual(totpCode({ ...base, period: 60 }, at(119)), { ...totpCode(base, at(59)), secondsLeft: 1 });
});

test('the vectors of RFC 4648, in both cases, with and without padding', () => {
  const vectors = ['MY======', 'MZXQ====', 'MZXW6===', 'MZXW6YQ=', 'MZXW6YTB', 'MZXW6YTBOI======'];
  for (const [i, encoded] of vectors.entries()) {
    for (const form of [encoded, encoded.toLowerCase(), encoded.replaceAll('=', '')]) {
      assert.equal(Buffer.from(decodeBase32(form)).toString(), 'foobar'.slice(0, i + 1));
    }
  }
  assert.equal(decodeBase32('').length, 0);
  assert.equal(Buffer.from(decodeBase32('abcdefghijklmnopqrstuvwxyz234567')).toString('hex'), ALL);
  assert.equal(Buffer.from(decodeBase32('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')).toString('hex'), ALL);
});

const ALL = '00443214c74254b635cf84653a56d7c675be77df';

test('what is no base32, an empty secret and an impossible time step are refused', () => {
  for (const bad of ['M0XW6', 'MZ1W6', 'MZXW8', 'MZ XW', 'MZ=XW', 'É', 'MZ-XW']) {
    assert.throws(() => decodeBase32(bad), RangeError, bad);
  }
  assert.throws(() => totpCode({ ...base, secret: '' }, at(59)), RangeError);
  assert.throws(() => totpCode({ ...base, secret: 'A' }, at(59)), RangeError);
  for (const period of [0, -30, 0.5, Number.NaN])
    assert.throws(() => totpCode({ ...base, period }, at(59)), RangeError);
  assert.throws(() => totpCode(base, new Date(Number.NaN)), RangeError);
});
