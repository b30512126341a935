import type { Answer } from './call.ts';
import type { Exchange, Request } from './exchange.ts';
import { typeOf } from './shape.ts';

/** An item that this run made. */
export type Made = { path: string; identifier: string };

/** Which item each exchange was about, and all that were made. */
export type Items = {
  has(exchangeId: string): boolean;
  of(exchangeId: string | undefined): string;
  keep(exchange: Exchange, request: Request, answer: Answer): void;
  made(): readonly Made[];
};

export function keepItems(): Items {
  const byExchange = new Map<string, string>();
  const made: Made[] = [];
  const of = (id: string | undefined) => (id === undefined ? '' : (byExchange.get(id) ?? ''));
  return {
    has: (id) => byExchange.has(id),
    of,
    keep({ id, after }, request, answer) {
      if (answer.status > 299) return;
      const [, path] = /^\/mysafe\/(\w+)$/.exec(request.path) ?? [];
      const identifier = request.method === 'POST' && path ? identifierIn(answer) : null;
      // Whether it was meant to be made or not.
      if (path && identifier !== null) made.push({ path, identifier });
      byExchange.set(id, identifier ?? of(after));
    },
    made: () => made,
  };
}

function identifierIn({ json }: Answer): string | null {
  if (typeOf(json) !== 'object') return null;
  for (const value of Object.values(json as object)) {
    const identifier = typeOf(value) === 'object' ? (value as Record<string, unknown>).identifier : undefined;
    if (/^\d{1,15}$/.test(String(identifier))) return String(identifier);
  }
  return null;
}
