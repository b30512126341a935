import type { FastifyRequest } from 'fastify';
import type { Context, Credential } from '../../actions/safe.ts';
import { readSessionToken } from '../../actions/sessions/read-token.ts';
import { refuse } from '../../domain/errors.ts';
import type { Settings } from '../../settings.ts';
import { ownOrigin } from '../own-origin.ts';

/** Where the browser keeps a session. `__Host-`: only this host sets it, for every path, over TLS or from itself. */
const sessionCookie = '__Host-arca_session';
/** By what the browser shows that its owner signed in with it before; it opens nothing. */
const deviceCookie = '__Host-arca_device';

// Lax would send the session with a link from another page: the safe's own page asks for it again.
const cookieRules = 'Path=/; Secure; HttpOnly; SameSite=Strict';
// As long as browsers keep a cookie at the most.
const deviceSeconds = 400 * 86_400;

/** The cookie ends with the browser, if the session has not ended before. */
export function setSession(token: string): string {
  return `${sessionCookie}=${token}; ${cookieRules}`;
}

export function clearSession(): string {
  return `${sessionCookie}=; Max-Age=0; ${cookieRules}`;
}

export function setDevice(token: string): string {
  return `${deviceCookie}=${token}; Max-Age=${deviceSeconds}; ${cookieRules}`;
}

export function deviceOf(request: FastifyRequest): string | null {
  return cookieOf(request, deviceCookie) ?? null;
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** A bearer token counts before a cookie: a program that sends both means its token. */
export function credentialOf(ctx: Context, request: FastifyRequest): Credential {
  if (ctx.credential.kind !== 'none') return ctx.credential;
  const token = cookieOf(request, sessionCookie);
  return token === undefined ? ctx.credential : readSessionToken(token);
}

/**
 * A page of another site must not act in a person's name. Browsers say where a request comes from; with a session it
 * must be said, and be the safe itself. Programs that use no session need not say it.
 */
export function mustComeFromHere(request: FastifyRequest, credential: Credential, settings: Settings): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  if (origin === undefined && site === undefined) {
    if (credential.kind === 'session') refuse('origin_foreign', {});
    return;
  }
  if (site !== undefined && site !== 'same-origin') refuse('origin_foreign', {});
  if (origin !== undefined && origin !== ownOrigin(request, settings)) refuse('origin_foreign', {});
}
