import { rawCall } from '../raw-call.ts';
import type { Answer, TestSafe } from '../start-safe.ts';
import { multipart } from '../wire/multipart-body.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A token request: what is sent in the query, in the Authorization header and in a body, and how that calls itself. */
export type TokenCall = {
  method?: 'GET' | 'POST';
  path?: string;
  query?: Fields;
  authorization?: string;
  form?: Fields;
  json?: unknown;
  parts?: Fields;
  /** Bytes as they are. */
  bytes?: string | Uint8Array;
  /** In place of the content type that goes with the body; null for none. */
  type?: string | null;
};

export function askToken(safe: TestSafe, call: TokenCall): Promise<Answer> {
  const { method = 'POST', path = '/api/oauth2/token', query, authorization } = call;
  const { type, body } = bodyOf(call);
  const sent = call.type === undefined ? type : call.type;
  const headers = {
    ...(authorization === undefined ? {} : { authorization }),
    ...(sent === null ? {} : { 'content-type': sent }),
  };
  return rawCall(safe, method, query ? `${path}?${encoded(query)}` : path, headers, body);
}

export function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

/** Every character behind a percent sign, which RFC 6749 allows and nobody needs. */
export function fullyEncoded(text: string): string {
  return [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('');
}

function encoded(fields: Fields): string {
  return new URLSearchParams(fields as Record<string, string>).toString();
}

function bodyOf({ form, json, parts, bytes }: TokenCall): { type: string | null; body: string | Uint8Array } {
  if (form) return { type: 'application/x-www-form-urlencoded', body: encoded(form) };
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(json) };
  if (parts) return multipart(Object.entries(parts).map(([name, value]) => ({ name, value: String(value) })));
  return { type: null, body: bytes ?? '' };
}
