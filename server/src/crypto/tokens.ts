import { hash, sign } from 'node:crypto';
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { BoundedMemo } from './bounded-memo.ts';
import type { Keyring, SigningKey } from './keyring.ts';

/** What an access token says. Times in seconds since 1970; `clientId` is `aud`, `id` is `jti`. */
export type TokenClaims = { clientId: string; subject: string; id: string; issuedAt: number; expiresAt: number };

const LONGEST = 4096;
const MEMO_TOKENS = 10_000;
// jose passes over white space within the parts; a token has one spelling.
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

// Tokens whose signature held, by SHA-256: the bearer texts themselves do not stay in memory.
// By signing key, so that with a retired one its tokens are forgotten.
const memos = new WeakMap<SigningKey, BoundedMemo<string, TokenClaims>>();
const headers = new WeakMap<SigningKey, string>();

/**
 * An RS256 token in the contract's shape and order of members (section 6).
 * Signed with node:crypto, on the thread pool: jose takes half as much again of the main thread for each.
 */
export async function signToken(ring: Keyring, claims: TokenClaims): Promise<string> {
  const [key] = ring.tokenSigning;
  const { clientId: aud, id: jti, issuedAt: iat, expiresAt: exp, subject: sub } = claims;
  const payload = JSON.stringify({ aud, jti, iat, nbf: iat, exp, sub, scopes: [] });
  const signed = `${headerOf(key)}.${Buffer.from(payload).toString('base64url')}`;
  const signature = await new Promise<Buffer>((resolve, reject) => {
    sign('sha256', Buffer.from(signed), key.key, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
  const token = `${signed}.${signature.toString('base64url')}`;
  keep(key, token, { ...claims });
  return token;
}

/** The claims of a token that this safe signed and that is in time, else null. Never throws on bad input. */
export async function verifyToken(ring: Keyring, token: string, nowSeconds: number): Promise<TokenClaims | null> {
  if (token.length > LONGEST) return null;
  const known = recallToken(ring, token, nowSeconds);
  if (known !== undefined) return known;
  if (!COMPACT.test(token)) return null;
  try {
    const options = {
      algorithms: ['RS256'],
      typ: 'JWT',
      currentDate: new Date(nowSeconds * 1000),
      clockTolerance: ISSUE_LEEWAY_SECONDS,
    };
    const { payload, protectedHeader } = await jwtVerify(token, keyFinder(ring), options);
    const claims = claimsOf(payload);
    const key = keyNamed(ring, protectedHeader.kid);
    if (!claims || !key) return null;
    keep(key, token, claims);
    return inTime(claims, nowSeconds);
  } catch {
    return null;
  }
}

/** Whether the ring holds the key that a token names; true, too, for what is no token. */
export function isKeyKnown(ring: Keyring, token: string): boolean {
  if (token.length > LONGEST || !COMPACT.test(token)) return true;
  try {
    const { kid } = JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString()) as {
      kid?: unknown;
    };
    return typeof kid !== 'string' || keyNamed(ring, kid) !== undefined;
  } catch {
    return true;
  }
}

/**
 * Without waiting: the claims when the signature is known to hold and the token is in time, null when it is out of time,
 * undefined when the token is unknown here and must be verified.
 */
export function recallToken(ring: Keyring, token: string, nowSeconds: number): TokenClaims | null | undefined {
  if (token.length > LONGEST) return null;
  const name = nameOf(token);
  for (const key of ring.tokenSigning) {
    const claims = memos.get(key)?.get(name);
    if (claims) return inTime(claims, nowSeconds);
  }
  return undefined;
}

/** The public keys as a JWK set (RFC 7517) for `/.well-known/jwks.json`, the current one first. */
export async function publicTokenKeys(ring: Keyring): Promise<{ keys: object[] }> {
  const keys = ring.tokenSigning.map((key) => {
    const { kty, n, e } = key.publicKey.export({ format: 'jwk' });
    return { kty, n, e, alg: 'RS256', use: 'sig', kid: key.id };
  });
  return { keys };
}

function headerOf(key: SigningKey): string {
  let header = headers.get(key);
  if (!header) {
    header = Buffer.from(JSON.stringify({ typ: 'JWT', alg: 'RS256', kid: key.id })).toString('base64url');
    headers.set(key, header);
  }
  return header;
}

function keyFinder(ring: Keyring): JWTVerifyGetKey {
  return ({ kid }) => {
    const key = keyNamed(ring, kid);
    if (!key) throw new Error('no such key');
    return key.publicKey;
  };
}

function keyNamed(ring: Keyring, kid: string | undefined): SigningKey | undefined {
  return ring.tokenSigning.find(({ id }) => id === kid);
}

function claimsOf({ aud, jti, iat, nbf, exp, sub, scopes }: JWTPayload): TokenClaims | null {
  const texts = typeof aud === 'string' && typeof jti === 'string' && typeof sub === 'string';
  const times = Number.isSafeInteger(iat) && Number.isSafeInteger(exp) && nbf === iat;
  if (!texts || !times || !Array.isArray(scopes)) return null;
  return { clientId: aud, subject: sub, id: jti, issuedAt: iat as number, expiresAt: exp as number };
}

// A token may come from a node whose clock is a little ahead; its end is exact.
const ISSUE_LEEWAY_SECONDS = 5;

function inTime(claims: TokenClaims, nowSeconds: number): TokenClaims | null {
  return claims.issuedAt <= nowSeconds + ISSUE_LEEWAY_SECONDS && nowSeconds < claims.expiresAt ? claims : null;
}

function keep(key: SigningKey, token: string, claims: TokenClaims): void {
  let memo = memos.get(key);
  if (!memo) {
    memo = new BoundedMemo(MEMO_TOKENS);
    memos.set(key, memo);
  }
  // The same object is handed out again and again.
  memo.set(nameOf(token), Object.freeze(claims));
}

function nameOf(token: string): string {
  return hash('sha256', token, 'hex');
}
