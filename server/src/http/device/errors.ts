import type { FastifyReply } from 'fastify';
import type { ErrorCode, Refusal, RefusalDetails } from '../../domain/errors.ts';

type Told<D> = { status: number; error: string; text: string | ((details: D) => string) };
type Wording = { readonly [C in ErrorCode]?: Told<RefusalDetails[C]> };

const told = (status: number, error: string, text: string) => ({ status, error, text });

/** RFC 6749, section 5.2, for each refusal that a device can meet. */
const wording: Wording = {
  client_unknown: told(401, 'invalid_client', 'Send client_id=arca, whatever asks.'),
  grant_type_unsupported: told(400, 'unsupported_grant_type', 'Send the grant type of RFC 8628.'),
  device_sign_in_not_found: told(400, 'invalid_grant', 'The device code is wrong, was used, or is long over.'),
  body_unreadable: told(400, 'invalid_request', 'Send a form, or JSON.'),
  body_too_large: told(413, 'invalid_request', 'Send less.'),
  field_missing: { status: 400, error: 'invalid_request', text: ({ field }) => `${field} is missing` },
  field_invalid: { status: 400, error: 'invalid_request', text: ({ field, why }) => `${field} ${why}` },
  too_many_requests: told(429, 'temporarily_unavailable', 'Too many requests.'),
  store_unreachable: told(502, 'temporarily_unavailable', 'The store does not answer.'),
  store_timeout: told(504, 'temporarily_unavailable', 'The store did not answer in time.'),
};

const unforeseen = told(500, 'server_error', 'Unexpected error.');

export function sendDeviceRefusal(reply: FastifyReply, { code, details }: Refusal): FastifyReply {
  const { status, error, text } = (wording[code] ?? unforeseen) as Told<object>;
  if (code === 'too_many_requests') {
    reply.header('retry-after', String((details as RefusalDetails['too_many_requests']).retryAfterSeconds));
  }
  return sendJson(reply, status, oauthError(error, typeof text === 'string' ? text : text(details)));
}

export function oauthError(error: string, text: string): object {
  return { error, error_description: text };
}

/** Nothing of it may be kept on its way (RFC 6749, section 5.1). */
export function sendJson(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply
    .code(status)
    .headers({ 'content-type': 'application/json', 'cache-control': 'no-store', pragma: 'no-cache' })
    .send(JSON.stringify(body));
}
