import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { ErrorCode } from '../src/domain/errors.ts';
import { codesOf } from '../src/http/v1/openapi.ts';
import type { Operation } from '../src/http/v1/operation.ts';
import { operations } from '../src/http/v1/operations.ts';
import { problemSchema } from '../src/http/v1/schemas.ts';

type Answered = { status: number; headers: Headers; text: string; json: unknown };

// Only the descriptions are looked at; none is run.
const all = operations({} as never);
const validators = new Map<TSchema, Validator>();

/** What every path answers, described or not. */
const beyondOperations: readonly string[] = ['route_unknown', 'method_unknown', 'body_too_large', 'body_unreadable'];

/**
 * Holds an answer of our own API against its description: status, media type, body, and that a refusal is one that the
 * operation tells of. Throws with what differs.
 */
export function mustConform(method: string, path: string, answered: Answered): void {
  mustConformTo(operationOf(method, path), method, path, answered);
}

/** The same for who knows which operation was asked for. */
export function mustConformTo(one: Operation | undefined, method: string, path: string, answered: Answered): void {
  const { status, headers, json } = answered;
  if (headers.get('x-request-id') === null) throw differs(method, path, answered, 'it has no X-Request-Id');
  if (status >= 400) {
    mustFit(problemSchema, json, (why) => differs(method, path, answered, why));
    if (!/^application\/problem\+json/.test(headers.get('content-type') ?? '')) {
      throw differs(method, path, answered, 'a refusal is application/problem+json');
    }
    const { code, status: told } = json as { code: ErrorCode; status: number };
    if (told !== status) throw differs(method, path, answered, 'the problem tells another status');
    const known = one === undefined ? [] : (codesOf(one).get(status) ?? []);
    if (!known.includes(code) && !beyondOperations.includes(code)) {
      throw differs(method, path, answered, `${one?.id ?? 'no operation'} does not tell of ${code}`);
    }
    return;
  }
  if (path.startsWith('/api/v1/openapi.json')) return;
  if (one === undefined) throw differs(method, path, answered, 'no operation describes it');
  if (status === 304) return;
  if (status !== one.status && status !== one.orStatus)
    throw differs(method, path, answered, `${one.id} answers ${one.status}`);
  if (one.answer === null || one.media !== undefined) return;
  mustFit(one.answer, json, (why) => differs(method, path, answered, why));
}

function operationOf(method: string, path: string): Operation | undefined {
  const plain = path.replace(/[?#].*$/s, '').replace(/^\/api\/v1/, '');
  const fits = (one: Operation) =>
    one.method === method && new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(plain);
  // A path that is written out comes before one with parameters, as in the router.
  return all.filter(fits).sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
}

function mustFit(schema: TSchema, value: unknown, problem: (why: string) => Error): void {
  let validator = validators.get(schema);
  if (!validator) {
    validator = Compile(schema);
    validators.set(schema, validator);
  }
  if (validator.Check(value)) return;
  const [error] = validator.Errors(value);
  throw problem(`${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}`);
}

function differs(method: string, path: string, { status, text }: Answered, why: string): Error {
  return new Error(`${method} ${path}: ${why} (status ${status}): ${text.slice(0, 500)}`);
}
