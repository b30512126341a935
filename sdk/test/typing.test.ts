// Held twice: the compiler checks every line that expects an error, and the tests run the rest.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSafe, type TestSafe } from '../../server/test/start-safe.ts';
import { type Arca, ArcaError, type Item, isProblem, type Problem, type ProblemCode } from '../src/arca.ts';
import { connect, errorOf } from './connect.ts';

/** The hint of a page for each problem: the compiler wants every member to fit its code. */
function hintOf(problem: Problem): string {
  switch (problem.code) {
    case 'revision_stale':
      return `now at ${problem.current.revision}`;
    case 'request_invalid':
      return problem.errors.map(({ field }) => field).join();
    case 'too_many_requests':
      return `in ${problem.retryAfterSeconds} s`;
    case 'item_not_found':
      // @ts-expect-error -- only a stale revision brings what stands now
      return `${problem.current}`;
    default:
      return problem.detail;
  }
}

/** Never called: what the compiler must refuse. */
export async function refusedByTheCompiler(arca: Arca): Promise<void> {
  // @ts-expect-error -- a number is missing
  await arca.items.read({ kind: 'password' });
  // @ts-expect-error -- no such kind
  await arca.items.read({ kind: 'passwort', number: 1 });
  // @ts-expect-error -- takes something
  await arca.items.read();
  // @ts-expect-error -- no such member
  await arca.items.updateNote({ number: 1, nmae: 'x' });
  // @ts-expect-error -- a read changes nothing
  await arca.items.read({ kind: 'note', number: 1 }, { ifMatch: 7 });
  // @ts-expect-error -- an update is not repeatable
  await arca.items.updateNote({ number: 1 }, { idempotencyKey: 'x' });
  // @ts-expect-error -- a bare result cannot say that nothing changed
  await arca.items.read({ kind: 'note', number: 1 }, { ifNoneMatch: '"7"' });
  // @ts-expect-error -- no pages
  arca.items.listShares.all({ kind: 'note', number: 1 });
  // @ts-expect-error -- no such operation
  await arca.items.delete({ kind: 'note', number: 1 });
  const item: Item = await arca.items.read({ kind: 'note', number: 1 });
  // @ts-expect-error -- a note has no username
  item.username;
  const answer = await arca.items.read.withResponse({ kind: 'note', number: 1 }, { ifNoneMatch: '"7"' });
  // @ts-expect-error -- may be unchanged
  answer.data.number;
  const error: unknown = null;
  // @ts-expect-error -- no such code
  isProblem(error, 'item_gone');
  if (isProblem(error, 'key_restricted')) {
    error.problem.by satisfies string;
    // @ts-expect-error -- of another code
    error.problem.current;
  }
  const code: ProblemCode = 'item_disabled';
  // @ts-expect-error -- the client's own codes are no problems of a safe
  const other: ProblemCode = 'timed_out';
  assert.ok(code && other);
}

describe('errors of the SDK', () => {
  let safe: TestSafe;
  let arca: Arca;
  before(async () => {
    safe = await startSafe('sqlite');
    arca = connect(safe, await safe.person('ana'));
  });
  after(() => safe.close());

  it('carry the problem with the members of its code', async () => {
    const { number } = await arca.items.createNote({ name: 'n', note: 'n' });
    const hints = [
      arca.items.updateNote({ number, name: 'm' }, { ifMatch: 99 }),
      arca.items.list({ limit: 1000 }),
      arca.items.read({ kind: 'note', number: 99 }),
    ].map(async (call) => {
      const error = await errorOf(call);
      assert.ok(isProblem(error));
      return `${error.code}: ${hintOf(error.problem)}`;
    });
    assert.deepEqual(await Promise.all(hints), [
      'revision_stale: now at 1',
      'request_invalid: limit',
      'item_not_found: undefined',
    ]);
  });

  it('are told apart by code, and are errors like any', async () => {
    const error = await errorOf(arca.items.read({ kind: 'note', number: 99 }));
    assert.ok(error instanceof Error && error instanceof ArcaError);
    assert.equal(error.name, 'ArcaError');
    assert.equal(error.message, 'items.read: There is no note of that number. [item_not_found]');
    assert.deepEqual([isProblem(error), isProblem(error, 'item_not_found')], [true, true]);
    assert.equal(isProblem(error, 'item_disabled'), false);
    assert.equal(isProblem(new Error('other')), false);
    assert.equal(isProblem(new ArcaError('items.read', 'timed_out', 'too late', null)), false);
  });

  it('keep a code that a newer safe sends', async () => {
    const problem = { type: '/docs#moon', title: 'Moon', status: 409, detail: 'Wait.', code: 'moon', requestId: 'r1' };
    const newer: typeof fetch = async () => new Response(JSON.stringify(problem), { status: 409 });
    const client = connect(safe, await safe.person('ana'), { fetch: newer });
    await assert.rejects(client.session.start({ username: 'a', password: 'b' }), (error) => {
      assert.ok(isProblem(error));
      assert.deepEqual([String(error.code), error.problem], ['moon', problem]);
      return true;
    });
  });
});
