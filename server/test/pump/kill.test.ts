import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExportLine } from '../../src/actions/audit/export-form.ts';
import { bareSettings } from '../bare-settings.ts';
import { type ChildServer, startChildServer } from '../child-server.ts';
import { anyPassword, engines } from '../start-safe.ts';

const note = '/api/mysafe/note';
const kills = 10;
const clients = 4;

/** What the clients were told, and what they last asked for: that may have been done or not. */
type Known = {
  /** Request ids of every answer. */
  answered: Set<string>;
  /** Last acknowledged text of each note, and the one that was asked for after it. */
  notes: Map<string, { text: string; asked: string | null }>;
  asked: Set<string>;
};

type Caller = (
  method: string,
  path: string,
  body?: object,
) => Promise<{ status: number; json: Record<string, unknown> }>;

/** Calls until the server is gone; every answer must be a success. */
async function work(call: Caller, known: Known, name: string): Promise<void> {
  for (let count = 0; ; count += 1) {
    const text = `${name} ${count}`;
    known.asked.add(text);
    const made = await call('POST', note, { name: text, note: text });
    assert.equal(made.status, 201);
    const { identifier } = made.json.note_entity as { identifier: string };
    assert.ok(!known.notes.has(identifier), `number ${identifier} was given twice`);
    const mine = { text, asked: null as string | null };
    known.notes.set(identifier, mine);
    mine.asked = `${text} changed`;
    assert.equal((await call('PUT', `${note}/update/${identifier}`, { note: mine.asked })).status, 200);
    mine.text = mine.asked;
    const read = await call('GET', `${note}/${identifier}`);
    assert.equal((read.json.note_entity as { note: string }).note, mine.text);
    assert.equal((await call('POST', `${note}/inactive/${identifier}`)).status, 200);
    assert.equal((await call('POST', `${note}/active/${identifier}`)).status, 200);
  }
}

for (const engine of engines) {
  describe(`a server that is killed at work on ${engine}`, () => {
    it('has done all that it answered, and recorded it, whenever it is killed', { timeout: 240_000 }, async (test) => {
      const bare = await bareSettings(engine);
      let server: ChildServer = await startChildServer(bare.environment);
      test.after(async () => {
        await server.kill();
        await bare.remove();
      });
      await server.operator.run('user.add', { username: 'ana', password: anyPassword });
      const { clientId, clientSecret } = await server.operator.run('access-key.add', { owner: 'ana', name: 'k' });
      const known: Known = { answered: new Set(), notes: new Map(), asked: new Set() };
      let token = '';
      const call: Caller = async (method, path, body) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const answer = await fetch(server.url + path, {
          method,
          headers,
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const json = (await answer.json()) as Record<string, unknown>;
        known.answered.add(answer.headers.get('x-request-id') ?? '');
        return { status: answer.status, json };
      };
      const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };

      for (let killed = 0; killed < kills; killed += 1) {
        token = String((await call('POST', '/api/oauth2/token', grant)).json.access_token);
        const working = Array.from({ length: clients }, (_, at) => work(call, known, `${killed} ${at}`));
        const ended = Promise.allSettled(working);
        // A moment of chance is what is wanted here: it falls into every part of a batch.
        await sleep(randomInt(20, 150));
        await server.kill();
        for (const one of await ended) {
          assert.equal(one.status, 'rejected');
          assert.ok(!(one.reason instanceof assert.AssertionError), String(one.reason));
        }
        server = await startChildServer(bare.environment);
      }

      token = String((await call('POST', '/api/oauth2/token', grant)).json.access_token);
      const listed = (await call('GET', `${note}?enabled=all`)).json.note_on_list as {
        identifier: string;
        name: string;
      }[];
      const numbers = new Set(listed.map(({ identifier }) => identifier));
      for (const [number, { text, asked }] of known.notes) {
        assert.ok(numbers.has(number), `note ${number} was acknowledged and is gone`);
        await call('POST', `${note}/active/${number}`);
        const { json } = await call('GET', `${note}/${number}`);
        const stored = (json.note_entity as { note: string }).note;
        assert.ok(stored === text || stored === asked, `note ${number}: ${stored}, was told ${text}`);
      }
      for (const { name } of listed) assert.ok(known.asked.has(name), `nobody asked for ${name}`);

      const recorded = new Set<string>();
      let created = 0;
      const closings: unknown[] = [];
      for await (const line of server.operator.stream('audit.export')) {
        const entry = line as ExportLine;
        if (entry.type !== 'entry') continue;
        recorded.add(entry.requestId);
        if (entry.event === 'item.created') created += 1;
        if (entry.event === 'audit.lane-closed') closings.push(entry.opened?.holds);
      }
      // Listing records nothing.
      const missing = [...known.answered].filter((id) => !recorded.has(id));
      assert.equal(missing.length, 1);
      assert.equal(created, listed.length);
      assert.ok(closings.length >= kills);
      assert.deepEqual(new Set(closings), new Set([true]));
      const verdict = await server.operator.run('audit.verify', undefined as never);
      assert.deepEqual(verdict.problems, []);
      assert.ok(known.notes.size > kills, `only ${known.notes.size} notes were made`);
      assert.equal(await server.stop(), 0);
      assert.doesNotMatch(server.log(), /"level":"error"/);
    });
  });
}
