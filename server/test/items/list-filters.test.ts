import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setShareEnd } from '../set-up-store.ts';
import { engines, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { invalid, mustBe, success } from '../wire-envelopes.ts';
import { apiSecretKind, noteKind, passwordKind, type WireKind } from './wire-kinds.ts';

const github = 'https://github.com';

/** Queries of ana's, and the identifiers of the lines that they give. */
const rows: [WireKind, string, string][] = [
  [passwordKind, '', '1 2 3 4 5'],
  [passwordKind, 'name=Github', '1 2 4'],
  [passwordKind, 'name=gITHUB', '1 2 4'],
  [passwordKind, 'name=%20github%09', '1 2 4'],
  [passwordKind, 'name=%EF%BC%A7ithub', '1 2 4'],
  [passwordKind, 'name=git', ''],
  [passwordKind, 'name=hub', ''],
  [passwordKind, 'name=github.com', ''],
  [passwordKind, 'name=%25', ''],
  [passwordKind, 'name=file+server', '3'],
  [passwordKind, 'tag=work', '1 2 4'],
  [passwordKind, 'tag=WORK', '1 2 4'],
  [passwordKind, 'tag=code', '1'],
  [passwordKind, 'tag=%20b%20', '3 5'],
  [passwordKind, 'tag=a,b', ''],
  [passwordKind, 'tag=a%2C%20b%2C%20c', ''],
  [passwordKind, 'username=dev', '1 3 4'],
  [passwordKind, `url=${github}`, '1 4'],
  [passwordKind, `url=${github.toUpperCase()}`, '1 4'],
  [passwordKind, 'name=github&username=dev', '1 4'],
  [passwordKind, 'name=github&tag=code', '1'],
  [passwordKind, `name=github&username=dev&url=${github}&tag=work`, '1 4'],
  [passwordKind, 'name=github&tag=b', ''],
  [passwordKind, 'name=github&username=bia', ''],
  [passwordKind, 'name=&tag=%20&username=', '1 2 3 4 5'],
  [passwordKind, 'identifier_code=x&note=y&NAME=z', '1 2 3 4 5'],
  [passwordKind, 'password=pw', '1 2 3 4 5'],
  [passwordKind, 'enabled=1', '1 2 3 4 5'],
  [passwordKind, 'enabled=', '1 2 3 4 5'],
  [passwordKind, 'enabled=0', '7'],
  [passwordKind, 'enabled=all', '1 2 3 4 5 7'],
  [passwordKind, 'name=github&enabled=all', '1 2 4 7'],
  [passwordKind, 'name=github&enabled=0&tag=work', '7'],
  [passwordKind, 'name=mail&enabled=0', ''],
  [noteKind, '', '1 2'],
  [noteKind, 'name=door', '1'],
  [noteKind, 'tag=home', '1 2'],
  [noteKind, 'tag=home&name=door', '1'],
  [noteKind, 'username=x&identifier_code=x', '1 2'],
  [apiSecretKind, '', '1 2 3'],
  [apiSecretKind, 'identifier_code=CODE1', '1 3'],
  [apiSecretKind, 'identifier_code=code', ''],
  [apiSecretKind, 'tag=cloud', '1 2'],
  [apiSecretKind, 'tag=cloud&identifier_code=code2', '2'],
  [apiSecretKind, 'name=nothing&username=x&url=x', '1 2 3'],
];

const wrong: [string, string[]][] = [
  ['limit', ['0', '-1', 'x', '1.5', '1e3', '%201', '1000000000000000', '0x1']],
  ['after', ['-1', 'x', '1.5', '%00', '1000000000000000']],
  ['enabled', ['2', 'true', 'ALL', 'none', '01']],
];

for (const engine of engines) {
  describe(`filters of lists on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startWire(engine);
      const people = await Promise.all(['ana', 'bia', 'caio'].map((name) => safe.person(name)));
      const [bia, caio] = people.slice(1) as [Person, Person];
      ana = people[0] as Person;
      await safe.operator.run('group.add', { name: 'Team', members: ['ana'] });
      const create = async (who: Person, wire: WireKind, body: object) => {
        const made = await who.call('POST', wire.path, { ...wire.least, ...body });
        assert.equal(made.status, 201, made.text);
      };
      const withAna = { users_allowed: [{ username: 'ana' }] };
      const withTeam = { groups_allowed: [{ name: 'Team' }] };
      await create(ana, passwordKind, { name: 'Github', username: 'dev', url: github, tags: 'code, work' });
      await create(ana, passwordKind, { name: 'GitHub ', username: 'ops', tags: 'Work' });
      await create(ana, passwordKind, { name: 'ﬁle server', username: 'dev', tags: 'a, b, c' });
      await create(bia, passwordKind, { name: 'github', username: 'dev', url: github, tags: 'work', ...withAna });
      await create(bia, passwordKind, { name: 'Mail', username: 'bia', tags: 'b', ...withTeam });
      await create(bia, passwordKind, { name: 'github', tags: 'work' });
      await create(ana, passwordKind, { name: 'github', tags: 'work' });
      await ana.call('POST', `${passwordKind.path}/inactive/7`);
      await create(caio, passwordKind, { name: 'github', tags: 'work', ...withAna });
      await setShareEnd(safe, 'password', 8, 'ana', new Date(Date.now() - 1));
      await create(ana, noteKind, { name: 'door', tags: 'home' });
      await create(bia, noteKind, { name: 'window', tags: 'home,x', ...withTeam });
      await create(ana, apiSecretKind, { identifier_code: 'Code1', tags: 'cloud' });
      await create(ana, apiSecretKind, { identifier_code: 'Code2', tags: 'cloud' });
      await create(bia, apiSecretKind, { identifier_code: 'code1', ...withAna });
    });
    after(() => safe.close());

    const identifiers = async (wire: WireKind, query: string) => {
      const { status, text, json } = await ana.call('GET', `${wire.path}${query === '' ? '' : `?${query}`}`);
      assert.equal(status, 200, text);
      const lines = (json as Record<string, { identifier: string }[]>)[wire.listKey] ?? [];
      return lines.map((line) => line.identifier).join(' ');
    };

    for (const [wire, query, expected] of rows) {
      it(`${wire.kind}: ${query || 'none'}`, async () => {
        assert.equal(await identifiers(wire, query), expected);
      });
    }

    for (const [name, values] of wrong) {
      it(`${name} that is wrong`, async () => {
        for (const value of values) {
          for (const wire of [passwordKind, noteKind, apiSecretKind]) {
            mustBe(await ana.call('GET', `${wire.path}?${name}=${value}`), invalid(name), value);
          }
        }
      });
    }

    it('nothing found is an empty list', async () => {
      mustBe(await ana.call('GET', `${noteKind.path}?name=nothing`), success(200, '', { note_on_list: [] }));
    });

    it('an item is found by what it is now, not by what it was', async () => {
      const path = `${passwordKind.path}/update/3`;
      await ana.call('PUT', path, { name: 'Archive', tags: 'c, d' });
      assert.equal(await identifiers(passwordKind, 'name=file+server'), '');
      assert.equal(await identifiers(passwordKind, 'name=archive&tag=D'), '3');
      assert.equal(await identifiers(passwordKind, 'tag=a'), '');
      await ana.call('PUT', path, { tags: '' });
      assert.equal(await identifiers(passwordKind, 'tag=d'), '');
    });
  });
}
