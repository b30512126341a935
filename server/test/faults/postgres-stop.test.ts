import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startCluster, until } from '../postgres-cluster.ts';
import { engines, startSafe } from '../start-safe.ts';
import { mustRefuse } from '../v1/problem.ts';

const note = '/api/mysafe/note';
const secret = 'what nobody may see';

if (engines.includes('postgres'))
  it('a safe whose PostgreSQL is stopped reveals nothing, says why, and goes on when it is started again', async (test) => {
    const cluster = await startCluster();
    test.after(() => cluster.remove());
    const safe = await startSafe('sqlite', { ARCA_DATABASE_URL: cluster.url, ARCA_STORE_TIMEOUT: '2' });
    test.after(() => safe.close());
    const key = await safe.person('ana');
    const ana = await safe.signIn('ana');
    await key.call('POST', note, { name: 'first', note: secret });
    const wire = () => key.call('GET', `${note}/1`);
    const own = () => ana.call('POST', '/api/v1/items/note/1/reveal', {});
    const recorded = async () => (await safe.operator.run('audit.list', { event: 'item.revealed' })).length;
    const before = await recorded();

    await cluster.stop();
    for (let count = 0; count < 3; count += 1) {
      const answer = await wire();
      assert.ok([502, 504].includes(answer.status), answer.text);
      assert.ok(!answer.text.includes(secret));
      const problem = await own();
      assert.ok(!problem.text.includes(secret));
      mustRefuse(problem, problem.status, problem.status === 504 ? 'store_timeout' : 'store_unreachable');
    }
    const { status, json } = await safe.call('GET', '/readyz');
    assert.equal(status, 503);
    assert.match((json as { reasons: string[] }).reasons.join(), /^the store /);
    assert.match(safe.log(), /"fault":"(unreachable|timeout)".*"msg":"the store failed"/);

    await cluster.start();
    let given = 0;
    await until('the safe goes on', async () => {
      const answer = await wire();
      if (answer.status === 200) given += 1;
      return answer.status === 200;
    });
    await until('the safe is ready', async () => (await safe.call('GET', '/readyz')).status === 200);
    assert.equal((await own()).status, 200);
    assert.equal(await recorded(), before + given + 1);
    assert.deepEqual((await safe.operator.run('audit.verify', { state: true })).problems, []);
  });
