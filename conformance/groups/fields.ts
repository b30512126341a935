import { type Expected, invalid, missing, refusal } from '../envelopes.ts';
import type { Exchange, Known } from '../exchange.ts';
import type { Content, WireKind } from '../kinds.ts';
import { json, sendJson } from '../request.ts';
import { least, requiredOf } from './content.ts';
import { createdAs, dashed, exchangeOf } from './of-kind.ts';

/** Faults in what is sent, in the order in which they are looked for, and the limits of each field. */
export function fields(kind: WireKind): Exchange[] {
  const items = `/mysafe/${kind.path}`;
  const exchange = exchangeOf(kind, { needs: 'write' });
  const refused = (name: string, body: (known: Known) => unknown, expected: Expected): Exchange =>
    exchange(`create-${name}`, (known) => sendJson('POST', items, body(known)), expected);
  const beside = (more: object) => (known: Known) => ({ ...least(kind, known), ...more });
  const required = requiredOf(kind);
  const manyTags = Array.from({ length: 51 }, (_, at) => `t${at}`).join();

  return [
    exchange(
      'create-least',
      (known) => sendJson('POST', items, { ...least(kind, known), nobody_knows: 1 }),
      (known) => createdAs(kind, least(kind, known)),
    ),
    ...required.map((name, at) =>
      refused(`without-${dashed(name)}`, (known) => pick(least(kind, known), required.slice(0, at)), missing(name)),
    ),
    ...Object.entries({ null: null, empty: '', blank: ' \t' }).map(([word, value]) =>
      refused(`with-${word}-name`, beside({ name: value }), missing('name')),
    ),
    ...kind.order.map((name, at) =>
      refused(`with-${dashed(name)}-of-another-type`, (known) => faultyFrom(kind, known, at), invalid(name)),
    ),
    ...kind.fields
      .filter(({ name }) => name !== 'note')
      .map(({ name, most }) =>
        refused(`with-${dashed(name)}-too-long`, beside({ [name]: 'x'.repeat(most + 1) }), invalid(name)),
      ),
    refused('with-too-many-tags', beside({ tags: manyTags }), invalid('tags')),
    refused('with-tag-too-long', beside({ tags: 'x'.repeat(256) }), invalid('tags')),
    refused('with-user-without-name', beside({ users_allowed: [{ can_edit: true }] }), invalid('users_allowed')),
    refused('with-group-without-name', beside({ groups_allowed: [{ name: ' ' }] }), invalid('groups_allowed')),
    refused('with-list-for-body', () => [], missing('name')),
    exchange(
      'create-with-unreadable-body',
      () => ({ method: 'POST', path: items, headers: { 'content-type': json }, body: '{"name":' }),
      refusal(1001, 'Request body is not valid JSON'),
    ),
    exchange(
      'update-with-empty-name',
      (_known, identifier) => sendJson('PUT', `${items}/update/${identifier}`, { name: '' }),
      missing('name'),
      { after: `${kind.path}-create-least` },
    ),
  ];
}

/** Right up to a field, and of another type from there on: the first fault is told. */
function faultyFrom(kind: WireKind, known: Known, at: number): object {
  const right = pick(least(kind, known), kind.order.slice(0, at));
  return { ...right, ...Object.fromEntries(kind.order.slice(at).map((name) => [name, 1])) };
}

function pick(content: Content, names: readonly string[]): Content {
  return Object.fromEntries(Object.entries(content).filter(([name]) => names.includes(name)));
}
