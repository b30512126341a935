type Talk = { url: string; clientId: string; clientSecret: string; number: number };

/** The README's conversation with a safe, ready to paste into a shell. `number` is that of the next password. */
export function conversation({ url, clientId, clientSecret, number }: Talk): string {
  return `SAFE=${url}
ID=${clientId}
SECRET=${clientSecret}

# A token (OAuth 2.0 client credentials).
TOKEN=$(curl -s $SAFE/api/oauth2/token -u "$ID:$SECRET" -d grant_type=client_credentials |
  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
AUTH="Authorization: Bearer $TOKEN"

# Create a password with a TOTP seed, list, and read it with its current code.
curl -sw '\\n' $SAFE/api/mysafe/password -H "$AUTH" -H 'Content-Type: application/json' -d '{
  "name": "GitHub", "url": "https://github.com", "username": "ana@example.com",
  "password": "not-a-real-one", "secret_key": "JBSWY3DPEHPK3PXP", "tags": "work, code" }'
curl -sw '\\n' "$SAFE/api/mysafe/password?tag=work" -H "$AUTH"
curl -sw '\\n' $SAFE/api/mysafe/password/${number} -H "$AUTH"

# Share it with bruno, disable it, disable it again, enable it.
curl -sw '\\n' -X PUT $SAFE/api/mysafe/password/update/${number} -H "$AUTH" -H 'Content-Type: application/json' \\
  -d '{"users_allowed": [{"username": "bruno", "can_edit": true}]}'
curl -sw '\\n' -X POST $SAFE/api/mysafe/password/inactive/${number} -H "$AUTH"
curl -sw '\\n' -X POST $SAFE/api/mysafe/password/inactive/${number} -H "$AUTH"
curl -sw '\\n' -X POST $SAFE/api/mysafe/password/active/${number} -H "$AUTH"
`;
}
