import type { FastifyRequest } from 'fastify';
import type { Context, Credential, Safe } from '../actions/safe.ts';
import { recallToken, verifyToken } from '../crypto/tokens.ts';
import { codePoints } from '../domain/text.ts';
import type { Settings } from '../settings.ts';
import { originOf } from './origin.ts';

const longestReason = 1000;

/** What an action needs to know of a request: who says to be calling, from where, and why. */
export async function contextOf(safe: Safe, settings: Settings, request: FastifyRequest): Promise<Context> {
  return {
    safe,
    credential: await credentialOf(safe, request.headers.authorization),
    origin: originOf(request, settings),
    justification: justificationOf(request),
    requestId: request.id,
  };
}

/** Only the signature and the time of a token are judged here; the state of its key is the action's matter. */
async function credentialOf(safe: Safe, header: string | undefined): Promise<Credential> {
  const token = /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
  if (token === undefined) return { kind: 'none' };
  const now = Math.floor(safe.clock().getTime() / 1000);
  const recalled = recallToken(safe.ring, token, now);
  const claims = recalled === undefined ? await verifyToken(safe.ring, token, now) : recalled;
  return claims === null ? { kind: 'unreadable' } : { kind: 'token', clientId: claims.clientId };
}

/** The reason for a reveal, from the query or a header; a blank or endless one is none. */
function justificationOf(request: FastifyRequest): string | null {
  const { justification } = (request.query ?? {}) as Record<string, unknown>;
  const header = request.headers['x-justification'];
  const text = [justification, header].flat().find((one) => typeof one === 'string' && one.trim() !== '');
  return typeof text === 'string' && codePoints(text) <= longestReason ? text.trim() : null;
}
