import { answerOf, refusal, success } from '../envelopes.ts';
import type { Exchange, Known, Request, Skip } from '../exchange.ts';
import { messageOf, payloadKey, readShape, type WireKind } from '../kinds.ts';
import { get } from '../request.ts';
import { farAway, oddIdentifiers } from './identifiers.ts';
import { exchangeOf } from './of-kind.ts';

export const badIdentifier = refusal(1010, 'Unexpected identifier type');

/** Reads that reveal nothing, and one that does. */
export function reads(kind: WireKind): Exchange[] {
  const group = kind.path;
  const items = `/mysafe/${group}`;
  const exchange = exchangeOf(kind);
  const firstReadable = ({ lists }: Known): Request | Skip => {
    const isOpen = { need_justify: '0', need_approval: '0', can_view: true };
    const found = lists.get(group)?.find((one) => Object.entries(isOpen).every(([key, value]) => one[key] === value));
    return found ? get(`${items}/${String(found.identifier)}`) : { skip: 'the list has nothing to read' };
  };
  const revealed = success(200, messageOf(`${group}-read`), { [payloadKey(`${group}-read`)]: readShape(kind) });
  const notFound = answerOf(`${group}-read-not-found`);
  return [
    exchange('read-listed', firstReadable, revealed, { needs: 'reveal', after: `${group}-list` }),
    exchange('read-not-found', () => get(`${items}/${farAway}`), notFound),
    exchange('read-bad-identifier', () => get(`${items}/abc`), badIdentifier),
    ...(group === 'password' ? oddReads(kind) : []),
  ];
}

/** What holds for one kind holds for all: these are asked once. */
function oddReads(kind: WireKind): Exchange[] {
  const items = `/mysafe/${kind.path}`;
  const exchange = exchangeOf(kind);
  return [
    ...Object.entries(oddIdentifiers).map(([name, one]) =>
      exchange(`read-identifier-${name}`, () => get(`${items}/${one}`), badIdentifier),
    ),
    exchange('read-longest-identifier', () => get(`${items}/${'9'.repeat(15)}`), answerOf('password-read-not-found')),
    ...['read-no-access', 'disable-no-access', 'enable-no-access'].map((name) =>
      exchange(name, () => ({ skip: 'needs an item of another user' }), answerOf(`password-${name}`)),
    ),
  ];
}
