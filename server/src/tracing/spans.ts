import { AsyncLocalStorage } from 'node:async_hooks';

/** What a part of a request's work may be called: a closed list, so that no value gets into a name. */
export type PartName =
  | 'store.read'
  | 'pump.wait'
  | 'pump.action'
  | 'pump.commit'
  | 'crypto.open'
  | 'crypto.seal'
  | 'crypto.hash-password'
  | 'crypto.sign-token'
  | 'crypto.verify-token'
  | 'crypto.encrypt-answer';

/** A stretch of a request's work that is told of elsewhere. Times are those of `performance.now()`; now unless given. */
export type Span = {
  /** Begins a part of it; null once the request has had as many as are told of. */
  begin(name: PartName, from?: number): Span | null;
  end(to?: number): void;
};

// It holds values of requests alone, and costs nothing until one of them brings a span.
const current = new AsyncLocalStorage<Span>();

export function currentSpan(): Span | undefined {
  return current.getStore();
}

/** Does the work so that what it begins becomes part of the span. */
export function within<T>(span: Span | null | undefined, work: () => T): T {
  return span ? current.run(span, work) : work();
}

/** Does the work as a part of the span that it is done in, if there is one. */
export function traced<T>(name: PartName, work: () => T): T {
  const span = current.getStore()?.begin(name);
  if (!span) return work();
  let isLater = false;
  try {
    const value = current.run(span, work);
    if (!(value instanceof Promise)) return value;
    isLater = true;
    return value.finally(() => span.end()) as T;
  } finally {
    if (!isLater) span.end();
  }
}
