import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Person, startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { ArcaError, isProblem } from '../src/arca.ts';
import { connect } from './connect.ts';
import { type RoughLine, roughLine } from './rough-line.ts';

describe('tokens of the SDK', () => {
  let safe: TestSafe;
  let line: RoughLine;
  let ana: Person;
  before(async () => {
    safe = await startSafe('sqlite');
    line = await roughLine(safe.url);
    ana = await safe.person('ana');
  });
  after(async () => {
    safe.setClock(null);
    await line.close();
    await safe.close();
  });
  const over = (person: Person) => connect(safe, person, { url: line.url });

  /** How many tokens were fetched meanwhile. */
  async function tokensFor(work: () => Promise<unknown>): Promise<number> {
    const before = line.tokens;
    await work();
    return line.tokens - before;
  }

  it('are fetched once for all calls at once, and kept', async () => {
    const arca = over(ana);
    assert.equal(await tokensFor(() => Promise.all(Array.from({ length: 20 }, () => arca.items.list()))), 1);
    assert.equal(await tokensFor(() => arca.items.list()), 0);
  });

  it('are renewed before their end', async (context) => {
    const arca = over(ana);
    await arca.items.list();
    const now = Date.now();
    context.mock.timers.enable({ apis: ['Date'], now });
    context.mock.timers.setTime(now + 3_530_000);
    assert.equal(await tokensFor(() => arca.items.list()), 0);
    context.mock.timers.setTime(now + 3_545_000);
    line.plan();
    assert.equal(await tokensFor(() => arca.items.list()), 1);
    assert.equal(line.sent.length, 1);
    assert.equal(await tokensFor(() => arca.items.list()), 0);
  });

  it('that ended before the client expected it are renewed once, whatever the operation', async () => {
    const arca = over(ana);
    const { number } = await arca.items.createNote({ name: 'n', note: 'n' });
    safe.setClock(new Date(Date.now() + 3_700_000));
    line.plan();
    const tokens = await tokensFor(() =>
      Promise.all([
        arca.items.reveal({ kind: 'note', number }),
        arca.items.updateNote({ number, name: 'm' }),
        arca.items.list(),
      ]),
    );
    assert.ok(tokens >= 1 && tokens <= 3);
    assert.equal(line.reached.length, 6);
    safe.setClock(null);
  });

  it('of a revoked key end in token_invalid, without a loop, and afterwards in client_unknown', async () => {
    const key = await safe.person('ana');
    const arca = over(key);
    await arca.items.list();
    await safe.operator.run('access-key.revoke', { clientId: key.clientId });
    line.plan();
    const refused = async (code: 'token_invalid' | 'client_unknown') => {
      await assert.rejects(arca.items.list(), (error) => {
        assert.ok(isProblem(error, code), String(error));
        assert.deepEqual([error.status, error.problem.status], [401, 401]);
        assert.ok(error.requestId && safe.log().includes(error.requestId));
        return true;
      });
    };
    assert.equal(await tokensFor(() => refused('token_invalid')), 1);
    assert.equal(line.reached.length, 1);
    assert.equal(await tokensFor(() => refused('client_unknown')), 1);
    assert.equal(line.reached.length, 1);
  });

  it('that never count are asked for twice at the most', async () => {
    const arca = over(ana);
    const refusal = { status: 401, body: JSON.stringify({ code: 'token_invalid', status: 401, detail: 'no' }) };
    line.plan(refusal, refusal, refusal);
    const tokens = await tokensFor(() =>
      assert.rejects(arca.items.list(), (error) => isProblem(error, 'token_invalid')),
    );
    assert.deepEqual([tokens, line.sent.length], [2, 2]);
    line.plan();
  });

  it('are not asked for by who signs in', async () => {
    const arca = over(ana);
    const password = 'not-a-real-one';
    const signIn = () => arca.session.start({ username: 'nobody', password });
    assert.equal(await tokensFor(() => assert.rejects(signIn(), (error) => isProblem(error, 'sign_in_failed'))), 0);
  });

  it('tell a wrong secret, a safe that is not there and one that is none apart', async () => {
    const secret = 'wrong-one-of-mine';
    const wrong = connect(safe, { ...ana, clientSecret: secret });
    await assert.rejects(wrong.items.list(), (error) => {
      assert.ok(isProblem(error, 'client_unknown'));
      assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, new RegExp(secret));
      return true;
    });
    const nowhere = connect(safe, ana, { url: 'http://127.0.0.1:9', retries: 0 });
    await assert.rejects(
      nowhere.items.list(),
      (error) => error instanceof ArcaError && error.code === 'network_failed',
    );
    const page: typeof fetch = async () => new Response('<h1>Welcome to the hotel</h1>', { status: 200 });
    const hotel = connect(safe, ana, { fetch: page });
    await assert.rejects(hotel.items.list(), (error) => {
      assert.ok(error instanceof ArcaError);
      assert.deepEqual([error.code, error.status], ['answer_unreadable', 200]);
      assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, /hotel/);
      return true;
    });
  });
});
