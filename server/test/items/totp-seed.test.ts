import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { invalid, mustBe } from '../wire-envelopes.ts';
import { entityOf, passwordKind } from './wire-kinds.ts';

const { path, least } = passwordKind;

/** Seeds as sent and as stored: upper case, without padding. */
const good: [string, string][] = [
  ['JBSWY3DPEHPK3PXP', 'JBSWY3DPEHPK3PXP'],
  ['jbswy3dpehpk3pxp', 'JBSWY3DPEHPK3PXP'],
  ['JbSwY3DpEhPk3PxP', 'JBSWY3DPEHPK3PXP'],
  ['JBSWY3DPEHPK3PXPJA======', 'JBSWY3DPEHPK3PXPJA'],
  ['JBSWY3DPEHPK3PXP=', 'JBSWY3DPEHPK3PXP'],
  ['3DPEHPK3PXPGHODADA', '3DPEHPK3PXPGHODADA'],
  ['ABCDEFGHIJ', 'ABCDEFGHIJ'],
  ['2345672345', '2345672345'],
  ['A'.repeat(1024), 'A'.repeat(1024)],
];

const bad = [
  'JBSWY3DPE',
  'JBSWY3DPE=======',
  '==========',
  'JBSWY3DPEHPK3PX0',
  'JBSWY3DPEHPK3PX1',
  'JBSWY3DPEHPK3PX8',
  'JBSW Y3DP EHPK 3PXP',
  ' JBSWY3DPEHPK3PXP',
  'JBSWY3DPEHPK3PXP\n',
  'JBSW-Y3DP-EHPK-3PXP',
  'JBSWY3DP=EHPK3PXP',
  // In upper case these are SS, S and I; in themselves they are no base32.
  'ßJBSWY3DPEHPK3PXP',
  'ſJBSWY3DPEHPK3PXP',
  'ıJBSWY3DPEHPK3PXP',
  'ＪBSWY3DPEHPK3PXP',
  'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP',
];

/** RFC 6238, appendix B, cut to six digits: seconds since 1970 and the code. */
const codes: [number, string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
];

for (const engine of engineOf(import.meta.filename)) {
  describe(`seeds of one-time codes on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startWire(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    it('are stored in upper case without padding, and never echoed by a write', async () => {
      for (const [sent, stored] of good) {
        const made = await ana.call('POST', path, { ...least, secret_key: sent });
        assert.equal(made.status, 201, sent + made.text);
        assert.ok(!made.text.includes(stored), made.text);
        const { secret_key, token } = entityOf(await ana.call('GET', `${path}/${entityOf(made).identifier}`));
        assert.equal(secret_key, stored);
        assert.match(String(token), /^\d{6}$/);
      }
    });

    it('are refused unless they are base32 of ten characters', async () => {
      for (const sent of bad) {
        mustBe(await ana.call('POST', path, { ...least, secret_key: sent }), invalid('secret_key'), sent);
        mustBe(await ana.call('PUT', `${path}/update/1`, { secret_key: sent }), invalid('secret_key'), sent);
      }
    });

    it('may be replaced, cleared, and set again', async () => {
      const made = await ana.call('POST', path, least);
      const item = entityOf(made).identifier;
      const seedAfter = async (secret_key: string | null) => {
        const updated = await ana.call('PUT', `${path}/update/${item}`, { secret_key });
        assert.equal(updated.status, 200, updated.text);
        return entityOf(await ana.call('GET', `${path}/${item}`));
      };
      assert.equal((await seedAfter('jbswy3dpehpk3pxp')).secret_key, 'JBSWY3DPEHPK3PXP');
      assert.equal((await seedAfter('AAAAAAAAAA')).secret_key, 'AAAAAAAAAA');
      for (const nothing of ['', null]) {
        const { secret_key, token } = await seedAfter(nothing);
        assert.deepEqual([secret_key, token], [null, null]);
      }
      assert.equal((await seedAfter('AAAAAAAAAA')).secret_key, 'AAAAAAAAAA');
    });

    it('give the codes of RFC 6238, as texts with leading zeros', async () => {
      const made = await ana.call('POST', path, { ...least, secret_key: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' });
      const item = entityOf(made).identifier;
      for (const [seconds, code] of codes) {
        safe.setClock(new Date(seconds * 1000));
        const token = await safe.token(ana.clientId, ana.clientSecret);
        const read = await ana.call('GET', `${path}/${item}`, undefined, { authorization: `Bearer ${token}` });
        assert.equal(entityOf(read).token, code, read.text);
      }
      safe.setClock(null);
    });
  });
}
