import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Answer, anyPassword, engines, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { storedItem } from '../stored-item.ts';
import { entityOf, wireKinds } from './wire-kinds.ts';

const rounds = 15;

for (const engine of engines) {
  describe(`several changes of one item at once on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startWire(engine, { ARCA_LANES: '4' });
      ana = await safe.person('ana');
      for (const username of ['bia', 'caio']) await safe.operator.run('user.add', { username, password: anyPassword });
      await safe.operator.run('group.add', { name: 'Zoo' });
    });
    after(() => safe.close());

    const allDone = (answers: Answer[]) => {
      for (const { status, text } of answers) assert.equal(status, 200, text);
    };

    for (const wire of wireKinds) {
      const create = async (more: object = {}) => {
        const made = await ana.call('POST', wire.path, { ...wire.least, ...more });
        assert.equal(made.status, 201, made.text);
        return Number(entityOf(made).identifier);
      };
      const read = async (number: number) => entityOf(await ana.call('GET', `${wire.path}/${number}`));
      const update = (number: number, body: object) => ana.call('PUT', `${wire.path}/update/${number}`, body);
      const [, secretField = ''] = Object.keys(wire.least);

      it(`no field of a ${wire.kind} is lost, and its versions are consecutive`, async () => {
        const number = await create();
        for (let round = 1; round <= rounds; round += 1) {
          const changes = [
            { name: `name ${round}` },
            { tags: `tag ${round}` },
            { [secretField]: `value ${round}` },
            { users_allowed: [{ username: round % 2 ? 'bia' : 'caio' }] },
            { groups_allowed: round % 2 ? [{ name: 'Zoo' }] : [] },
          ];
          allDone(await Promise.all(changes.map((change) => update(number, change))));
          const entity = await read(number);
          assert.deepEqual(
            [entity.name, entity.tags, entity[secretField]],
            [`name ${round}`, `tag ${round}`, `value ${round}`],
          );
          const stored = await storedItem(safe, wire.kind, number);
          const version = 1 + round * 3;
          const versions = Array.from({ length: version }, (_, at) => at + 1);
          assert.deepEqual(stored, { version, revision: 1 + round * 5, versions });
        }
      });

      it(`a ${wire.kind} that is read while it changes is one whole version or another`, async () => {
        const number = await create({ name: 'v0', [secretField]: 'v0', tags: 'v0' });
        for (let round = 1; round <= rounds; round += 1) {
          const whole = { name: `v${round}`, [secretField]: `v${round}`, tags: `v${round}` };
          const path = `${wire.path}/${number}`;
          const answers = await Promise.all([
            ana.call('GET', path),
            update(number, whole),
            ana.call('GET', path),
            ana.call('GET', wire.path),
            ana.call('GET', path),
          ]);
          allDone(answers);
          for (const answer of [answers[0], answers[2], answers[4]]) {
            assert.ok(answer);
            const { name, tags, [secretField]: secret } = entityOf(answer);
            assert.deepEqual([tags, secret], [name, name]);
          }
        }
      });

      it(`a ${wire.kind} that is disabled twice at once is disabled once`, async () => {
        const number = await create();
        for (let round = 0; round < 5; round += 1) {
          for (const [verb, done, already] of [
            ['inactive', wire.disabled, wire.alreadyDisabled],
            ['active', wire.enabled, wire.alreadyEnabled],
          ] as const) {
            const path = `${wire.path}/${verb}/${number}`;
            const answers = await Promise.all([1, 2, 3, 4].map(() => ana.call('POST', path)));
            const messages = answers.map(({ json }) => (json as { response: { message: string } }).response.message);
            assert.deepEqual(messages.toSorted(), [already, already, already, done].toSorted());
          }
        }
        assert.equal((await storedItem(safe, wire.kind, number)).revision, 11);
      });
    }

    it('new items at once have numbers of their own', async () => {
      const [wire] = wireKinds;
      assert.ok(wire);
      const made = await Promise.all(Array.from({ length: 40 }, () => ana.call('POST', wire.path, wire.least)));
      const numbers = made.map((answer) => entityOf(answer).identifier);
      assert.equal(new Set(numbers).size, 40);
    });
  });
}
