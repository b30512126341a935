import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, forgetRefusals } from '../audit-left.ts';
import { engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { mustBe, tokenError } from '../wire-envelopes.ts';
import { askToken, basic, type TokenCall } from './token-calls.ts';

const invalidClient = tokenError(401, 'invalid_client', 'Client authentication failed');
const unsupported = tokenError(
  400,
  'unsupported_grant_type',
  'The authorization grant type is not supported by the authorization server.',
);
const unreadable = tokenError(400, 'invalid_request', '1001: Request body is not valid JSON', 1001);

const grant_type = 'client_credentials';
const urlencoded = 'application/x-www-form-urlencoded';

for (const engine of engineOf(import.meta.filename)) {
  describe(`tokens that are refused, on ${engine}`, () => {
    let safe: TestSafe;
    const keys: Record<string, Person> = {};
    before(async () => {
      safe = await startWire(engine);
      const names = ['good', 'revoked', 'ended', 'elsewhere', 'gone', 'referred', 'certified'];
      await Promise.all(
        names.map(async (name) => {
          keys[name] = await safe.person(name);
        }),
      );
      const clientId = (name: string) => keys[name]?.clientId ?? '';
      await safe.operator.run('access-key.revoke', { clientId: clientId('revoked') });
      await safe.operator.run('user.disable', { username: 'gone' });
      const restrict = (name: string, limits: object) =>
        safe.operator.run('access-key.change', { clientId: clientId(name), ...limits });
      await restrict('elsewhere', { addresses: ['192.0.2.1', '2001:db8::/32'] });
      await restrict('referred', { referers: ['https://app.example.com'] });
      await restrict('certified', { fingerprint: 'ab'.repeat(32) });
      safe.setClock(new Date(Date.now() - 7_200_000));
      keys.ended = await safe.person('ended', { expiresAt: new Date(Date.now() - 3_600_000).toISOString() });
      safe.setClock(null);
    });
    after(() => safe.close());

    const key = (name = 'good'): Person => keys[name] ?? assert.fail(name);
    const formOf = (name = 'good', more: object = {}) => ({
      grant_type,
      client_id: key(name).clientId,
      client_secret: key(name).clientSecret,
      ...more,
    });

    /** Sends it to both paths; the challenge is there only when a header of credentials was sent. */
    async function refused(expected: typeof invalidClient, call: TokenCall, about = JSON.stringify(call)) {
      for (const path of ['/api/oauth2/token', '/iso/oauth2/token']) {
        const answer = await askToken(safe, { ...call, path });
        mustBe(answer, expected, about);
        const challenged = expected.status === 401 && call.authorization !== undefined;
        assert.equal(answer.headers.get('www-authenticate'), challenged ? 'Basic realm="OAuth"' : null, about);
        assert.equal(answer.headers.get('cache-control'), 'no-store', about);
      }
    }

    it('to a client that is unknown or shows a wrong secret', async () => {
      const { clientId, clientSecret } = key();
      const other = `${clientId[0] === '0' ? '1' : '0'}${clientId.slice(1)}`;
      for (const wrong of [
        { client_id: other },
        { client_id: clientId.toUpperCase() },
        { client_id: ` ${clientId}` },
        { client_id: `${clientId}0` },
        { client_id: clientId.slice(1) },
        { client_id: '' },
        { client_id: 'admin' },
        { client_id: '\0' },
        { client_id: `${clientId}\0` },
        { client_id: 'x'.repeat(5000) },
        { client_id: "' or 1=1 --" },
        { client_secret: '' },
        { client_secret: 'x' },
        { client_secret: clientSecret.toUpperCase() === clientSecret ? 'x' : clientSecret.toUpperCase() },
        { client_secret: `${clientSecret} ` },
        { client_secret: clientSecret.slice(1) },
        { client_secret: '\0' },
        { client_secret: clientId },
      ]) {
        const form = formOf('good', wrong);
        const about = JSON.stringify(wrong).slice(0, 100);
        await refused(invalidClient, { form }, about);
        await refused(invalidClient, { json: form }, about);
        const authorization = basic(form.client_id, form.client_secret);
        await refused(invalidClient, { form: { grant_type }, authorization }, about);
      }
      await refused(invalidClient, { form: { grant_type } });
      await refused(invalidClient, { method: 'GET', query: { grant_type } });
    });

    it('to credentials of a wrong type', async () => {
      for (const wrong of [1, true, {}, [], [{}], { toString: 'x' }]) {
        await refused(invalidClient, { json: formOf('good', { client_id: wrong }) });
        await refused(invalidClient, { json: formOf('good', { client_secret: wrong }) });
      }
    });

    it('to an Authorization header that says nothing', async () => {
      const half = `Basic ${Buffer.from(key().clientId).toString('base64')}`;
      for (const authorization of ['Basic', 'Basic ', 'Basic !!!', 'Basic Og==', 'Digest x', 'Bearer x', 'x', half]) {
        await refused(invalidClient, { form: { grant_type }, authorization });
      }
    });

    for (const name of ['revoked', 'ended', 'gone', 'elsewhere', 'referred', 'certified']) {
      it(`to a key that may not be used: ${name}`, async () => {
        await refused(invalidClient, { form: formOf(name) });
        const { clientId, clientSecret } = key(name);
        await refused(invalidClient, { form: { grant_type }, authorization: basic(clientId, clientSecret) });
        await refused(invalidClient, { method: 'GET', query: formOf(name) });
      });
    }

    it('for another grant, before the client is looked at', async () => {
      for (const wrong of ['', 'password', 'authorization_code', 'Client_Credentials', ' client_credentials', '\0']) {
        await refused(unsupported, { form: formOf('good', { grant_type: wrong }) });
        await refused(unsupported, { form: formOf('revoked', { grant_type: wrong }) });
        await refused(unsupported, { method: 'GET', query: formOf('good', { grant_type: wrong }) });
      }
      for (const wrong of [null, 1, true, {}, []]) {
        await refused(unsupported, { json: formOf('good', { grant_type: wrong }) });
      }
      await refused(unsupported, {});
      await refused(unsupported, { method: 'GET' });
      await refused(unsupported, { type: 'application/json' });
      await refused(unsupported, { json: [] });
      await refused(unsupported, { authorization: basic(key().clientId, key().clientSecret) });
      await refused(unsupported, { form: formOf('good', { grant_type: 'password' }), query: { grant_type } });
    });

    it('for a body that cannot be read', async () => {
      const rows: [string, string | Uint8Array][] = [
        ['application/json', '{'],
        ['application/json', `${JSON.stringify(formOf())} x`],
        ['application/json', 'words'],
        ['application/json', Buffer.from('{"client_id":"\xff"}', 'latin1')],
        [urlencoded, Buffer.from('client_id=\xff', 'latin1')],
        [urlencoded, 'client_id=%ff&grant_type=client_credentials'],
        ['multipart/form-data', 'x'],
        ['multipart/form-data; boundary=x', '--x\r\nContent-'],
        ['application/json; charset=klingon', '{}'],
        [urlencoded, `x=${'x'.repeat(1024 * 1024)}`],
      ];
      for (const [type, bytes] of rows) await refused(unreadable, { bytes, type }, `${type}: ${bytes.slice(0, 40)}`);
      await refused(unreadable, { method: 'GET', bytes: '{', type: 'application/json' });
    });

    it('and recorded: once a minute for one address, client and reason', async () => {
      const { clientId } = key('revoked');
      forgetRefusals(safe);
      const first = await askToken(safe, { form: formOf('revoked') });
      const [entry] = await auditEntries(safe, first);
      assert.deepEqual([entry?.event, entry?.user, entry?.target], ['token.issue.refused', null, null]);
      assert.deepEqual(entry?.details, { account: clientId, address: '127.0.0.1', reason: 'client_unknown' });
      assert.deepEqual(await auditEntries(safe, await askToken(safe, { form: formOf('revoked') })), []);
      // What a stranger typed as an id is kept only if it looks like one.
      const typed = await askToken(safe, { form: formOf('good', { client_id: 'hunter2' }) });
      const [stranger] = await auditEntries(safe, typed);
      assert.deepEqual(stranger?.details, { address: '127.0.0.1', reason: 'client_unknown' });
    });
  });
}
