import { type Expected, success } from '../envelopes.ts';
import type { Exchange } from '../exchange.ts';
import { type Content, messageOf, ownRead, ownWritten, payloadKey, type WireKind } from '../kinds.ts';
import { publishedExchanges } from '../published.ts';
import type { Shape } from '../shape.ts';

type Make = (name: string, ask: Exchange['ask'], expected: Exchange['expected'], more?: Partial<Exchange>) => Exchange;

/** Makes exchanges about a kind. One that bears the id of a published exchange is documented where that one is. */
export function exchangeOf({ path }: WireKind, always: Partial<Exchange> = {}): Make {
  return (name, ask, expected, more = {}) => {
    const id = `${path}-${name}`;
    const source = publishedExchanges.find((one) => one.id === id)?.source ?? null;
    return { id, group: path, source, ask, expected, ...always, ...more };
  };
}

/** A field's name as part of an id. */
export function dashed(name: string): string {
  return name.replaceAll('_', '-');
}

/** The answer that says an item of this content was made. */
export function createdAs(kind: WireKind, content: Content, problems: Shape[] = []): Expected {
  const id = `${kind.path}-create`;
  return success(201, messageOf(id), { [payloadKey(id)]: ownWritten(kind, content, null, problems) });
}

/** The answer to a read of an item of our own. */
export function readAs(kind: WireKind, content: Content, identifier: string): Expected {
  const id = `${kind.path}-read`;
  return success(200, messageOf(id), { [payloadKey(id)]: ownRead(kind, content, identifier) });
}
