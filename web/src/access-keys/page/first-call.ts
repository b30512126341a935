import type { AccessKey } from '@arca/sdk';

/**
 * Lines for a terminal with sh and curl: get a token with the key, then list what it reaches. `origin` is the safe's;
 * `secret` may be a mask. A key that asks for a certificate or a page gets them told too.
 */
export function firstCall(
  origin: string,
  { clientId, fingerprint, referers }: Pick<AccessKey, 'clientId' | 'fingerprint' | 'referers'>,
  secret: string,
): string {
  const more = [
    ...(fingerprint === null ? [] : ['--cert client.pem --key client.key']),
    ...(referers[0] === undefined ? [] : [`--referer ${quoted(referers[0])}`]),
  ];
  const curl = ['curl -sS', ...more].join(' ');
  const credentials = [`client_id=${clientId}`, `client_secret=${secret}`];
  return [
    `TOKEN=$(${curl} ${origin}/api/oauth2/token \\`,
    ...['grant_type=client_credentials', ...credentials].map((pair) => `  -d ${quoted(pair)} \\`),
    `  | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p')`,
    `${curl} -H "Authorization: Bearer $TOKEN" \\`,
    `  '${origin}/api/v1/items?limit=5'`,
    '',
  ].join('\n');
}

/** For a shell: nothing in it is looked at. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
