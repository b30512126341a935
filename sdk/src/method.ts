// The shapes of the methods; which operation has which, and what it takes and gives, is generated.

/** What every call may be given. */
export type CallOptions = {
  /** Ends the call at once, also while it waits to try again; it then fails with `aborted`. */
  signal?: AbortSignal | undefined;
};

/** Of a change that can be refused when someone else saved first. */
export type Conditional = {
  /** The `revision` that was read, or an ETag: refused with `revision_stale` if it is another one by now. */
  ifMatch?: number | string | undefined;
};

/** Of a POST that the safe does once, however often it arrives. The client makes a key of its own for its retries. */
export type Repeatable = {
  /** For retries beyond this client's, such as by a job that may run again: at most 255 characters, kept for 24 hours. */
  idempotencyKey?: string | undefined;
};

/** Of a read whose answer has an ETag. */
type Known = {
  /** An ETag that was read before: while nothing changed, `status` is 304 and `data` null. */
  ifNoneMatch: string | null | undefined;
};

export type Answer<Result, Status extends number = number> = {
  data: Result;
  status: Status;
  etag: string | null;
  requestId: string | null;
  headers: Headers;
};

/** Nothing changed since the ETag that was told. */
export type Unchanged = Answer<null, 304>;

type Arguments<Input, Options> =
  Record<never, never> extends Input
    ? [input?: Input, options?: CallOptions & Options]
    : [input: Input, options?: CallOptions & Options];

/** An operation. `input` holds all that it takes, whether it travels in the path, the query or the body. */
export interface Method<Input, Result, Options = unknown, Status extends number = 200> {
  (...given: Arguments<Input, Options>): Promise<Result>;
  /** The same, answered with status, ETag and headers around the result. */
  withResponse(...given: Arguments<Input, Options>): Promise<Answer<Result, Status>>;
}

/** A read, whose answer has an ETag. */
export interface Read<Input, Result> {
  (...given: Arguments<Input, unknown>): Promise<Result>;
  /** The same, answered with status, ETag and headers around the result. */
  withResponse(input: Input, options: CallOptions & Known): Promise<Answer<Result, 200> | Unchanged>;
  withResponse(...given: Arguments<Input, unknown>): Promise<Answer<Result, 200>>;
}

/** A list that comes in pages. */
export interface Pages<Input, Result, List extends keyof Result> extends Read<Input, Result> {
  /** All that the pages hold, from the first (or where `input` begins) to the last; each page is read when it is needed. */
  all(...given: Arguments<Input, unknown>): AsyncGenerator<Element<Result[List]>, void, undefined>;
}

type Element<List> = List extends readonly (infer One)[] ? One : never;
