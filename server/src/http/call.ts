import type { FastifyRequest } from 'fastify';
import type { Context, Credential, Safe } from '../actions/safe.ts';
import { readToken } from '../actions/tokens/read.ts';
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
    repeat: null,
  };
}

async function credentialOf(safe: Safe, header: string | undefined): Promise<Credential> {
  const token = /^bearer(?: +(.*))?$/i.exec(header ?? '')?.[1]?.trim() ?? '';
  return token === '' ? { kind: 'none' } : await readToken(safe, token);
}

/** The reason for a reveal, from the query or a header; a blank or endless one is none. */
function justificationOf(request: FastifyRequest): string | null {
  const { justification } = (request.query ?? {}) as Record<string, unknown>;
  const header = request.headers['x-justification'];
  const sent = [justification, typeof header === 'string' ? headerText(header) : undefined];
  const text = sent.flat().find((one) => typeof one === 'string' && one.trim() !== '');
  return typeof text === 'string' && codePoints(text) <= longestReason ? text.trim() : null;
}

/** Node gives each byte of a header as a character: what is UTF-8 is put together again, what is not stays Latin-1. */
function headerText(header: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'latin1'));
  } catch {
    return header;
  }
}
