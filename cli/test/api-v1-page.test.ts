import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type PastingGround, shellBlocks, startPastingGround } from './pasting.ts';

describe('the ten tasks of the page on our own API', () => {
  let ground: PastingGround;
  before(async () => {
    ground = await startPastingGround();
  });
  after(() => ground.close());

  it('work when pasted', async () => {
    const [first = '', tasks = ''] = shellBlocks('docs/reference/api-v1.md');
    const answers = (await ground.paste(`${first}${tasks}`)).split('\n').filter((line) => line.startsWith('{'));
    // The first line of answers is the key's own; each task prints one.
    const told = answers.slice(-10).map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(told.length, 10);
    const [created, found, revealed, changed, shared, access, versions, restored, batch, disabled] = told;
    assert.equal(created?.number, 1);
    assert.equal(found?.total, 1);
    const { password, code } = (revealed?.secrets ?? {}) as Record<string, string>;
    assert.equal(password, 'not-a-real-one');
    assert.match(code ?? '', /^\d{6}$/);
    assert.deepEqual([changed?.version, changed?.revision], [2, 2]);
    assert.deepEqual(shared, { changed: true, revision: 3 });
    assert.deepEqual(
      (access?.users as { username: string }[] | undefined)?.map(({ username }) => username),
      ['ana', 'bruno'],
    );
    assert.deepEqual(
      (versions?.versions as { version: number }[] | undefined)?.map(({ version }) => version),
      [2, 1],
    );
    assert.deepEqual(restored, { changed: true, revision: 4 });
    type Result = { result?: { secrets: Record<string, string> }; problem?: { code: string } };
    const [one, none] = (batch?.results ?? []) as Result[];
    assert.equal(one?.result?.secrets.password, 'not-a-real-one');
    assert.equal(none?.problem?.code, 'item_not_found');
    assert.deepEqual(disabled, { changed: true, revision: 5 });
  });
});
