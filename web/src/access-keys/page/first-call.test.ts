import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstCall } from './first-call.ts';

const key = { clientId: 'c1', fingerprint: null, referers: [] };

test('a token, then a list', () => {
  assert.equal(
    firstCall('https://safe.example', key, 's1'),
    `TOKEN=$(curl -sS https://safe.example/api/oauth2/token \\
  -d 'grant_type=client_credentials' \\
  -d 'client_id=c1' \\
  -d 'client_secret=s1' \\
  | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p')
curl -sS -H "Authorization: Bearer $TOKEN" \\
  'https://safe.example/api/v1/items?limit=5'
`,
  );
});

test('what the key asks for besides is told in both calls', () => {
  const text = firstCall('https://s', { ...key, fingerprint: 'ab', referers: ["https://a/'b"] }, 's1');
  assert.equal(text.match(/--cert client\.pem --key client\.key --referer 'https:\/\/a\/'\\''b'/g)?.length, 2);
});
