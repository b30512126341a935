import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bare, bareSettings } from '../bare-settings.ts';
import { type ChildServer, startChildServer } from '../child-server.ts';
import { anyPassword, engineOf } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { listKeys, untilFinished } from './rotate-to-end.ts';

const path = '/api/mysafe/password';
const items = 450;
const kills = 2;

type Call = (method: string, path: string, body?: object) => Promise<{ status: number; text: string }>;
/** By number: the password that was acknowledged, or both that may stand there; `isBusy` while someone changes it. */
type Known = Map<string, { password: string; tag: string; isBusy: boolean }>;

// A use is counted before the making of its item is committed; when it is flushed in between, PostgreSQL refuses it.
const errorsIn = (log: string) =>
  log.split('\n').filter((line) => line.includes('"level":"error"') && !line.includes('item_use_item'));

const rotations = [
  { what: 'data', reseal: false },
  { what: 'rows', reseal: false },
  { what: 'index', reseal: false },
  { what: 'data', reseal: true },
  { what: 'signing', reseal: false },
] as const;

for (const engine of engineOf(import.meta.filename)) {
  describe(`a rotation beside work, with a server that is killed, on ${engine}`, () => {
    let bare: Bare;
    let server: ChildServer;
    let token = '';
    const known: Known = new Map();
    let grant: object;

    const call: Call = async (method, rest, body) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(server.url + rest, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, text: await answer.text() };
    };
    const freshToken = async () => {
      const { text } = await call('POST', '/api/oauth2/token', grant);
      return (JSON.parse(text) as { access_token: string }).access_token;
    };

    before(async () => {
      bare = await bareSettings(engine);
      server = await startChildServer(bare.environment);
      await server.operator.run('user.add', { username: 'ana', password: anyPassword });
      const { clientId, clientSecret } = await server.operator.run('access-key.add', { owner: 'ana', name: 'k' });
      grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      token = await freshToken();
      const numbers = Array.from({ length: items }, (_, at) => at + 1);
      for (let at = 0; at < items; at += 100) {
        await Promise.all(
          numbers.slice(at, at + 100).map(async (one) => {
            const password = `password ${one}`;
            const made = await call('POST', path, { name: `n ${one}`, username: 'u', password, tags: `all, t${one}` });
            assert.equal(made.status, 201, made.text);
            const { password_entity } = JSON.parse(made.text) as { password_entity: { identifier: string } };
            known.set(password_entity.identifier, { password, tag: `t${one}`, isBusy: false });
          }),
        );
      }
    });
    after(async () => {
      await server.kill();
      await bare.remove();
    });

    /** Reads, looks for, changes and makes items until the server is gone. Whatever is answered must be right. */
    async function work(name: string): Promise<void> {
      const numbers = [...known.keys()];
      for (let count = 0; ; count += 1) {
        const number = numbers[randomInt(numbers.length)] ?? '';
        const mine = known.get(number);
        if (!mine || mine.isBusy) continue;
        mine.isBusy = true;
        await holds(number, mine);
        const next = `${name} ${count}`;
        const before = mine.password;
        // Whether it was done is not known when the server is killed: until it answers both count.
        mine.password = `${before}|${next}`;
        const changed = await call('PUT', `${path}/update/${number}`, { password: next });
        assert.equal(changed.status, 200, changed.text);
        mine.password = next;
        mine.isBusy = false;
        const added = await call('POST', path, { name: next, username: 'u', password: 'p', tags: 'later' });
        assert.equal(added.status, 201, added.text);
      }
    }

    /** An item is read as it was stored, and found by its tag. */
    async function holds(number: string, { password, tag }: { password: string; tag: string }): Promise<void> {
      const read = await call('GET', `${path}/${number}`);
      assert.equal(read.status, 200, read.text);
      const stored = (JSON.parse(read.text) as { password_entity: { password: string } }).password_entity.password;
      assert.ok(password.split('|').includes(stored), `${number}: ${stored}, was told ${password}`);
      const found = await call('GET', `${path}?tag=${tag}`);
      assert.equal(found.text.match(/"identifier"/g)?.length, 1, `${number}: ${found.text}`);
    }

    for (const { what, reseal } of rotations) {
      it(`${what}${reseal ? ' with reseal' : ''} ends, whenever it is killed; nothing fails meanwhile`, async () => {
        await server.operator.run('safe-key.rotate', { what, reseal });
        for (let killed = 0; killed < kills; killed += 1) {
          for (const one of known.values()) one.isBusy = false;
          const working = Promise.allSettled(['a', 'b', 'c'].map((one) => work(`${what} ${killed} ${one}`)));
          // A moment of chance is what is wanted here: it falls into every part of the rotation.
          await sleep(randomInt(20, engine === 'sqlite' ? 200 : 1500));
          await server.kill();
          for (const one of await working) {
            assert.equal(one.status, 'rejected');
            assert.ok(
              !(one.reason instanceof assert.AssertionError),
              `${String(one.reason)} ${server.log().slice(-3000)}`,
            );
          }
          assert.deepEqual(errorsIn(server.log()), []);
          server = await startChildServer(bare.environment);
        }
        const ended = await untilFinished(server.operator);
        assert.deepEqual([ended.what, ended.broken], [what, 0]);
      });
    }

    it('has lost nothing, and only what tokens need is left of the old keys', async () => {
      token = await freshToken();
      const all = [...known];
      for (let at = 0; at < all.length; at += 50) {
        await Promise.all(all.slice(at, at + 50).map(([number, one]) => holds(number, one)));
      }
      const { keys } = await listKeys(server.operator);
      const store = await openByHand(bare.settings);
      const current = keys.find(({ purpose, state }) => purpose === 'data' && state === 'current')?.id;
      const named = await store.all('select distinct key_id from item_versions');
      await store.close();
      assert.deepEqual(
        named.map((row) => row.key_id),
        [current],
      );
      assert.deepEqual(
        keys.filter(({ state }) => state === 'replaced').map(({ purpose }) => purpose),
        ['token-signing'],
      );
      const verdict = await server.operator.run('audit.verify', undefined as never);
      assert.deepEqual(verdict.problems, []);
      assert.equal(await server.stop(), 0);
      assert.deepEqual(errorsIn(server.log()), []);
    });
  });
}
