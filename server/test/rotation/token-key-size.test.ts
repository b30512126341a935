import assert from 'node:assert/strict';
import { createPublicKey, type webcrypto } from 'node:crypto';
import { describe, it } from 'node:test';
import { operate } from '../../src/admin/operate.ts';
import { makeLog, startServer } from '../../src/main.ts';
import type { Settings } from '../../src/settings.ts';
import { bareSettings } from '../bare-settings.ts';
import { anyPassword, engineOf } from '../start-safe.ts';
import { rotateToEnd } from './rotate-to-end.ts';

/** Serves the safe and gives, of a token that it signs and that it takes, the size of the key: by its own word, too. */
async function signs(settings: Settings, before: (operator: ReturnType<typeof operate>) => Promise<unknown>) {
  const serving = await startServer(settings, makeLog('silent'));
  const operator = operate(serving.safe, 'tester');
  await before(operator);
  const { clientId, clientSecret } = await operator.run('access-key.add', { owner: 'ana', name: 'deploy' });
  const answer = await fetch(`${serving.url}/api/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const used = await fetch(`${serving.url}/api/mysafe/password`, { headers: { authorization: `Bearer ${token}` } });
  const { keys } = (await (await fetch(`${serving.url}/.well-known/jwks.json`)).json()) as {
    keys: webcrypto.JsonWebKey[];
  };
  const [current] = keys;
  const publicKey = createPublicKey({ key: current ?? {}, format: 'jwk' });
  await serving.close();
  assert.equal(used.status, 200);
  return [
    publicKey.asymmetricKeyDetails?.modulusLength,
    Buffer.from(token.split('.')[2] ?? '', 'base64url').length * 8,
  ];
}

for (const engine of engineOf(import.meta.filename)) {
  describe(`the size of the key that signs tokens, on ${engine}`, () => {
    it('is 2048 bits, and 3072 from the rotation after the setting says so', async (test) => {
      const bare = await bareSettings(engine);
      test.after(() => bare.remove());
      const larger = bare.with({ ARCA_TOKEN_KEY_BITS: '3072' });
      const withAna = (operator: ReturnType<typeof operate>) =>
        operator.run('user.add', { username: 'ana', password: anyPassword });
      assert.deepEqual(await signs(bare.settings, withAna), [2048, 2048]);
      assert.deepEqual(await signs(larger, async () => undefined), [2048, 2048]);
      assert.deepEqual(await signs(larger, (operator) => rotateToEnd(operator, 'signing')), [3072, 3072]);
    });

    it('is 3072 bits from the start in a safe that is new', async (test) => {
      const bare = await bareSettings(engine);
      test.after(() => bare.remove());
      const withAna = (operator: ReturnType<typeof operate>) =>
        operator.run('user.add', { username: 'ana', password: anyPassword });
      assert.deepEqual(await signs(bare.with({ ARCA_TOKEN_KEY_BITS: '3072' }), withAna), [3072, 3072]);
    });
  });
}
