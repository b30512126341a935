import assert from 'node:assert/strict';
import type { Answer } from './start-safe.ts';

/** What an answer of the wire must be, to the byte. */
export type Expected = { status: number; body: object };

/** A success with its payload, if it has one. */
export function success(status: number, message: string, payload: object = {}): Expected {
  return { status, body: { code: status, response: statusOf(status, message, false), ...payload } };
}

/** A business error: HTTP 400 with the vendor's number. */
export function businessError(number: number, text: string, detail: unknown = null): Expected {
  const message = `${number}: ${text}`;
  return {
    status: 400,
    body: { code: 400, response: statusOf(400, message, true), exception: { code: number, message, detail } },
  };
}

/** An answer that is no business error: the text stands again as the last member. */
function technicalError(status: number, message: string): Expected {
  const exception = { code: status, message, detail: null };
  return { status, body: { code: status, response: statusOf(status, message, true), exception, message } };
}

/** A refused token request: OAuth's members first, then the envelope. */
export function tokenError(status: number, error: string, text: string, number = status): Expected {
  const exception = { code: number, message: text, detail: null };
  const envelope = { code: status, response: statusOf(status, text, true), exception, message: text };
  return { status, body: { error, error_description: text, ...envelope } };
}

export const notAuthorized = technicalError(401, 'You are not authorized to access this resource.');
export const keyRestricted = technicalError(403, 'You are not authorized to access this resource.');
export const noRoute = technicalError(404, 'No route matched with those values');
export const noAccess = businessError(1006, 'User does not have access');
export const badIdentifier = businessError(1010, 'Unexpected identifier type');
export const notJson = businessError(1001, 'Request body is not valid JSON');
export const missing = (field: string): Expected => businessError(1001, `Parameter '${field}' was not informed!`);
export const invalid = (field: string): Expected => businessError(1001, `Parameter '${field}' is invalid!`);

/** Compares status and text, so that the order of members counts. */
export function mustBe(answer: Answer, expected: Expected, about = ''): void {
  assert.equal(answer.text, JSON.stringify(expected.body), about);
  assert.equal(answer.status, expected.status, about);
}

function statusOf(status: number, message: string, error: boolean): object {
  const number = error ? 1 : 0;
  const vendor = { mensagem: message, erro: error, cod_erro: number };
  return { status, message, error, error_code: number, detail: '', ...vendor };
}

type Envelope = {
  code: number;
  response: { status: number; message: string; error: boolean; error_code: number };
  exception?: { code: number; message: string };
  message?: string;
};

/**
 * What holds for every answer of the wire, whatever it says: a published client refuses one that lacks any of these.
 * `lead` are the members that may stand before the envelope.
 */
export function mustBeEnvelope(answer: Answer, about: string, lead: readonly string[] = []): void {
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json(; charset=utf-8)?$/, about);
  assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/, about);
  assert.ok(answer.status >= 200 && answer.status !== 204, about);
  const body = answer.json as Envelope;
  assert.equal(answer.text, JSON.stringify(body), `${about}: not compact JSON`);
  const { response } = body;
  const failed = answer.status >= 400;
  const expected = statusOf(answer.status, response.message, failed);
  assert.equal(JSON.stringify(response), JSON.stringify(expected), about);
  assert.equal(body.code, answer.status, about);
  const names = Object.keys(body);
  if (!failed) {
    // The payload's key differs by operation; enable and disable have none.
    assert.deepEqual(names.slice(0, 2), ['code', 'response'], about);
    assert.ok(names.length <= 3, about);
    return;
  }
  const isBusiness = answer.status === 400 && lead.length === 0;
  const last = isBusiness ? [] : ['message'];
  assert.deepEqual(names, [...lead, 'code', 'response', 'exception', ...last], about);
  assert.deepEqual(Object.keys(body.exception ?? {}), ['code', 'message', 'detail'], about);
  if (isBusiness) assert.match(response.message, new RegExp(`^${body.exception?.code}: `), about);
  else assert.equal(body.message, response.message, about);
}
