/** Shell lines that read a password through an access key; its client ID and secret are put in by whoever runs them. */
export function curlOf(safe: string, number: number): string {
  return [
    "ID='client ID' SECRET='client secret'",
    `TOKEN=$(curl -s ${safe}/api/oauth2/token -u "$ID:$SECRET" -d grant_type=client_credentials |`,
    `  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `curl -s ${safe}/api/v1/items/password/${number}/reveal -H "Authorization: Bearer $TOKEN" \\`,
    `  -H 'Content-Type: application/json' -d '{"fields": ["password"]}'`,
  ].join('\n');
}
