import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { type Arca, ArcaError } from '../src/arca.ts';
import { connect } from './connect.ts';
import { type RoughLine, roughLine } from './rough-line.ts';

const endsAs = (code: string) => (error: unknown) => {
  assert.ok(error instanceof ArcaError, String(error));
  assert.equal(error.code, code);
  return true;
};

describe('calls that end early', () => {
  let safe: TestSafe;
  let line: RoughLine;
  let arca: Arca;
  const whole = new AbortController();
  before(async () => {
    safe = await startSafe('sqlite');
    line = await roughLine(safe.url);
    arca = connect(safe, await safe.person('ana'), { url: line.url, timeout: 500, signal: whole.signal });
    for (let at = 0; at < 4; at += 1) await arca.items.createNote({ name: `n${at}`, note: 'x' });
  });
  after(async () => {
    await line.close();
    await safe.close();
  });

  it('time out attempt by attempt', async () => {
    line.plan('silence', 'silence', 'pass');
    await arca.items.list();
    assert.ok(line.sent.length >= 3);
    line.plan('silence');
    await assert.rejects(arca.items.updateNote({ number: 1, name: 'm' }), endsAs('timed_out'));
  });

  it('end by a signal that ended before', async () => {
    line.plan();
    const reason = new Error('enough');
    await assert.rejects(arca.items.list({}, { signal: AbortSignal.abort(reason) }), (error) => {
      assert.ok(error instanceof ArcaError);
      assert.deepEqual([error.code, error.cause, error.status], ['aborted', reason, null]);
      return true;
    });
    assert.equal(line.sent.length, 0);
  });

  it('end by a signal while they wait for an answer', async () => {
    line.plan('silence');
    const { signal, abort } = abortable();
    const call = arca.items.list({}, { signal });
    while (line.reached.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    abort();
    await assert.rejects(call, endsAs('aborted'));
    assert.equal(line.sent.length, 1);
  });

  it('wait as long as a Retry-After asks for, and end by a signal meanwhile', async () => {
    line.plan({ status: 503, headers: { 'retry-after': '50' } });
    const { signal, abort } = abortable();
    const call = arca.items.list({}, { signal });
    while (line.sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    setTimeout(abort, 500); // by its own measure the client would have tried again after 250 ms
    await assert.rejects(call, endsAs('aborted'));
    assert.equal(line.sent.length, 1);
  });

  it('end by a signal while a token comes, which others still get', async () => {
    const fresh = connect(safe, await safe.person('ana'), { url: line.url });
    const { signal, abort } = abortable();
    const [one, other] = [fresh.items.list({}, { signal }), fresh.items.list()];
    abort();
    await assert.rejects(one, endsAs('aborted'));
    assert.equal((await other).total, 4);
  });

  it('end an iteration between pages', async () => {
    const { signal, abort } = abortable();
    let seen = 0;
    await assert.rejects(async () => {
      for await (const _ of arca.items.list.all({ limit: 1 }, { signal })) {
        seen += 1;
        abort();
      }
    }, endsAs('aborted'));
    assert.equal(seen, 1);
  });

  it('read no further page than is asked for', async () => {
    line.plan();
    for await (const _ of arca.items.list.all({ limit: 1 })) break;
    assert.equal(line.sent.length, 1);
  });

  it('all end by the signal of the client', async () => {
    line.plan('silence', 'silence');
    const calls = [arca.items.list(), arca.items.listVersions({ kind: 'note', number: 1 })];
    const settled = Promise.allSettled(calls);
    while (line.reached.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    whole.abort();
    for (const outcome of await settled) {
      assert.ok(outcome.status === 'rejected');
      endsAs('aborted')(outcome.reason);
    }
    await assert.rejects(arca.items.list(), endsAs('aborted'));
  });
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
