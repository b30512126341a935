import type { Operation } from './operation.ts';

export type Input = Readonly<Record<string, unknown>>;

/**
 * Path with query below /api/v1, and the body as JSON. Of the input only what the operation takes is sent: whole items
 * may be given, and their names must not get into a query. Throws TypeError when a part of the path is missing or odd.
 */
export function prepare(id: string, one: Operation, input: Input): { path: string; body: string | null } {
  const told = (names = '') =>
    names.split(' ').flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]] as const]));
  const path = one.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(id, name, input[name]));
  const query = new URLSearchParams(
    told(one.query).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)])),
  );
  const body = told(one.body);
  const hasBody = one.body !== undefined && !(one.bodyOptional && body.length === 0);
  return {
    path: `/api/v1${path}${query.size > 0 ? `?${query}` : ''}`,
    body: hasBody ? JSON.stringify(Object.fromEntries(body)) : null,
  };
}

function segment(id: string, name: string, value: unknown): string {
  const text = value === undefined || value === null ? '' : String(value);
  // Two dots would lead to another operation, however they are escaped.
  if (/^(|\.|\.\.)$/.test(text)) throw new TypeError(`${id}: "${name}" is missing, or no name at all`);
  return encodeURIComponent(text);
}
