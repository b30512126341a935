import type { FastifyRequest } from 'fastify';
import type { Static, TObject, TSchema } from 'typebox';
import type { Context, Safe } from '../../actions/safe.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { Settings } from '../../settings.ts';
import type { Throttle } from '../throttle.ts';

/** What a call brings: path, query and body checked against the operation's own schemas. */
type Call<P extends TObject, Q extends TObject, B extends TSchema> = {
  ctx: Context;
  params: Static<P>;
  query: Static<Q>;
  body: Static<B>;
  /** The revision that `If-Match` asks for; null for any. */
  revision: number | null;
  request: FastifyRequest;
};

export type Reply = {
  body?: unknown;
  /** `orStatus` in place of `status`. */
  status?: 202 | 206;
  /** In place of the operation's own media type. */
  media?: string;
  /** Of the one thing that the body shows: becomes its ETag. */
  revision?: number;
  headers?: Readonly<Record<string, string | string[]>>;
};

/**
 * One operation of our own API. The schemas that check a request are those that the OpenAPI document shows; the test
 * suite holds every answer against `answer`.
 */
export type Operation<P extends TObject = TObject, Q extends TObject = TObject, B extends TSchema = TSchema> = {
  /** `items.disable`: the operation's name in the SDK too. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, with parameters in braces. */
  path: string;
  /** Whose credential is asked for: nobody's, that of a person's session, or an access key's token too. */
  access: 'anyone' | 'session' | 'session or key';
  summary: string;
  /** Markdown; what a caller should know beyond the summary. */
  description?: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Takes bytes as they come instead of JSON: `run` reads them from the request itself. */
  bodyMedia?: 'application/octet-stream';
  /** A body may be left out. */
  bodyOptional?: boolean;
  /** A body that may be larger than others, in bytes: whether its sender may is asked before it is read. */
  largeBody?: { most: number; mayBegin(ctx: Context): Promise<void> };
  /** Status and body of success; null for an answer without body. */
  status: 200 | 201 | 204;
  /** The other status of success, with the same schema: 202 where a second administrator must confirm first, 206 for a range. */
  orStatus?: 202 | 206;
  answer: TSchema | null;
  /** Media type of the answer; JSON unless told. */
  media?: string;
  /** What it refuses beyond what every operation may. */
  refusals: readonly ErrorCode[];
  /** Takes Range and If-Range. */
  ranges?: boolean;
  /** Takes If-Match. */
  conditional?: boolean;
  /** Takes Idempotency-Key; every POST that changes something does. */
  repeatable?: boolean;
  examples: { body?: unknown; answer?: unknown };
  run(call: Call<P, Q, B>): Promise<Reply>;
};

/** Lets the compiler derive what `run` gets from the schemas, and then forgets: operations of all shapes go in one list. */
export function operation<
  P extends TObject = TObject<Record<never, never>>,
  Q extends TObject = TObject<Record<never, never>>,
  B extends TSchema = TSchema,
>(one: Operation<P, Q, B>): Operation {
  return one as unknown as Operation;
}

/** What operations that deal with more than an action need. */
export type ApiParts = { safe: Safe; settings: Settings; throttle: Throttle };
