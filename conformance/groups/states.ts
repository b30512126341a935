import { answerOf, noRoute, success } from '../envelopes.ts';
import type { Exchange } from '../exchange.ts';
import { payloadKey, type WireKind } from '../kinds.ts';
import { get, json, sendJson } from '../request.ts';
import { updated } from './content.ts';
import { farAway } from './identifiers.ts';
import { exchangeOf } from './of-kind.ts';
import { badIdentifier } from './reads.ts';

/** The item just made is disabled and enabled; and what is not there is neither. */
export function states(kind: WireKind): Exchange[] {
  const { path } = kind;
  const items = `/mysafe/${path}`;
  const exchange = exchangeOf(kind, { needs: 'write' });
  const [own = ''] = kind.filters;
  const after = (name: string) => ({ after: `${path}-${name}` });
  const post = (verb: string, more: object = {}): Exchange['ask'] => {
    return (_known, identifier) => ({ method: 'POST', path: `${items}/${verb}/${identifier}`, ...more });
  };
  const announced = { headers: { 'content-type': json } };
  const notFound = answerOf(`${path}-read-not-found`);
  const inactive = answerOf(`${path}-read-inactive`);
  const verbs = { update: ['PUT', 'update'], disable: ['POST', 'inactive'], enable: ['POST', 'active'] } as const;

  return [
    exchange(
      'delete',
      (_known, identifier) => ({ method: 'DELETE', path: `${items}/${identifier}` }),
      noRoute,
      after('create'),
    ),
    exchange('disable', post('inactive'), answerOf(`${path}-disable`), after('create')),
    exchange('disable-again', post('inactive', announced), answerOf(`${path}-disable-again`), after('disable')),
    exchange('read-inactive', (_known, identifier) => get(`${items}/${identifier}`), inactive, after('disable')),
    exchange(
      'update-inactive',
      (_known, identifier) => sendJson('PUT', `${items}/update/${identifier}`, { name: '' }),
      inactive,
      after('disable'),
    ),
    exchange(
      'list-without-inactive',
      (known) => get(items, { [own]: updated(kind, known)[own] ?? '' }),
      success(200, '', { [payloadKey(`${path}-list`)]: [] }),
      after('disable'),
    ),
    exchange('enable', post('active', { ...announced, body: 'no JSON' }), answerOf(`${path}-enable`), after('disable')),
    exchange('enable-again', post('active'), answerOf(`${path}-enable-again`), after('enable')),
    ...Object.entries(verbs).flatMap(([name, [method, verb]]) => [
      exchange(`${name}-not-found`, () => sendJson(method, `${items}/${verb}/${farAway}`, { name: 'x' }), notFound),
      exchange(`${name}-bad-identifier`, () => sendJson(method, `${items}/${verb}/abc`, { name: '' }), badIdentifier),
    ]),
  ];
}
