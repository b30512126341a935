import type { FastifyRequest } from 'fastify';
import type { TokenRequest } from '../../actions/tokens/issue.ts';
import type { Body } from '../body.ts';

type Source = Readonly<Record<string, unknown>>;

/**
 * Each of id and secret comes from the first that has it: body, query, Basic. So credentials in a body win over a Basic
 * header that some clients send along, and over a stale bearer token.
 */
export function readTokenRequest(
  request: FastifyRequest,
  body: Body,
  refuseQuery: boolean,
): TokenRequest & { grantType: string } {
  const query = (request.query ?? {}) as Source;
  const basic = readBasic(request.headers.authorization);
  const sources = [body.fields, refuseQuery ? {} : query, basic];
  return {
    clientId: firstOf(sources, 'client_id'),
    clientSecret: firstOf(sources, 'client_secret'),
    grantType: firstOf([body.fields, query], 'grant_type'),
    lifetime: readLifetime(firstOf([body.fields, query], 'ttl')),
  };
}

function firstOf(sources: readonly Source[], name: string): string {
  for (const source of sources) {
    const sent = Object.hasOwn(source, name) ? [source[name]].flat()[0] : undefined;
    const text = typeof sent === 'number' ? String(sent) : sent;
    if (typeof text === 'string' && text !== '') return text;
  }
  return '';
}

/** RFC 7617, or form-encoded first as RFC 6749 asks: our credentials read the same either way. */
function readBasic(header: string | undefined): Source {
  const encoded = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return {};
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return { client_id: formDecoded(id ?? ''), client_secret: formDecoded(secret ?? '') };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An invalid lifetime is ignored. */
function readLifetime(text: string): number | null {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
