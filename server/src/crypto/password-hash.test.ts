import assert from 'node:assert/strict';
import { argon2Sync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { makeSafeKey, makeSafeKeys, openKeyring } from './keyring.ts';
import { encodeFields } from './length-prefixed.ts';
import { HashingBusy, hashPassword, needsRehash, passwordMatches } from './password-hash.ts';

const root = randomBytes(32);
const keys = makeSafeKeys(root, 'safe-a');
const ring = openKeyring(root, 'safe-a', keys);
const PASSWORD = 'correct horse battery';
const stored = await hashPassword(ring, 'user-1', PASSWORD);

test("the platform's argon2id gives the vector of RFC 9106, section 5.3", () => {
  const tag = argon2Sync('argon2id', {
    message: Buffer.alloc(32, 1),
    nonce: Buffer.alloc(16, 2),
    secret: Buffer.alloc(8, 3),
    associatedData: Buffer.alloc(12, 4),
    memory: 32,
    passes: 3,
    parallelism: 4,
    tagLength: 32,
  });
  assert.equal(tag.toString('hex'), '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
});

test('the stored text tells its parameters and pepper, and holds argon2id with pepper, safe and user in it', () => {
  const [, name, version, parameters, salt = '', hash = ''] = stored.split('$');
  assert.deepEqual([name, version], ['argon2id', 'v=19']);
  assert.equal(parameters, `m=19456,t=2,p=1,keyid=${ring.pepper[0].id}`);
  const expected = argon2Sync('argon2id', {
    message: PASSWORD,
    nonce: Buffer.from(salt, 'base64'),
    secret: ring.pepper[0].key.export(),
    associatedData: encodeFields(['arca password 1', 'safe-a', 'user-1']),
    memory: 19456,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  });
  assert.equal(hash, expected.toString('base64').replace('=', ''));
  assert.equal(Buffer.from(salt, 'base64').length, 16);
});

test('only the password itself matches, and only for its user, safe and pepper', async () => {
  assert.equal(await passwordMatches(ring, 'user-1', PASSWORD, stored), true);
  assert.equal(await passwordMatches(ring, 'user-1', `${PASSWORD} `, stored), false);
  assert.equal(await passwordMatches(ring, 'user-2', PASSWORD, stored), false);
  assert.equal(await passwordMatches({ ...ring, safeId: 'safe-b' }, 'user-1', PASSWORD, stored), false);
  const stranger = openKeyring(root, 'safe-a', makeSafeKeys(root, 'safe-a'));
  assert.equal(await passwordMatches(stranger, 'user-1', PASSWORD, stored), false);
  const samePepperName = { ...ring, pepper: [{ ...stranger.pepper[0], id: ring.pepper[0].id }] as const };
  assert.equal(await passwordMatches(samePepperName, 'user-1', PASSWORD, stored), false);
});

test('the same password gives another text each time', async () => {
  assert.notEqual(await hashPassword(ring, 'user-1', PASSWORD), stored);
});

test('both ways of typing an accent are the same password', async () => {
  const composed = await hashPassword(ring, 'user-1', 'maçã maçã maçã'.normalize('NFC'));
  assert.equal(await passwordMatches(ring, 'user-1', 'maçã maçã maçã'.normalize('NFD'), composed), true);
});

test('a text that cannot be read, or asks for too much, never matches and costs as much as a wrong password', async () => {
  const unreadable = [
    '',
    'plain',
    stored.slice(0, -1),
    `${stored}x`,
    stored.replace('argon2id', 'argon2i'),
    stored.replace('m=19456', 'm=99999999'),
    stored.replace('t=2', 't=999'),
    stored.replace('t=2', 't=0'),
    stored.replace('p=1', 'p=0'),
    stored.replace('m=19456', 'm=7'),
  ];
  // Work rather than time: what else the machine does must not decide.
  const work = async (text: string) => {
    const before = process.cpuUsage();
    assert.equal(await passwordMatches(ring, 'user-1', PASSWORD, text), false);
    return process.cpuUsage(before).user;
  };
  const other = await hashPassword(ring, 'user-1', 'another password');
  const wrong = Math.min(await work(other), await work(other), await work(other));
  for (const text of unreadable) assert.ok((await work(text)) > wrong / 5, text);
});

test('other parameters still match, but are to be hashed again, as after a rotation', async () => {
  assert.equal(needsRehash(ring, stored), false);
  const salt = randomBytes(16);
  const secret = ring.pepper[0].key.export();
  const associatedData = encodeFields(['arca password 1', 'safe-a', 'user-1']);
  const cost = { memory: 64, passes: 1, parallelism: 2, tagLength: 32 };
  const hash = argon2Sync('argon2id', { message: PASSWORD, nonce: salt, secret, associatedData, ...cost });
  const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const weak = `$argon2id$v=19$m=64,t=1,p=2,keyid=${ring.pepper[0].id}$${b64(salt)}$${b64(hash)}`;
  assert.equal(await passwordMatches(ring, 'user-1', PASSWORD, weak), true);
  assert.equal(needsRehash(ring, weak), true);
  assert.equal(needsRehash(ring, ''), true);

  const rotated = openKeyring(root, 'safe-a', [makeSafeKey(root, 'safe-a', 'pepper'), ...keys]);
  assert.equal(await passwordMatches(rotated, 'user-1', PASSWORD, stored), true);
  assert.equal(needsRehash(rotated, stored), true);
  assert.equal(needsRehash(rotated, await hashPassword(rotated, 'user-1', PASSWORD)), false);
});

test('two run, sixteen wait, the next is refused at once, and all places come free again', async () => {
  for (let round = 0; round < 2; round += 1) {
    const accepted = Array.from({ length: 18 }, () => passwordMatches(ring, 'user-1', PASSWORD, stored));
    await assert.rejects(hashPassword(ring, 'user-1', PASSWORD), HashingBusy);
    await assert.rejects(passwordMatches(ring, 'user-1', PASSWORD, stored), HashingBusy);
    await assert.rejects(passwordMatches(ring, 'user-1', PASSWORD, ''), HashingBusy);
    assert.deepEqual(await Promise.all(accepted), Array(18).fill(true));
  }
});

test('strangers fill their own line alone, and whoever is known goes before them', async () => {
  const order: string[] = [];
  const check = async (line: 'known' | 'stranger') => {
    const isRight = await passwordMatches(
      ring,
      'user-1',
      PASSWORD,
      stored,
      line === 'known' ? line : { stranger: 'one place' },
    );
    order.push(line);
    return isRight;
  };
  const flood = Array.from({ length: 18 }, () => check('stranger'));
  await assert.rejects(check('stranger'), HashingBusy);
  const known = Array.from({ length: 16 }, () => check('known'));
  await assert.rejects(check('known'), HashingBusy);
  assert.deepEqual(await Promise.all([...flood, ...known]), Array(34).fill(true));
  // Two strangers were at work when the others came, and these may end by turns with those that follow.
  assert.ok(order.lastIndexOf('known') <= 18, order.join());
});

test('a flood of strangers from one place gives way to those from others, down to the same number', async () => {
  const check = async (stranger: string) => {
    try {
      return await passwordMatches(ring, 'user-1', PASSWORD, stored, { stranger });
    } catch (thrown) {
      if (thrown instanceof HashingBusy) return 'busy';
      throw thrown;
    }
  };
  const flood = Array.from({ length: 18 }, () => check('one place'));
  const others = Array.from({ length: 10 }, () => check('another'));
  assert.equal(await check('one place'), 'busy');
  const third = await check('a third');
  const of = async (answers: Promise<boolean | string>[], what: boolean | string) =>
    (await Promise.all(answers)).filter((answer) => answer === what).length;
  assert.equal(third, true);
  // Two were at work; sixteen places are shared: eight, seven, and one of the third.
  assert.deepEqual([await of(flood, 'busy'), await of(others, true), await of(others, 'busy')], [8, 7, 3]);
});
