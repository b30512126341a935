import type { Chance } from './chance.ts';
import { oddBody } from './odd-bodies.ts';
import { bendPath, frame, oddHeaders } from './odd-http.ts';
import { oddIdentifiers, oddTypes } from './odd-values.ts';
import { type OddRequest, oddMethods } from './odd-wire.ts';

/** A route as the server has it: `/docs`, or `/a/:b`. */
export type Route = { method: string; url: string };

/** A request to a route that is neither the wire's nor one of our own API's operations, or to none at all. */
export function oddStray(chance: Chance, routes: readonly Route[]): OddRequest {
  const nowhere = {
    method: 'GET',
    url: chance.pick(['/', '/items', '/api', '/api/v2/items', '/assets/x.js', '/%00', '*']),
  };
  const route = chance.onceIn(4) ? nowhere : chance.pick(routes);
  const filled = route.url.replaceAll(/:\w+/g, () => chance.pick(oddIdentifiers));
  const path = `${bendPath(chance, filled)}${chance.pick(['', '', '?', '?a=%zz', '?__proto__=1', '?x='.padEnd(3000, 'y')])}`;
  const method = chance.onceIn(8) ? chance.pick(oddMethods) : route.method;
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: safe.example', ...oddHeaders(chance)];
  if (chance.onceIn(4)) lines.push(`Content-Type: ${chance.pick(oddTypes)}`);
  const { framing, content } = frame(chance, chance.onceIn(3) ? oddBody(chance) : Buffer.alloc(0));
  const head = Buffer.from(`${[...lines, ...framing].join('\r\n')}\r\n\r\n`, 'latin1');
  return { method, path, bytes: Buffer.concat([head, content]), operation: null };
}
