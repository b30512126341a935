import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { engines, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { entityOf, noteKind, passwordKind } from './wire-kinds.ts';

// More than two slices of 200. By the place in which they were asked for: odd ones are ana's, even ones bia's, half of
// which ana sees.
const most = 450;
const isOdd = (at: number) => at % 2 === 1;
const isSeen = (at: number) => isOdd(at) || at % 4 === 0;
const isDisabled = (at: number) => at % 9 === 0;
const isTagged = (at: number) => at % 5 === 0;
const isChosen = (at: number) => at % 3 === 0;
const isEnabled = (at: number) => isSeen(at) && !isDisabled(at);
type Keep = (at: number) => boolean;

for (const engine of engines) {
  describe(`long lists on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let bia: Person;
    let made: { at: number; number: number }[] = [];
    const numbers = (...keep: Keep[]) =>
      made.filter(({ at }) => keep.every((one) => one(at))).map(({ number }) => number);

    before(async () => {
      safe = await startWire(engine);
      [ana, bia] = await Promise.all([safe.person('ana'), safe.person('bia')]);
      const create = async (at: number) => {
        const owner = isOdd(at) ? ana : bia;
        const users_allowed = isOdd(at) || !isSeen(at) ? [] : [{ username: 'ana', can_edit: true }];
        const tags = isTagged(at) ? 'five' : 'other';
        const answer = await owner.call('POST', noteKind.path, { name: `n${at}`, note: 't', tags, users_allowed });
        assert.equal(answer.status, 201, answer.text);
        const number = Number(entityOf(answer).identifier);
        if (isDisabled(at)) await owner.call('POST', `${noteKind.path}/inactive/${number}`);
        return { at, number };
      };
      const places = Array.from({ length: most }, (_, at) => at + 1);
      while (places.length > 0) made.push(...(await Promise.all(places.splice(0, 50).map(create))));
      // Those that were asked for together got their numbers in any order.
      made = made.toSorted((a, b) => a.number - b.number);
    });
    after(() => safe.close());

    const list = async (query: string, who = ana) => {
      const { status, text, json } = await who.call('GET', `${noteKind.path}?${query}`);
      assert.equal(status, 200, text);
      return (json as { note_on_list: { identifier: string }[] }).note_on_list.map((line) => Number(line.identifier));
    };

    it('are whole and ascend by number', async () => {
      assert.deepEqual(await list(''), numbers(isEnabled));
      assert.deepEqual(await list('enabled=all'), numbers(isSeen));
      assert.deepEqual(await list('enabled=0'), numbers(isSeen, isDisabled));
      assert.deepEqual(await list('tag=five'), numbers(isEnabled, isTagged));
      assert.deepEqual(
        await list('', bia),
        numbers((at) => !isOdd(at) && !isDisabled(at)),
      );
    });

    it('are cut at a limit and go on after a number', async () => {
      const whole = numbers(isEnabled);
      const { length } = whole;
      for (const limit of [1, 2, 199, 200, 201, length - 1, length, length + 1, 10_000]) {
        assert.deepEqual(await list(`limit=${limit}`), whole.slice(0, limit), String(limit));
      }
      for (const after of [0, 1, 2, 3, 225, whole[199], whole[200], most - 1, most, 999_999_999_999_999]) {
        const rest = whole.filter((number) => number > Number(after));
        assert.deepEqual(await list(`after=${after}`), rest, String(after));
        assert.deepEqual(await list(`after=${after}&limit=3`), rest.slice(0, 3), String(after));
      }
    });

    const paged: [string, Keep[]][] = [
      ['', [isEnabled]],
      ['&enabled=all', [isSeen]],
      ['&tag=five', [isEnabled, isTagged]],
      ['&tag=five&enabled=0', [isSeen, isTagged, isDisabled]],
    ];
    for (const [query, keep] of paged) {
      it(`are read page by page to their end${query}`, async () => {
        const read: number[] = [];
        for (let pages = 0; pages <= most; pages += 1) {
          const page = await list(`limit=37&after=${read.at(-1) ?? 0}${query}`);
          read.push(...page);
          if (page.length < 37) break;
        }
        assert.deepEqual(read, numbers(...keep));
      });
    }

    it('show a key for chosen items those alone, as far as its owner reaches them', async () => {
      const key = await safe.person('ana', { items: numbers(isChosen).map((number) => `note:${number}`) });
      const chosen = numbers(isEnabled, isChosen);
      assert.deepEqual(await list('', key), chosen);
      const rest = chosen.filter((number) => number > 30);
      assert.deepEqual(await list('limit=5&after=30', key), rest.slice(0, 5));
      assert.deepEqual(await list('tag=five', key), numbers(isEnabled, isChosen, isTagged));
      assert.deepEqual(await list('enabled=all', key), numbers(isSeen, isChosen));
      const { json } = await key.call('GET', passwordKind.path);
      assert.deepEqual((json as { password_on_list: unknown[] }).password_on_list, []);
    });

    it('show a key for no item nothing', async () => {
      assert.deepEqual(await list('', await safe.person('ana', { items: [] })), []);
    });
  });
}
