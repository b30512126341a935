import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Bare, bareSettings } from '../bare-settings.ts';
import { type ChildServer, startChildServer } from '../child-server.ts';
import { anyPassword, engines } from '../start-safe.ts';
import { currentKey, listKeys, untilFinished } from './rotate-to-end.ts';

const path = '/api/mysafe/password';
const items = 60;

if (engines.includes('postgres')) {
  describe('two servers on one PostgreSQL database', () => {
    let bare: Bare;
    let nodes: [ChildServer, ChildServer];
    let grant: object;
    let token = '';
    const call = async (node: ChildServer, method: string, rest: string, body?: object, by = token) => {
      const headers = { authorization: `Bearer ${by}`, 'content-type': 'application/json' };
      const answer = await fetch(node.url + rest, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      return { status: answer.status, text: await answer.text() };
    };
    const tokenOf = async (node: ChildServer) =>
      (JSON.parse((await call(node, 'POST', '/api/oauth2/token', grant)).text) as { access_token: string })
        .access_token;

    before(async () => {
      bare = await bareSettings('postgres');
      const other = { ...bare.environment, ARCA_DATA_DIR: join(bare.folder, 'other') };
      nodes = [await startChildServer(bare.environment), await startChildServer(other)];
      const [one] = nodes;
      await one.operator.run('user.add', { username: 'ana', password: anyPassword });
      const { clientId, clientSecret } = await one.operator.run('access-key.add', { owner: 'ana', name: 'k' });
      grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      token = await tokenOf(one);
      for (let at = 1; at <= items; at += 1) {
        const made = await call(one, 'POST', path, {
          name: `n ${at}`,
          username: 'u',
          password: `p ${at}`,
          tags: `t${at}`,
        });
        assert.equal(made.status, 201, made.text);
      }
    });
    after(async () => {
      for (const node of nodes) await node.kill();
      await bare.remove();
    });

    for (const [round, what] of (['data', 'index', 'rows', 'signing', 'data'] as const).entries()) {
      it(`${what}, ${round}: neither fails on a key that the other has made`, async () => {
        let running = true;
        const work = async (mine: ChildServer, theirs: ChildServer, name: string): Promise<number> => {
          let count = 0;
          for (; running; count += 1) {
            const password = `${name} ${round} ${count}`;
            const made = await call(mine, 'POST', path, { name: password, username: 'u', password, tags: password });
            assert.equal(made.status, 201, made.text);
            const { identifier } = (JSON.parse(made.text) as { password_entity: { identifier: string } })
              .password_entity;
            const read = await call(theirs, 'GET', `${path}/${identifier}`);
            assert.ok(read.text.includes(password), read.text);
            for (const node of [mine, theirs]) {
              const fresh = await call(node, 'GET', `${path}?tag=${encodeURIComponent(password)}`);
              assert.equal(fresh.text.match(/"identifier"/g)?.length, 1, fresh.text);
              const old = await call(node, 'GET', `${path}?tag=t${1 + (count % items)}`);
              assert.equal(old.text.match(/"identifier"/g)?.length, 1, old.text);
            }
            const by = await tokenOf(mine);
            const asked = await call(theirs, 'GET', `${path}/${1 + (count % items)}`, undefined, by);
            assert.equal(asked.status, 200, asked.text);
          }
          return count;
        };
        const [one, two] = nodes;
        const working = Promise.all([work(one, two, 'one'), work(two, one, 'two')]);
        working.catch(() => undefined);
        await one.operator.run('safe-key.rotate', { what });
        await assert.rejects(two.operator.run('safe-key.rotate', { what: 'index' }), { code: 'rotation_running' });
        const ended = await untilFinished(two.operator);
        running = false;
        for (const done of await working) assert.ok(done > 0);
        assert.deepEqual([ended.what, ended.broken], [what, 0]);
        const purposes = { data: 'data', index: 'index', rows: 'row-mac', signing: 'audit-signing' } as const;
        const both = await Promise.all(nodes.map((node) => currentKey(node.operator, purposes[what])));
        assert.equal(both[0], both[1]);
        for (const node of nodes) assert.doesNotMatch(node.log(), /"level":"error"/);
      });
    }

    it('go on when the root key is replaced, as far as they know it', async () => {
      const [one, two] = nodes;
      const rootKey = Buffer.alloc(32, 7).toString('base64');
      await one.operator.run('safe-key.rotate-root', { rootKey });
      // It has all keys open, and needs the root key for none.
      assert.equal((await call(two, 'GET', `${path}/1`)).status, 200);
      await assert.rejects(two.operator.run('safe-key.rotate', { what: 'data' }), { code: 'root_key_unfit' });
      await two.stop();
      const { ARCA_ROOT_KEY_FILE: _, ...rest }: Record<string, string> = {
        ...bare.environment,
        ARCA_DATA_DIR: join(bare.folder, 'other'),
      };
      nodes[1] = await startChildServer({ ...rest, ARCA_ROOT_KEY: rootKey });
      await nodes[1].operator.run('safe-key.rotate', { what: 'data' });
      await untilFinished(one.operator);
      assert.equal((await call(one, 'GET', `${path}/1`)).status, 200);
      assert.deepEqual((await one.operator.run('audit.verify', undefined as never)).problems, []);
      assert.ok(
        (await listKeys(one.operator)).keys.some(({ purpose, state }) => purpose === 'data' && state === 'retired'),
      );
    });
  });
}
