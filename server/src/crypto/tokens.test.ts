import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { test } from 'node:test';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { makeSafeKey, makeSafeKeys, openKeyring } from './keyring.ts';
import { publicTokenKeys, recallToken, signToken, type TokenClaims, verifyToken } from './tokens.ts';

const root = randomBytes(32);
const keys = makeSafeKeys(root, 'safe-a');
const ring = openKeyring(root, 'safe-a', keys);
// The same keys in another process: what one ring remembers, the other has not seen.
const elsewhere = () => openKeyring(root, 'safe-a', keys);
const [own] = ring.tokenSigning;
const NOW = 1_763_700_000;
const claims: TokenClaims = {
  clientId: 'c'.repeat(41),
  subject: '17',
  id: 'token-1',
  issuedAt: NOW,
  expiresAt: NOW + 3600,
};
const payload = { aud: claims.clientId, jti: 'token-1', iat: NOW, nbf: NOW, exp: NOW + 3600, sub: '17', scopes: [] };
const token = await signToken(ring, claims);

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const forge = (header: object, body: object, key: KeyObject = own.key, digest = 'sha256') => {
  const signed = `${part(header)}.${part(body)}`;
  return `${signed}.${sign(digest, Buffer.from(signed), key).toString('base64url')}`;
};
const header = { typ: 'JWT', alg: 'RS256', kid: own.id };
const refused = async (bad: string, now = NOW) => {
  const fresh = elsewhere();
  assert.equal(await verifyToken(fresh, bad, now), null, bad.slice(0, 200));
  assert.ok(!recallToken(fresh, bad, now));
};

test('the members stand in the order of the contract', () => {
  const [head = '', body = ''] = token.split('.').map((text) => Buffer.from(text, 'base64url').toString());
  assert.equal(head, `{"typ":"JWT","alg":"RS256","kid":"${own.id}"}`);
  assert.equal(body, JSON.stringify(payload));
});

test('jose verifies it with the published keys', async () => {
  const set = (await publicTokenKeys(ring)) as JSONWebKeySet;
  for (const key of set.keys) assert.deepEqual(Object.keys(key), ['kty', 'n', 'e', 'alg', 'use', 'kid']);
  const options = { currentDate: new Date(NOW * 1000), algorithms: ['RS256'], audience: claims.clientId };
  const verified = await jwtVerify(token, createLocalJWKSet(set), options);
  assert.deepEqual(verified.payload, payload);
  assert.deepEqual([decodeProtectedHeader(token), decodeJwt(token)], [header, payload]);
});

test('its claims come back in another process, then without waiting', async () => {
  const fresh = elsewhere();
  assert.equal(recallToken(fresh, token, NOW), undefined);
  assert.deepEqual(await verifyToken(fresh, token, NOW), claims);
  assert.deepEqual(recallToken(fresh, token, NOW), claims);
  assert.deepEqual(await verifyToken(fresh, forge(header, payload), NOW), claims);
});

test('the ring that signed knows the token already', () => assert.deepEqual(recallToken(ring, token, NOW), claims));

test('time is checked on every call, remembered or not', async () => {
  const times: [number, boolean][] = [
    [NOW - 6, false],
    [NOW - 5, true], // a node whose clock is a little behind the one that signed
    [NOW, true],
    [NOW + 3599, true],
    [NOW + 3600, false],
    [Number.NaN, false],
  ];
  for (const [now, good] of times) {
    assert.deepEqual(await verifyToken(elsewhere(), token, now), good ? claims : null);
    assert.deepEqual(await verifyToken(ring, token, now), good ? claims : null);
    assert.deepEqual(recallToken(ring, token, now), good ? claims : null);
  }
});

