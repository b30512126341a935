import { success } from '../envelopes.ts';
import type { Exchange, Known } from '../exchange.ts';
import { type Content, messageOf, ownWritten, payloadKey, type WireKind } from '../kinds.ts';
import { get, sendJson } from '../request.ts';
import type { Shape } from '../shape.ts';
import { cleared, created, emptying, updated } from './content.ts';
import { createdAs, exchangeOf, readAs } from './of-kind.ts';
import { ownLists } from './own-lists.ts';

type ContentOf = (known: Known) => Content;

/** An item is made, read and updated: each step builds on the one before. */
export function life(kind: WireKind): Exchange[] {
  const items = `/mysafe/${kind.path}`;
  const exchange = exchangeOf(kind, { needs: 'write' });
  const writeKey = payloadKey(`${kind.path}-create`);
  const after = (name: string) => ({ after: `${kind.path}-${name}` });
  const atFirst: ContentOf = (known) => created(kind, known);
  const changed: ContentOf = (known) => updated(kind, known);
  const tagged: ContentOf = (known) => ({ ...changed(known), tags: 'one, two three' });
  const emptied: ContentOf = (known) => cleared(kind, tagged(known));

  const update = (method: 'PUT' | 'POST', body: (known: Known) => object): Exchange['ask'] => {
    return (known, identifier) => sendJson(method, `${items}/update/${identifier}`, body(known));
  };
  const written = (content: ContentOf, problems: (known: Known) => Shape[] = () => []): Exchange['expected'] => {
    return (known, identifier) =>
      success(200, messageOf(kind.update), {
        [writeKey]: ownWritten(kind, content(known), identifier, problems(known)),
      });
  };
  const read = (content: ContentOf): [Exchange['ask'], Exchange['expected']] => [
    (_known, identifier) => get(`${items}/${identifier}`),
    (known, identifier) => readAs(kind, content(known), identifier),
  ];

  return [
    exchange(
      'create',
      (known) => sendJson('POST', items, atFirst(known)),
      (known) => createdAs(kind, atFirst(known)),
    ),
    ...ownLists(kind),
    exchange('read', ...read(atFirst), after('create')),
    exchange('update', update('PUT', changed), written(changed), after('create')),
    exchange('read-updated', ...read(changed), after('update')),
    exchange(
      'update-by-post',
      update('POST', () => ({ tags: ' one,two three ,,one' })),
      written(tagged),
      after('update'),
    ),
    exchange(
      'update-clearing',
      update('PUT', () => emptying(kind)),
      written(emptied),
      after('update-by-post'),
    ),
    exchange(
      'update-with-nothing',
      update('PUT', () => ({})),
      written(emptied),
      after('update-clearing'),
    ),
    exchange('read-cleared', ...read(emptied), after('update-clearing')),
    exchange(
      'share-with-unknown',
      update('PUT', ({ mark }) => ({
        users_allowed: [{ username: mark, can_edit: true }],
        groups_allowed: [{ name: mark }],
      })),
      written(emptied, ({ mark }) => [
        { username: mark, message: 'User not found' },
        { name: mark, message: 'Group not found' },
      ]),
      after('update-with-nothing'),
    ),
    exchange(
      'update-sharing-only',
      update('PUT', () => ({ users_allowed: [] })),
      written(emptied),
      after('update-with-nothing'),
    ),
  ];
}
