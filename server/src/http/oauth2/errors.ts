import type { FastifyReply } from 'fastify';
import type { ErrorCode, Refusal } from '../../domain/errors.ts';
import { envelopeOf, headersOf } from '../mysafe/errors.ts';

/** RFC 6749, section 5.2, for each refusal that a token request can meet. */
const oauthErrors: Partial<Record<ErrorCode, string>> = {
  client_unknown: 'invalid_client',
  grant_type_unsupported: 'unsupported_grant_type',
  body_unreadable: 'invalid_request',
  too_many_requests: 'temporarily_unavailable',
  store_unreachable: 'temporarily_unavailable',
  store_timeout: 'temporarily_unavailable',
};

/** A failed token request: OAuth's own members first, then the wire's envelope with the same text. */
export function sendTokenRefusal(reply: FastifyReply, refusal: Refusal, hasAuthorization: boolean): FastifyReply {
  const { status, text, body } = envelopeOf(refusal);
  const error = oauthErrors[refusal.code] ?? 'server_error';
  for (const [name, value] of Object.entries(headersOf(refusal))) reply.header(name, value);
  if (refusal.code === 'client_unknown' && hasAuthorization) reply.header('www-authenticate', 'Basic realm="OAuth"');
  return reply
    .code(status)
    .headers({ 'content-type': 'application/json', pragma: 'no-cache' })
    .send(JSON.stringify({ error, error_description: text, ...body, message: text }));
}
