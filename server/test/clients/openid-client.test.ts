import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  clientCredentialsGrant,
  fetchProtectedResource,
  initiateDeviceAuthorization,
  None,
  pollDeviceAuthorizationGrant,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { engineOf, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { liveEveryLife, type Send, type WireBody } from './item-life.ts';

type Method = (secret: string) => ClientAuth;

for (const engine of engineOf(import.meta.filename)) {
  describe(`openid-client on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startSafe(engine);
      ana = await safe.person('ana');
    });
    after(() => safe.close());

    /** As its users do for a server without discovery. */
    function configure(authenticate: Method, secret = ana.clientSecret, path = '/api/oauth2/token'): Configuration {
      const server = { issuer: safe.url, token_endpoint: `${safe.url}${path}` };
      const config = new Configuration(server, ana.clientId, { client_secret: secret }, authenticate(secret));
      allowInsecureRequests(config);
      return config;
    }

    function sendWith(config: Configuration, token: string): Send {
      return async (method, path, body) => {
        const headers = new Headers(body ? { 'content-type': 'application/json' } : {});
        const text = body === undefined ? undefined : JSON.stringify(body);
        const response = await fetchProtectedResource(config, token, new URL(path, safe.url), method, text, headers);
        return { status: response.status, body: (await response.json()) as WireBody };
      };
    }

    for (const [name, authenticate] of [
      ['client_secret_post', ClientSecretPost],
      ['client_secret_basic', ClientSecretBasic],
    ] as const) {
      it(`gets a token by ${name} and takes every kind of item through its life`, async () => {
        const config = configure(authenticate);
        const tokens = await clientCredentialsGrant(config, { scope: 'anything' });
        assert.equal(tokens.token_type, 'bearer');
        assert.equal(tokens.expires_in, 3600);
        assert.ok((tokens.expiresIn() ?? 0) > 3590);
        await liveEveryLife(sendWith(config, tokens.access_token));
      });
    }

    it('is let in as a device, and hears when it is not', async () => {
      const server = {
        issuer: safe.url,
        device_authorization_endpoint: `${safe.url}/api/device/authorization`,
        token_endpoint: `${safe.url}/api/device/token`,
      };
      const config = new Configuration(server, 'arca', undefined, None());
      allowInsecureRequests(config);
      const owner = await safe.signIn('ana');
      const decide = (how: string, userCode: string) =>
        owner.call('POST', `/api/v1/device-sign-ins/${how}`, { userCode });
      const begun = await initiateDeviceAuthorization(config, { device_name: 'a television' });
      assert.equal(begun.verification_uri, `${safe.url}/device`);
      assert.equal((await decide('allow', begun.user_code)).status, 200);
      const tokens = await pollDeviceAuthorizationGrant(config, begun);
      assert.equal(tokens.token_type, 'bearer');
      await liveEveryLife(sendWith(config, tokens.access_token));
      const refused = await initiateDeviceAuthorization(config, { device_name: 'a television' });
      assert.equal((await decide('deny', refused.user_code)).status, 200);
      await assert.rejects(
        pollDeviceAuthorizationGrant(config, refused),
        (thrown) => thrown instanceof ResponseBodyError && thrown.error === 'access_denied',
      );
    });

    it('gets a token at the path of older clients', async () => {
      const config = configure(ClientSecretPost, ana.clientSecret, '/iso/oauth2/token');
      const { access_token } = await clientCredentialsGrant(config);
      assert.equal((await sendWith(config, access_token)('GET', '/iso/mysafe/note')).status, 200);
    });

    it('gives its ResponseBodyError for a wrong secret in the body', async () => {
      const config = configure(ClientSecretPost, 'f'.repeat(32));
      await assert.rejects(clientCredentialsGrant(config), (thrown) => {
        assert.ok(thrown instanceof ResponseBodyError);
        assert.equal(thrown.code, 'OAUTH_RESPONSE_BODY_ERROR');
        assert.equal(thrown.status, 401);
        assert.equal(thrown.error, 'invalid_client');
        assert.equal(thrown.error_description, 'Client authentication failed');
        return true;
      });
    });

    it('gives its WWWAuthenticateChallengeError for a wrong secret in the header', async () => {
      const config = configure(ClientSecretBasic, 'f'.repeat(32));
      await assert.rejects(clientCredentialsGrant(config), (thrown) => {
        assert.ok(thrown instanceof WWWAuthenticateChallengeError);
        assert.equal(thrown.code, 'OAUTH_WWW_AUTHENTICATE_CHALLENGE');
        assert.equal(thrown.status, 401);
        assert.deepEqual(
          thrown.cause.map(({ scheme, parameters }) => [scheme, parameters.realm]),
          [['basic', 'OAuth']],
        );
        return true;
      });
    });

    it('gives its WWWAuthenticateChallengeError, with invalid_token, for a token that is none', async () => {
      const config = configure(ClientSecretPost);
      await assert.rejects(sendWith(config, 'not.a.token')('GET', '/api/mysafe/password'), (thrown) => {
        assert.ok(thrown instanceof WWWAuthenticateChallengeError);
        assert.equal(thrown.status, 401);
        assert.deepEqual(
          thrown.cause.map(({ scheme, parameters }) => [scheme, parameters.error]),
          [['bearer', 'invalid_token']],
        );
        return true;
      });
    });
  });
}
