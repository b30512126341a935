import type { FastifyReply } from 'fastify';
import type { ErrorCode, Refusal, RefusalDetails } from '../../domain/errors.ts';
import type { Kind } from '../../domain/kind.ts';
import { wireFieldOf } from './shapes.ts';

/** What the wire says of a refusal. Business errors carry the vendor's number and are 400; the others an HTTP status. */
type WireError = { number: number; text: string } | { status: number; text: string; exception?: object };

type Wording = { readonly [C in ErrorCode]: (details: RefusalDetails[C]) => WireError };

const notAuthorized = 'You are not authorized to access this resource.';
const kindNames: Readonly<Record<Kind, string>> = {
  password: 'Password',
  note: 'Note',
  'api-secret': 'Api secret',
  file: 'File', // never on this wire
};

const business = (number: number, text: string): WireError => ({ number, text: `${number}: ${text}` });
const missing = (field: string): WireError => business(1001, `Parameter '${wireFieldOf(field)}' was not informed!`);
const invalid = (field: string): WireError => business(1001, `Parameter '${wireFieldOf(field)}' is invalid!`);
const technical = (status: number, text: string): WireError => ({ status, text });
/** What no wire request can meet: sessions, people, groups and versions are not on this wire. */
const unforeseen = (): WireError => technical(500, 'Unexpected error');

/** The error catalogue of the wire contract, section 1. Total: a new code does not compile without an answer here. */
const wording: Wording = {
  token_missing: () => technical(401, notAuthorized),
  token_invalid: () => technical(401, notAuthorized),
  key_restricted: () => technical(403, notAuthorized),
  client_unknown: () => technical(401, 'Client authentication failed'),
  grant_type_unsupported: () =>
    technical(400, 'The authorization grant type is not supported by the authorization server.'),
  too_many_requests: () => technical(429, 'Too many requests'),
  route_unknown: () => technical(404, 'No route matched with those values'),
  number_invalid: () => business(1010, 'Unexpected identifier type'),
  item_not_found: ({ kind }) => business(1005, `${kindNames[kind]} not found`),
  access_denied: () => business(1006, 'User does not have access'),
  item_disabled: ({ kind }) => business(1009, `Inactive ${kindNames[kind].toLowerCase()}`),
  justification_required: () => business(1901, 'Justification required'),
  approval_required: () => business(1902, 'Approval required'),
  field_missing: ({ field }) => missing(field),
  field_invalid: ({ field }) => invalid(field),
  note_too_long: ({ limit }) => business(1001, `Parameter note limited to ${limit} characters`),
  identifier_code_taken: () => business(1001, "'Identifier' already found in another API key of this user"),
  body_unreadable: () => business(1001, 'Request body is not valid JSON'),
  body_too_large: () => invalid('body'),
  answer_unencryptable: () => ({
    status: 500,
    text: 'Unexpected error',
    exception: { code: 400, message: 'Ocorreu um erro ao criptografar o texto', detail: null },
  }),
  store_unreachable: () => technical(502, 'An invalid response was received from the upstream server'),
  store_timeout: () => technical(504, 'The upstream server is timing out'),
  integrity_broken: unforeseen,
  unexpected: unforeseen,
  import_not_found: unforeseen,
  import_unreadable: unforeseen,
  import_source_failed: unforeseen,
  import_impossible: unforeseen,
  already_set_up: unforeseen,
  rotation_running: unforeseen,
  root_key_unfit: unforeseen,
  set_up_link_invalid: unforeseen,
  sign_in_failed: unforeseen,
  password_wrong: unforeseen,
  second_factor_required: unforeseen,
  second_factor_wrong: unforeseen,
  second_factor_not_enrolled: unforeseen,
  password_change_required: unforeseen,
  second_factor_enrolled: unforeseen,
  second_factor_absent: unforeseen,
  second_factor_needed: unforeseen,
  proof_required: unforeseen,
  origin_foreign: unforeseen,
  session_not_found: unforeseen,
  device_sign_in_not_found: unforeseen,
  method_unknown: unforeseen,
  version_not_found: unforeseen,
  share_not_found: unforeseen,
  share_impossible: unforeseen,
  transfer_impossible: unforeseen,
  revision_stale: unforeseen,
  revision_unreadable: unforeseen,
  idempotency_key_reused: unforeseen,
  cursor_invalid: unforeseen,
  media_type_unknown: unforeseen,
  request_invalid: unforeseen,
  proposal_not_found: unforeseen,
  proposal_decided: unforeseen,
  proposal_by_self: unforeseen,
  keys_not_allowed: unforeseen,
  user_not_found: unforeseen,
  username_taken: unforeseen,
  last_admin: unforeseen,
  group_not_found: unforeseen,
  group_name_taken: unforeseen,
  key_not_found: unforeseen,
  key_revoked: unforeseen,
  key_without_private_key: unforeseen,
  upload_not_found: unforeseen,
  upload_offset_wrong: unforeseen,
  upload_incomplete: unforeseen,
  file_too_large: unforeseen,
  quota_reached: unforeseen,
  range_unsatisfiable: unforeseen,
};

export type WireAnswer = { status: number; text: string; body: Record<string, unknown> };

/** The error envelope, its keys in the wire's order. */
export function envelopeOf(refusal: Refusal): WireAnswer {
  const error = (wording[refusal.code] as (details: object) => WireError)(refusal.details);
  const status = 'number' in error ? 400 : error.status;
  const { text } = error;
  const exception =
    'number' in error
      ? { code: error.number, message: text, detail: null }
      : (error.exception ?? { code: status, message: text, detail: null });
  const body = { code: status, response: statusOf(status, text, true), exception };
  return { status, text, body: 'number' in error ? body : { ...body, message: text } };
}

/** The part of an envelope that every answer has, whatever happened. */
export function statusOf(status: number, message: string, error: boolean) {
  const number = error ? 1 : 0;
  return {
    status,
    message,
    error,
    error_code: number,
    detail: '',
    mensagem: message,
    erro: error,
    cod_erro: number,
  };
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, body } = envelopeOf(refusal);
  for (const [name, value] of Object.entries(headersOf(refusal))) reply.header(name, value);
  return reply.code(status).type('application/json').send(JSON.stringify(body));
}

/** RFC 6750: a challenge that names the error only when a token was sent. RFC 9110: when to come again. */
export function headersOf(refusal: Refusal): Record<string, string> {
  if (refusal.code === 'token_missing') return { 'www-authenticate': 'Bearer' };
  if (refusal.code === 'token_invalid') return { 'www-authenticate': 'Bearer error="invalid_token"' };
  if (refusal.code === 'too_many_requests') {
    const { retryAfterSeconds } = refusal.details as RefusalDetails['too_many_requests'];
    return { 'retry-after': String(retryAfterSeconds) };
  }
  return {};
}
