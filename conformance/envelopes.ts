import { published } from './published.ts';
import type { Shape } from './shape.ts';

/** What an answer must be. Headers that are not named here may be anything; null means absent. */
export type Expected = {
  status: number;
  body: Shape;
  headers?: Readonly<Record<string, string | RegExp | null>>;
  /** A member more than these makes a difference to clients. */
  isToken?: true;
};

/** The published answer, byte for byte. */
export function answerOf(id: string): Expected {
  const { status, response } = published(id);
  return { status, body: response as Shape };
}

/** The success envelope with its payload, if it has one. */
export function success(status: number, message: string, payload: { readonly [key: string]: Shape } = {}): Expected {
  return { status, body: { code: status, response: statusOf(status, message, false), ...payload } };
}

/** A business error: HTTP 400 with the vendor's number. */
export function refusal(number: number, text: string): Expected {
  return { status: 400, body: envelope(400, number, `${number}: ${text}`) };
}

export const missing = (field: string): Expected => refusal(1001, `Parameter '${field}' was not informed!`);
export const invalid = (field: string): Expected => refusal(1001, `Parameter '${field}' is invalid!`);

const notAuthorized = 'You are not authorized to access this resource.';
const noRouteText = 'No route matched with those values';

export const noRoute: Expected = { status: 404, body: { ...envelope(404, 404, noRouteText), message: noRouteText } };

/** RFC 6750: the challenge names an error only when a token was sent. */
export function unauthorized(sentToken: boolean): Expected {
  return {
    status: 401,
    body: { ...envelope(401, 401, notAuthorized), message: notAuthorized },
    headers: { 'www-authenticate': sentToken ? 'Bearer error="invalid_token"' : 'Bearer' },
  };
}

/** A refused token request: OAuth's members first, then the envelope. */
export function tokenRefusal(status: number, error: string, text: string, number = status): Expected {
  return {
    status,
    body: { error, error_description: text, ...envelope(status, number, text), message: text },
  };
}

function envelope(status: number, number: number, message: string) {
  return {
    code: status,
    response: statusOf(status, message, true),
    exception: { code: number, message, detail: null },
  };
}

function statusOf(status: number, message: string, error: boolean) {
  const number = error ? 1 : 0;
  const vendor = { mensagem: message, erro: error, cod_erro: number };
  return { status, message, error, error_code: number, detail: '', ...vendor };
}
