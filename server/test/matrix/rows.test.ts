import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { actions, may, mayOnItem } from '../../src/domain/access.ts';
import { rights } from './expected.ts';
import { itemCalls } from './item-calls.ts';
import { ofTheHost, thingCalls } from './thing-calls.ts';

describe('the access matrix', () => {
  it('has a row for every action, and a call that plays each', () => {
    assert.deepEqual(
      rights.map(({ action }) => action),
      actions,
    );
    const played = [...itemCalls, ...thingCalls].map(({ action }) => action);
    assert.deepEqual(new Set([...played, ...ofTheHost]), new Set(actions));
    for (const { action, who } of rights) assert.equal(who === 'nobody', ofTheHost.includes(action), action);
  });

  it('lets the operator of the host do what its column says, and never anything with an item', () => {
    const operator = { kind: 'operator', name: 'tester' } as const;
    const item = { kind: 'note', number: 1, ownerId: 1 } as never;
    for (const { action, host } of rights) {
      assert.equal(may(action, operator, null), host, action);
      for (const relation of ['owner', 'editor', 'viewer', 'none'] as const)
        assert.equal(action.startsWith('item.') && mayOnItem(action as 'item.read', operator, relation, item), false);
    }
  });
});