test('no other algorithm: none, HS256 with the public key, PS256, RS512', async () => {
  const unsigned = `${part({ ...header, alg: 'none' })}.${part(payload)}`;
  await refused(`${unsigned}.`);
  await refused(`${unsigned}.${token.split('.')[2]}`);
  await refused(unsigned);
  const spki = { format: 'pem', type: 'spki' } as const;
  for (const secret of [own.publicKey.export(spki), own.publicDer]) {
    const signed = `${part({ ...header, alg: 'HS256' })}.${part(payload)}`;
    await refused(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`);
  }
  await refused(forge({ ...header, alg: 'RS512' }, payload, own.key, 'sha512'));
  await refused(forge({ ...header, alg: 'PS256' }, payload));
  await refused(forge({ ...header, alg: 'RS512' }, payload));
});

test('no other key: a stranger under our kid, our key under another or no kid, an embedded key', async () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await refused(forge(header, payload, stranger.privateKey));
  await refused(forge({ ...header, kid: 'f'.repeat(16) }, payload));
  await refused(forge({ typ: 'JWT', alg: 'RS256' }, payload));
  await refused(forge({ ...header, jwk: stranger.publicKey.export({ format: 'jwk' }) }, payload, stranger.privateKey));
  await refused(forge({ ...header, kid: ring.auditSigning[0].id }, payload));
  const otherSafe = openKeyring(root, 'safe-b', makeSafeKeys(root, 'safe-b'));
  await refused(await signToken(otherSafe, claims));
});

test('no other header: another or no type, a critical extension, an unencoded payload', async () => {
  await refused(forge({ ...header, typ: 'at+jwt' }, payload));
  await refused(forge({ alg: 'RS256', kid: own.id }, payload));
  await refused(forge({ ...header, crit: ['x'], x: 1 }, payload));
  await refused(forge({ ...header, crit: ['b64'], b64: false }, payload));
});

test('a missing or wrongly typed claim is refused though the signature holds', async () => {
  for (const name of Object.keys(payload)) {
    const { [name as 'aud']: _, ...rest } = payload;
    await refused(forge(header, rest));
    await refused(forge(header, { ...payload, [name]: null }));
    await refused(forge(header, { ...payload, [name]: { a: 1 } }));
  }
  for (const name of ['aud', 'jti', 'sub']) await refused(forge(header, { ...payload, [name]: 17 }));
  for (const name of ['iat', 'nbf', 'exp']) {
    await refused(forge(header, { ...payload, [name]: String(NOW + 10) }));
    await refused(forge(header, { ...payload, [name]: NOW + 10.5 }));
  }
  for (const both of [String(NOW), NOW - 0.5, undefined]) {
    await refused(forge(header, { ...payload, iat: both, nbf: both }));
  }
  await refused(forge(header, { ...payload, aud: [claims.clientId] }));
  await refused(forge(header, { ...payload, scopes: '' }));
  await refused(forge(header, { ...payload, nbf: NOW + 10 }));
});

test('a changed token is refused', async () => {
  const [head, , signature] = token.split('.');
  await refused(`${head}.${part({ ...payload, aud: 'd'.repeat(41) })}.${signature}`);
  await refused(`${head}.${part({ ...payload, exp: NOW + 999_999 })}.${signature}`);
  for (const at of [0, 100, 341]) {
    const changed = [...(signature as string)].with(at, signature?.[at] === 'A' ? 'Q' : 'A').join('');
    if (changed !== signature) await refused(`${head}.${part(payload)}.${changed}`);
  }
});

test('garbage is refused without an error, and long input at once', async () => {
  for (const bad of ['', '.', '..', '...', 'a.b.c', `${token}.`, ` ${token}`, `${token}\n`, '\u0000', 'é.é.é'])
    await refused(bad);
  await refused(`${part([])}.${part(payload)}.AA`);
  await refused(`${part(null)}.${part(null)}.AA`);
  const long = forge(header, { ...payload, more: 'x'.repeat(4096) });
  await refused(long);
  assert.equal(recallToken(elsewhere(), long, NOW), null);
});

test('after a rotation tokens of the retired key hold, and new ones carry the new kid', async () => {
  const next = makeSafeKey(root, 'safe-a', 'token-signing');
  const rotated = openKeyring(root, 'safe-a', [next, ...keys]);
  assert.deepEqual(await verifyToken(rotated, token, NOW), claims);
  const fresh = await signToken(rotated, claims);
  assert.equal(decodeProtectedHeader(fresh).kid, next.id);
  await refused(fresh);
  const { keys: published } = (await publicTokenKeys(rotated)) as JSONWebKeySet;
  assert.deepEqual(
    published.map(({ kid }) => kid),
    [next.id, own.id],
  );
});

test('claims that were handed out cannot change what is remembered', async () => {
  const mine = { ...claims, id: 'token-2' };
  const signed = await signToken(ring, mine);
  mine.clientId = 'changed';
  assert.equal(recallToken(ring, signed, NOW)?.clientId, claims.clientId);
  const handed = recallToken(ring, signed, NOW) as TokenClaims;
  assert.throws(() => {
    handed.expiresAt = NOW + 999_999;
  }, TypeError);
  assert.equal(recallToken(ring, signed, NOW + 4000), null);
});
