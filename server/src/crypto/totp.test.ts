import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBase32, makeSeed, matchingStep, type TotpParameters, totpCode } from './totp.ts';

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

test('a typed code is taken for its own step, the one before and the one after', () => {
  const now = at(1111111111);
  const step = Math.floor(1111111111 / 30);
  const codeOf = (one: number) => totpCode(base, at(one * 30)).code;
  for (const near of [step - 1, step, step + 1]) assert.equal(matchingStep(base, codeOf(near), now, 0), near);
  for (const far of [step - 2, step + 2]) assert.equal(matchingStep(base, codeOf(far), now, 0), null);
  assert.equal(matchingStep(base, '000000', now, 0), null);
  assert.equal(matchingStep(base, codeOf(step).slice(1), now, 0), null);
});

test('no step is taken twice, nor one before it', () => {
  const step = 40_000_000;
  const now = at(step * 30);
  const codeOf = (one: number) => totpCode(base, at(one * 30)).code;
  assert.equal(matchingStep(base, codeOf(step), now, step), null);
  assert.equal(matchingStep(base, codeOf(step - 1), now, step), null);
  assert.equal(matchingStep(base, codeOf(step + 1), now, step), step + 1);
  assert.equal(matchingStep(base, codeOf(step + 1), now, step + 1), null);
  assert.equal(matchingStep(base, codeOf(step + 1), at((step + 1) * 30), step), step + 1);
});

test('at the beginning of time there is no step before', () => {
  assert.equal(matchingStep(base, totpCode(base, at(30)).code, at(0), 0), 1);
  assert.equal(matchingStep(base, '999999', at(0), 0), null);
});

test('a new seed is 160 random bits in base32 that codes can be made of', () => {
  const seeds = Array.from({ length: 400 }, makeSeed);
  assert.equal(new Set(seeds).size, 400);
  const counts = new Map<string, number>();
  for (const seed of seeds) {
    assert.match(seed, /^[A-Z2-7]{32}$/);
    assert.equal(decodeBase32(seed).length, 20);
    for (const letter of seed) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  // 12,800 letters of 32: 400 of each, with a deviation of 20.
  assert.equal(counts.size, 32);
  for (const [letter, count] of counts) assert.ok(count > 240 && count < 560, `${letter}: ${count}`);
  assert.match(totpCode({ ...base, secret: seeds[0] ?? '' }, at(0)).code, /^\d{6}$/);
});
