import type { Exchange } from '../exchange.ts';
import { kinds, type WireKind } from '../kinds.ts';
import { credentials } from './credentials.ts';
import { fields } from './fields.ts';
import { life } from './life.ts';
import { lists } from './lists.ts';
import { reads } from './reads.ts';
import { routes } from './routes.ts';
import { single } from './single-kinds.ts';
import { states } from './states.ts';
import { tokens } from './tokens.ts';

function ofKind(kind: WireKind): Exchange[] {
  return [...lists(kind), ...reads(kind), ...life(kind), ...states(kind), ...fields(kind), ...single[kind.path](kind)];
}

const onOwnPrefix = [...tokens, ...routes, ...kinds.flatMap(ofKind)];

/** A few of each sort, below the other prefix. */
const aliased = [
  ...['token-by-form', 'token-by-basic', 'token-without-grant-type', 'route-unknown'],
  ...kinds.flatMap(({ path }) => [
    `${path}-list-by-tag-of-nothing`,
    `${path}-read-not-found`,
    `${path}-disable-not-found`,
  ]),
];

function alias(exchange: Exchange): Exchange {
  const { learn: _learn, ...rest } = exchange;
  return {
    ...rest,
    id: `alias-${exchange.id}`,
    group: 'alias',
    ask: (known, identifier) => {
      const request = exchange.ask(known, identifier);
      return 'skip' in request ? request : { ...request, below: 'other' };
    },
  };
}

/** Every exchange in the order in which they are played. */
export const allExchanges: readonly Exchange[] = [
  ...onOwnPrefix,
  ...onOwnPrefix.filter(({ id }) => aliased.includes(id)).map(alias),
  ...credentials,
];
