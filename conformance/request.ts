import type { Request } from './exchange.ts';

export const json = 'application/json';
export const form = 'application/x-www-form-urlencoded';

/** A GET with these parameters in its query. */
export function get(path: string, query: Readonly<Record<string, string>> = {}): Request {
  const text = new URLSearchParams(query).toString();
  return { method: 'GET', path: text === '' ? path : `${path}?${text}` };
}

export function sendJson(method: string, path: string, value: unknown): Request {
  return { method, path, headers: { 'content-type': json }, body: JSON.stringify(value) };
}

export function sendForm(path: string, fields: Readonly<Record<string, string>>): Request {
  return { method: 'POST', path, headers: { 'content-type': form }, body: new URLSearchParams(fields).toString() };
}

/** Text fields as multipart/form-data. Values that hold the boundary are not for this. */
export function sendMultipart(path: string, fields: Readonly<Record<string, string>>): Request {
  const boundary = 'arca-conformance-boundary';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    method: 'POST',
    path,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}

export function withHeaders(request: Request, headers: Readonly<Record<string, string>>): Request {
  return { ...request, headers: { ...request.headers, ...headers } };
}

/** Without a content type, for a server that must look at the body itself. */
export function withoutType(request: Request): Request {
  const { 'content-type': _type, ...headers } = request.headers ?? {};
  return { ...request, headers };
}
