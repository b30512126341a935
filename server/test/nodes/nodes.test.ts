import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { until } from '../postgres-cluster.ts';
import { anyPassword, engines } from '../start-safe.ts';
import { startThreeNodes, type ThreeNodes, type Told } from './three-nodes.ts';

const path = '/api/mysafe/password';
const all = [0, 1, 2];
/** Processes that start, and a database that stops, take as long as the host lets them. */
const patient = { timeout: 240_000 };
const draft = (name: string) => ({ name, username: 'u', password: `secret of ${name}` });

if (engines.includes('postgres')) {
  describe('three servers on one PostgreSQL', () => {
    let three: ThreeNodes;
    let call: ThreeNodes['call'];
    before(async () => {
      three = await startThreeNodes();
      call = three.call;
    }, patient);
    after(() => three.remove(), patient);

    const operator = (node: number) => {
      const server = three.nodes[node];
      if (!server) throw new Error('no such node');
      return server.operator;
    };
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const keyOf = async (node: number, username: string) => {
      const owner = { owner: username, name: `key of ${username}` };
      const { clientId, clientSecret } = await operator(node).run('access-key.add', owner);
      const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const { json } = await call(node, 'POST', '/api/oauth2/token', grant);
      return { clientId, headers: bearer((json as { access_token: string }).access_token) };
    };
    const signIn = async (node: number, username: string) => {
      const answer = await call(node, 'POST', '/api/v1/session', { username, password: anyPassword });
      assert.equal(answer.status, 201, answer.text);
      const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
      return { cookie, 'sec-fetch-site': 'same-origin' };
    };
    const numberOf = (made: Told) => {
      assert.equal(made.status, 201, made.text);
      return (made.json as { password_entity: { identifier: string } }).password_entity.identifier;
    };
    /** The very next request on each node, asked one after the other. */
    const statuses = async (ask: (node: number) => Promise<Told>) => {
      const found = [];
      for (const node of all) found.push((await ask(node)).status);
      return found;
    };
    const countOf = async (event: string) => (await operator(0).run('audit.list', { event })).length;

    it('made one safe between them when they started at once, and know one another’s links', async () => {
      const keys = await Promise.all(all.map((node) => call(node, 'GET', '/.well-known/jwks.json')));
      assert.equal(new Set(keys.map(({ text }) => text)).size, 1);
      assert.deepEqual(await statuses((node) => call(node, 'GET', '/readyz')), [200, 200, 200]);
      const first = { token: three.setUpToken(0), username: 'root', password: anyPassword };
      const forged = { ...first, token: first.token.replace(/.$/, (end) => (end === 'A' ? 'Q' : 'A')) };
      assert.equal((await call(2, 'POST', '/api/v1/set-up', forged)).status, 403);
      assert.equal((await call(2, 'POST', '/api/v1/set-up', first)).status, 201);
      const second = { ...first, token: three.setUpToken(1), username: 'second' };
      assert.equal((await call(1, 'POST', '/api/v1/set-up', second)).status, 409);
    });

    it('hold a revocation, whichever of them heard it, for the very next request', async () => {
      for (const username of ['ana', 'ben']) await operator(0).run('user.add', { username, password: anyPassword });
      const ana = await keyOf(0, 'ana');
      const item = numberOf(await call(0, 'POST', path, draft('one'), ana.headers));
      const read = (headers: Record<string, string>) =>
        statuses((node) => call(node, 'GET', `${path}/${item}`, undefined, headers));
      assert.deepEqual(await read(ana.headers), [200, 200, 200]);

      for (const where of all) {
        const spare = await keyOf(where, 'ana');
        assert.deepEqual(await read(spare.headers), [200, 200, 200]);
        await operator(where).run('access-key.revoke', { clientId: spare.clientId });
        assert.deepEqual(await read(spare.headers), [401, 401, 401], 'a revoked key');
      }

      const ben = await keyOf(1, 'ben');
      const share = `/api/v1/items/password/${item}/shares/users/ben`;
      const owner = await signIn(1, 'ana');
      for (const where of all) {
        assert.ok(
          (await read(ben.headers)).every((status) => status >= 400),
          'not shared',
        );
        assert.equal((await call(where, 'PUT', share, { role: 'viewer' }, owner)).status, 200);
        assert.deepEqual(await read(ben.headers), [200, 200, 200], 'shared');
        assert.equal((await call(where, 'DELETE', share, undefined, owner)).status, 200);
        assert.ok(
          (await read(ben.headers)).every((status) => status >= 400),
          'shared no more',
        );
      }

      for (const where of all) {
        await operator(where).run('user.disable', { username: 'ana' });
        assert.deepEqual(await read(ana.headers), [401, 401, 401], 'a disabled user');
        await operator((where + 1) % 3).run('user.enable', { username: 'ana' });
      }
    });

    it('let a device in between them: begun at one, allowed at another, its key given by one alone', async () => {
      const asks = { client_id: 'arca', device_name: 'a television' };
      const { json } = await call(0, 'POST', '/api/device/authorization', asks);
      const { device_code, user_code } = json as { device_code: string; user_code: string };
      const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
      const take = (node: number) =>
        call(node, 'POST', '/api/device/token', { client_id: 'arca', grant_type, device_code });
      assert.equal(((await take(1)).json as { error: string }).error, 'authorization_pending');
      assert.equal(((await take(2)).json as { error: string }).error, 'slow_down');
      const ben = await signIn(1, 'ben');
      assert.equal((await call(2, 'POST', '/api/v1/device-sign-ins/allow', { userCode: user_code }, ben)).status, 200);
      // Two alone: a code that was used counts as a failure of this address.
      const answers = await Promise.all([take(0), take(2)]);
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
      const given = answers.find(({ status }) => status === 200)?.json as { access_token: string };
      const items = (node: number) => call(node, 'GET', '/api/v1/items', undefined, bearer(given.access_token));
      assert.deepEqual(await statuses(items), [200, 200, 200]);
    });

    it('hold an ended session and a changed policy in the same way', async () => {
      const root = await signIn(0, 'root');
      for (const where of all) {
        const session = await signIn(where, 'ben');
        const profile = () => statuses((node) => call(node, 'GET', '/api/v1/profile', undefined, session));
        assert.deepEqual(await profile(), [200, 200, 200]);
        assert.equal((await call((where + 1) % 3, 'DELETE', '/api/v1/session', undefined, session)).status, 204);
        assert.deepEqual(await profile(), [401, 401, 401], 'an ended session');
      }
      const ben = await signIn(2, 'ben');
      const make = () => statuses((node) => call(node, 'POST', '/api/v1/access-keys', { name: 'k' }, ben));
      for (const [where, everyone, status] of [
        [0, false, 403],
        [1, true, 201],
        [2, false, 403],
        [0, true, 201],
      ] as const) {
        const keyMakers = { everyone, users: [], groups: [] };
        const changed = await call(where, 'PATCH', '/api/v1/policy', { keyMakers }, root);
        assert.equal(changed.status, 200, changed.text);
        assert.deepEqual(await make(), [status, status, status], 'a changed policy');
      }
    });

    it('do once what comes to all of them with one idempotency key', async () => {
      const ana = await signIn(0, 'ana');
      const same = { ...ana, 'idempotency-key': 'only once' };
      const fields = { name: 'once', username: 'u', password: 'p' };
      const answers = await Promise.all(all.map((node) => call(node, 'POST', '/api/v1/items/password', fields, same)));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [201, 201, 201],
        answers.map(({ text }) => text).join(),
      );
      assert.equal(new Set(answers.map(({ json }) => (json as { number: number }).number)).size, 1);
    });

    it('share the budget of failures', async () => {
      const wrong = { grant_type: 'client_credentials', client_id: 'a'.repeat(41), client_secret: 'wrong' };
      const counts = { 401: 0, 429: 0 };
      for (let round = 0; round < 36; round += 1) {
        const { status, headers } = await call(round % 3, 'POST', '/api/oauth2/token', wrong);
        counts[status as 401] += 1;
        if (status === 429) assert.match(headers.get('retry-after') ?? '', /^[1-9]\d?$/);
      }
      assert.deepEqual(counts, { 401: 30, 429: 6 });
    });

    it('make one backup between them', async () => {
      await until('the backup is made', async () => (await countOf('backup.made')) > 0);
      assert.equal(await countOf('backup.begun'), 1);
      assert.equal(await countOf('backup.made'), 1);
    });

    it('lose nothing that was acknowledged when a node is killed and the database restarted', patient, async () => {
      const { headers } = await keyOf(0, 'ana');
      const acknowledged: string[] = [];
      const failures: { node: number; status: number; at: string }[] = [];
      let living = [0, 1, 2];
      let phase = 'calm';
      let running = true;
      const work = async (worker: number) => {
        for (let count = 0; running; count += 1) {
          const node = living[count % living.length] ?? 0;
          const from = phase;
          try {
            const made = await call(node, 'POST', path, draft(`w${worker} ${count}`), headers);
            if (made.status === 201) acknowledged.push(numberOf(made));
            else failures.push({ node, status: made.status, at: `${from} ${phase}` });
          } catch {
            failures.push({ node, status: 0, at: `${from} ${phase}` });
          }
          if (phase === 'database away') await sleep(50);
        }
      };
      const workers = Promise.all([1, 2, 3, 4, 5, 6].map(work));
      const more = async (count: number) => {
        const goal = acknowledged.length + count;
        await until('work goes on', () => acknowledged.length >= goal);
      };
      await more(10);
      phase = 'killing';
      living = [0, 1];
      await three.nodes[2]?.kill();
      phase = 'one killed';
      await more(10);
      const spare = await keyOf(0, 'ana');
      await operator(0).run('access-key.revoke', { clientId: spare.clientId });
      assert.equal((await call(1, 'GET', path, undefined, spare.headers)).status, 401);
      phase = 'database away';
      await three.cluster.stop();
      await three.cluster.start();
      for (const node of living) await until('ready', async () => (await call(node, 'GET', '/readyz')).status === 200);
      phase = 'database back';
      await more(10);
      three.nodes[2] = await three.start(2);
      living = [0, 1, 2];
      phase = 'all back';
      await more(10);
      running = false;
      await workers;

      for (const { node, status, at } of failures) {
        const inFlight = (node === 2 && status === 0 && at.includes('kill')) || (status >= 502 && at.includes('away'));
        assert.ok(inFlight, `node ${node}, ${status}, ${at}`);
      }
      const { json } = await call(2, 'GET', path, undefined, headers);
      const listed = JSON.stringify(json);
      for (const number of acknowledged) assert.ok(listed.includes(`"identifier":"${number}"`), number);
      assert.equal(new Set(acknowledged).size, acknowledged.length);
      for (const node of [0, 2]) {
        assert.deepEqual((await operator(node).run('audit.verify', { state: true })).problems, []);
      }
    });

    it(
      'go on beside a newer node whose migration only adds, which an older one does not start on',
      patient,
      async () => {
        const { headers } = await keyOf(0, 'ana');
        const work = async () => {
          for (const node of all) {
            const item = numberOf(await call(node, 'POST', path, draft(`upgrade ${node}`), headers));
            const ask = [`${path}/${item}`, path, '/readyz'].map((rest) => call(node, 'GET', rest, undefined, headers));
            for (const { status, text } of await Promise.all(ask)) assert.equal(status, 200, text);
          }
        };
        await work();
        const client = new pg.Client({ connectionString: three.cluster.url });
        await client.connect();
        const { rows } = await client.query(`select tablename from pg_tables where schemaname = 'public'`);
        const steps = [
          ...rows.map(({ tablename }) => `alter table ${tablename} add column later text default 'x'`),
          `insert into migrations (name, applied_at) values ('9999-later', 0)`,
        ];
        // Like a start, which tries again when its changes and those of nodes at work wait for one another.
        for (let isDone = false; !isDone; ) {
          isDone = await client.query(`begin; ${steps.join('; ')}; commit`).then(
            () => true,
            async (thrown: { code?: string }) => {
              assert.equal(thrown.code, '40P01');
              await client.query('rollback');
              return false;
            },
          );
        }
        await client.end();
        await work();
        await work();
        const ana = await signIn(1, 'ana');
        assert.equal((await call(2, 'GET', '/api/v1/items?kind=password&limit=5', undefined, ana)).status, 200);
        assert.deepEqual((await operator(1).run('audit.verify', { state: true })).problems, []);
        await three.nodes[2]?.stop();
        await assert.rejects(three.start(2), /its schema has 9999-later/);
      },
    );
  });
}
