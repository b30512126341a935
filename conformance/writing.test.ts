import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Person, startSafe, type TestSafe } from '../server/test/start-safe.ts';
import type { Answer } from './call.ts';
import { reportText } from './report.ts';
import { type DeviatingServer, type Deviation, startDeviatingServer } from './test/deviating-server.ts';
import { linesOf, playOn } from './test/play-on.ts';

/** Only successful answers to what is asked like this come changed. */
const on =
  (pattern: RegExp, change: (answer: Answer) => Partial<Answer>): Deviation =>
  ({ method, path }, answer) =>
    answer.status < 300 && pattern.test(`${method} ${path}`) ? change(answer) : undefined;
const texts = (from: string | RegExp, to: string) => (answer: Answer) => ({ text: answer.text.replace(from, to) });

/** As a server would answer that takes whatever it is given. */
const accepting =
  (fault: RegExp): Deviation =>
  ({ method, path, body }, answer) => {
    if (method !== 'POST' || path !== '/api/mysafe/note' || answer.status !== 400 || !fault.test(body))
      return undefined;
    const response = { status: 201, message: 'Note successfully registered' };
    return { status: 201, text: JSON.stringify({ code: 201, response, note_entity: { identifier: '777' } }) };
  };

type Case = [what: string, only: string, deviation: Deviation, differences: string[]];

const cases: Case[] = [
  [
    '200 for what was made',
    'note-create',
    on(/^POST \/api\/mysafe\/note$/, () => ({ status: 200 })),
    [
      ...['note-create', 'note-create-least', 'note-create-longest', 'note-create-by-form-called-json'],
      ...['note-create-by-json-called-form', 'note-create-by-json-without-type', 'note-create-by-form'],
      'note-create-by-multipart',
    ].map(
      (id) =>
        `${id}: status: expected 201 "Note successfully registered", came 200 "Note successfully registered" (status)`,
    ),
  ],
  [
    'a number for the identifier of what was made',
    'secretapi-create-least',
    on(/^POST \/api\/mysafe\/secretapi$/, texts(/"identifier":"(\d+)"/, '"identifier":$1')),
    ['secretapi-create-least: api_entity.identifier: expected a text of digits, came NUMBER (type)'],
  ],
  [
    'a secret that comes back otherwise',
    'secretapi-create',
    on(/^POST \/api\/mysafe\/secretapi$/, texts(/gf5464g5v7ffsd857xc4fds57g8fds/, '***')),
    ['secretapi-create: api_entity.client_secret: expected the text that was sent, came a text of 3 (value)'],
  ],
  [
    'tags as they were sent',
    'note-update-by-post',
    on(/^POST .*update/, texts('one, two three', 'one,two three')),
    ['note-update-by-post: note_entity.tags: expected "one, two three", came "one,two three" (value)'],
  ],
  [
    'other words for a person that nobody knows',
    'note-share-with-unknown',
    on(/^PUT .*update/, texts('User not found', 'Unknown user')),
    [
      'note-share-with-unknown: note_entity.shared_error[].message: expected "User not found", came "Unknown user" (message)',
    ],
  ],
  [
    'no body for what was disabled',
    'note-disable,note-read-inactive',
    on(/^POST .*inactive/, () => ({ status: 204, text: '' })),
    [
      'note-disable: status: expected 200 "Note successfully deactivated", came 204 with no body (status)',
      'note-disable-again: status: expected 200 "Note has already been deactivated", came 204 with no body (status)',
    ],
  ],
  [
    'no update by POST',
    'note-update-with-nothing,note-read-cleared',
    on(/^POST .*update/, () => ({ status: 404, headers: { 'content-type': 'text/html' }, text: '<p>No' })),
    ['note-update-by-post: status: expected 200 "Note successfully update", came 404 with text/html (status)'],
  ],
];

describe('a server that deviates when it is written to', () => {
  let safe: TestSafe;
  let ana: Person;
  let server: DeviatingServer;
  before(async () => {
    safe = await startSafe('sqlite');
    ana = await safe.person('ana');
    server = await startDeviatingServer(safe.url);
  });
  after(async () => {
    await server.close();
    await safe.close();
  });

  const enabledOnes = async () => {
    const answers = await Promise.all(
      ['password', 'note', 'secretapi'].map((path) => ana.call('GET', `/api/mysafe/${path}`)),
    );
    return answers.flatMap(({ json }) => Object.values(json as object)[2]);
  };

  for (const [what, only, deviation, differences] of cases) {
    it(`${what}: is told in its place, and what was made is disabled`, async () => {
      server.deviate(deviation);
      const report = await playOn(server.url, ana, '--write', '--only', only);
      const lines = linesOf(report).map((line) => line.replace(/came \d+ \(type\)/, 'came NUMBER (type)'));
      assert.deepEqual(lines, differences);
      assert.ok(report.disabled.length > 0 || report.left.length > 0);
      assert.deepEqual(await enabledOnes(), []);
    });
  }

  it('what builds on an exchange that failed is skipped, and says so', async () => {
    server.deviate(on(/^PUT .*update/, () => ({ status: 500, text: '{}' })));
    const report = await playOn(server.url, ana, '--write', '--only', 'note-read-updated,note-disable-again');
    const told = report.results.map(({ id, verdict, why }) => [id, verdict, why]);
    assert.deepEqual(told, [
      ['note-create', 'alike', null],
      ['note-update', 'differs', null],
      ['note-read-updated', 'skipped', 'note-update did not succeed'],
      ['note-disable', 'alike', null],
      ['note-disable-again', 'alike', null],
    ]);
  });

  it('what should have been refused and was made is disabled too, or named when it cannot be', async () => {
    server.deviate(accepting(/"name":" /));
    const report = await playOn(server.url, ana, '--write', '--only', 'note-create-with-blank-name');
    const refused = '400 "1001: Parameter \'name\' was not informed!"';
    assert.deepEqual(linesOf(report), [
      `note-create-with-blank-name: status: expected ${refused}, came 201 "Note successfully registered" (status)`,
    ]);
    // The deviating server only says that it made it.
    assert.deepEqual(report.left, [{ path: 'note', identifier: '777' }]);
    assert.match(reportText(report), /^Made and NOT disabled, do so yourself: note 777\.$/m);
    const tried = server.asked.filter(({ path }) => path === '/api/mysafe/note/inactive/777');
    assert.equal(tried.length, 1);
  });

  it('nothing is made when nothing that makes is asked for', async () => {
    server.deviate(() => undefined);
    const report = await playOn(server.url, ana, '--write', '--only', 'tokens/');
    assert.equal(report.write, false);
    assert.deepEqual(await enabledOnes(), []);
  });
});
