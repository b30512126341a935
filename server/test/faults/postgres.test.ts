import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeLog, startServer } from '../../src/main.ts';
import { bareSettings } from '../bare-settings.ts';
import { holdLane, untilWaiting } from '../pump/held-lane.ts';
import { type Answer, engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand, type StoreByHand } from '../store-by-hand.ts';
import { type WeakLine, weakLineTo } from './weak-line.ts';

const note = '/api/mysafe/note';
const secret = 'what nobody may see';
const timeoutSeconds = 1;
// What a time-out takes at the most: its own time, the grace of a second for the store's own word, and some air.
const bounded = 10_000;

if (engines.includes('postgres')) {
  describe('a safe whose PostgreSQL fails', () => {
    let safe: TestSafe;
    let ana: Person;
    let line: WeakLine;
    let store: StoreByHand;
    before(async () => {
      // The database is made without the line, which is put before it at a second start.
      safe = await startSafe('postgres', { ARCA_STORE_TIMEOUT: String(timeoutSeconds) });
      line = await weakLineTo(safe.settings.databaseUrl ?? '');
      store = await openByHand(safe.settings);
      safe.settings.databaseUrl = line.url;
      await safe.restart();
      ana = await safe.person('ana');
      await ana.call('POST', note, { name: 'first', note: secret });
    });
    after(async () => {
      line.mend();
      await store.close();
      await safe.close();
      await line.close();
    });

    const read = () => ana.call('GET', `${note}/1`);
    const list = () => ana.call('GET', note);
    const create = (name: string) => ana.call('POST', note, { name, note: 'x' });
    const token = () =>
      safe.call('POST', '/api/oauth2/token', {
        grant_type: 'client_credentials',
        client_id: ana.clientId,
        client_secret: ana.clientSecret,
      });
    const ready = async () => {
      const { status, json } = await safe.call('GET', '/readyz');
      return { status, ...(json as { ready: boolean; reasons: string[] }) };
    };
    const texts = {
      502: 'An invalid response was received from the upstream server',
      504: 'The upstream server is timing out',
    };
    function isFailure(answer: Answer, ...allowed: (502 | 504)[]): void {
      assert.ok(allowed.includes(answer.status as 502), `${answer.status} ${answer.text}`);
      assert.equal((answer.json as { message: string }).message, texts[answer.status as 502]);
      assert.ok(!answer.text.includes(secret));
      assert.doesNotMatch(answer.text, /postgres|127\.0\.0\.1|ECONN|relation|select/i);
    }
    /** Everything works again, at the latest after one more failure of each connection that broke unseen. */
    async function recovers(): Promise<void> {
      const until = performance.now() + bounded;
      for (;;) {
        const answers = [await read(), await list(), await create('again'), await token()];
        if (answers.every(({ status }) => status < 300)) break;
        assert.ok(performance.now() < until, answers.map(({ text }) => text).join('\n'));
      }
      assert.deepEqual(await ready(), { status: 200, ready: true, reasons: [] });
      assert.deepEqual((await safe.operator.run('audit.verify', undefined as never)).problems, []);
    }

    it('answers 502 while it is away, says so on /readyz, and goes on when it is back', async () => {
      line.cut();
      for (const call of [read, list, () => create('lost'), token, read, list]) isFailure(await call(), 502);
      isFailure(await create('lost too'), 502);
      const { status, ready: isReady, reasons } = await ready();
      assert.deepEqual([status, isReady, reasons.length], [503, false, 1]);
      assert.match(reasons[0] ?? '', /^the store /);
      assert.doesNotMatch(reasons[0] ?? '', /127\.0\.0\.1|password|select|\n/);
      assert.equal((await safe.call('GET', '/healthz')).status, 200);
      line.mend();
      await recovers();
      const names = (await list()).text;
      assert.ok(!names.includes('lost'), names);
      assert.match(safe.log(), /"fault":"unreachable".*"msg":"the store failed"/);
    });

    it('answers 504 in bounded time when it falls silent, and goes on when it is back', async () => {
      line.silence();
      const began = performance.now();
      const answers = await Promise.all([read(), list(), create('lost'), token(), ready()]);
      assert.ok(performance.now() - began < bounded, `${performance.now() - began} ms`);
      for (const answer of answers.slice(0, 4)) isFailure(answer as Answer, 502, 504);
      assert.equal(answers[4].status, 503);
      line.mend();
      await recovers();
    });

    it('is not held up by connections that its server ended under load', async () => {
      const all = Array.from({ length: 12 }, async (_, client) => {
        const seen: Answer[] = [];
        for (let count = 0; count < 12; count += 1) {
          const answer = await create(`load ${client} ${count}`);
          seen.push(answer);
          if (answer.status !== 201) isFailure(answer, 502, 504);
        }
        return seen;
      });
      const ended = `select count(pg_terminate_backend(pid)) as ended from pg_stat_activity
        where application_name = 'arca' and datname = current_database()`;
      for (let count = 0; count < 3; count += 1) assert.ok(Number((await store.one(ended)).ended) >= 0);
      const answers = (await Promise.all(all)).flat();
      await recovers();
      // Every acknowledged change is there once; what was answered 502 may be there or not, as nobody can know.
      const { json } = await list();
      const names = (json as { note_on_list: { name: string }[] }).note_on_list.map(({ name }) => name);
      assert.equal(
        new Set(names.filter((name) => name.startsWith('load'))).size,
        names.filter((name) => name.startsWith('load')).length,
      );
      const made = answers.filter(({ status }) => status === 201).length;
      assert.ok(names.filter((name) => name.startsWith('load')).length >= made);
      const { rows } = await store.one(`select count(*) as rows from audit_entries where event = 'item.created'`);
      assert.equal(Number(rows), names.length);
    });

    it('answers 504 when a statement waits too long, takes no harm and is free again', async () => {
      await store.run('begin');
      await store.run('lock table items in access exclusive mode');
      const began = performance.now();
      const answers = await Promise.all([read(), list(), create('waited')]);
      assert.ok(performance.now() - began < bounded);
      for (const answer of answers) isFailure(answer, 504);
      await store.run('commit');
      await recovers();
      assert.ok(!(await list()).text.includes('waited'));
    });

    it('answers 502 when it is cut off in the middle of a transaction, of which nothing stays', async () => {
      await store.run('begin');
      await store.run('lock table audit_entries in exclusive mode');
      // The item is made; its entry waits.
      const cutOff = create('cut off');
      await untilOneWaits(safe);
      line.cut();
      isFailure(await cutOff, 502);
      await store.run('commit');
      line.mend();
      await recovers();
      assert.ok(!(await list()).text.includes('cut off'));
    });

    it('answers 504 when each statement is slow, in bounded time however many wait, and goes on', async () => {
      await create('before');
      line.slow(200);
      const began = performance.now();
      const answers = await Promise.all(Array.from({ length: 24 }, (_, at) => create(`slow ${at}`)));
      // Without a bound a lane runs twelve of them, one after another: a second and a half or more each.
      assert.ok(performance.now() - began < bounded, `${performance.now() - began} ms`);
      line.mend();
      const late = answers.filter(({ status }) => status !== 201);
      assert.ok(late.length > 0);
      for (const answer of late) isFailure(answer, 504);
      await recovers();
      const names = (await list()).text;
      const made = Array.from({ length: 24 }, (_, at) => names.includes(`"slow ${at}"`));
      assert.deepEqual(
        made,
        answers.map(({ status }) => status === 201),
      );
    });

    it('runs actions again that met a deadlock', async () => {
      await store.run(
        `do $$ begin execute format('alter database %I set deadlock_timeout = ''100ms''', current_database()); end $$`,
      );
      safe.settings.lanes = 1;
      safe.settings.storeSeconds = 10; // what waits while the test does is not late
      await safe.restart();
      await create('second');
      const { number } = await store.one(`select max(number) as number from items where kind = 'note'`);
      const second = Number(number);
      const lock = (which: number) =>
        store.run(`select * from items where kind = 'note' and number = ? for update`, which);
      const change = (which: number) => ana.call('PUT', `${note}/update/${which}`, { tags: `deadlock ${which}` });
      // Someone else has the second and wants the first; one transaction of ours has the first and wants the second.
      await store.run('begin');
      await store.run(`set local deadlock_timeout = '60s'`);
      await lock(second);
      const held = await holdLane(safe.serving);
      const changes = [change(1)];
      await untilWaiting(safe.serving, 1);
      changes.push(change(second));
      await untilWaiting(safe.serving, 2);
      await held.letGo();
      await untilOneWaits(safe);
      await lock(1);
      await store.run('commit');
      for (const { status, text } of await Promise.all(changes)) assert.equal(status, 200, text);
      safe.settings.lanes = 2;
      safe.settings.storeSeconds = timeoutSeconds;
      await safe.restart();
    });

    it('runs an action again that could not be serialized, five times and no more', async () => {
      await store.run('create sequence tries');
      await store.run(`create function refuse() returns trigger language plpgsql as $$ begin
        if nextval('tries') <= current_setting('arca.refusals')::int then
          raise exception 'could not serialize access' using errcode = '40001';
        end if;
        return new;
      end $$`);
      await store.run('create trigger refuse before insert on item_versions for each row execute function refuse()');
      const refusals = (count: number) =>
        store.run(
          `do $$ begin execute format('alter database %I set arca.refusals = ${count}', current_database()); end $$`,
        );
      await refusals(3);
      await safe.restart();
      assert.equal((await create('after three')).status, 201);
      const { tries } = await store.one('select last_value as tries from tries');
      assert.equal(Number(tries), 4);
      await refusals(1000);
      await safe.restart();
      isFailure(await create('never'), 502);
      await store.run('drop trigger refuse on item_versions');
      await recovers();
      assert.ok(!(await list()).text.includes('never'));
    });
  });

  it('a safe that gets no more connections answers 502, says so on /readyz, and goes on when there are some', async () => {
    const safe = await startSafe('postgres', { ARCA_POOL: '2', ARCA_STORE_TIMEOUT: String(timeoutSeconds) });
    const store = await openByHand(safe.settings);
    const role = `arca_few_${process.pid}`;
    try {
      const ana = await safe.person('ana');
      await ana.call('POST', note, { name: 'first', note: secret });
      await store.run(`create role ${role} login superuser password 'few-words'`);
      const url = new URL(safe.settings.databaseUrl ?? '');
      url.username = role;
      url.password = 'few-words';
      safe.settings.databaseUrl = url.href;
      await safe.restart();
      assert.equal((await ana.call('GET', `${note}/1`)).status, 200);
      // The limit of a role does not hold for superusers: this one is none any more.
      await store.run(`grant all on all tables in schema public to ${role}`);
      await store.run(`grant all on all sequences in schema public to ${role}`);
      await store.run(`alter role ${role} nosuperuser connection limit 0`);
      await store.one(
        `select count(pg_terminate_backend(pid)) as ended from pg_stat_activity where usename = '${role}'`,
      );
      for (let count = 0; count < 3; count += 1) {
        for (const path of [`${note}/1`, note]) {
          const began = performance.now();
          const { status, text } = await ana.call('GET', path);
          assert.equal(status, 502, text);
          assert.ok(!text.includes(secret) && performance.now() - began < bounded);
        }
      }
      const { status, json } = await safe.call('GET', '/readyz');
      assert.equal(status, 503);
      assert.deepEqual((json as { reasons: string[] }).reasons, ['the store does not answer: postgres 53300']);
      await store.run(`alter role ${role} connection limit -1`);
      for (const path of [`${note}/1`, note]) assert.equal((await ana.call('GET', path)).status, 200);
      assert.equal((await safe.call('GET', '/readyz')).status, 200);
    } finally {
      await store.run(`drop owned by ${role}`);
      await store.run(`drop role ${role}`);
      await store.close();
      await safe.close();
    }
  });

  it('a safe whose PostgreSQL is away is closed in bounded time', async () => {
    const bare = await bareSettings('postgres');
    const line = await weakLineTo(bare.settings.databaseUrl ?? '');
    for (const fail of [line.cut, line.silence]) {
      const settings = bare.with({ ARCA_DATABASE_URL: line.url, ARCA_STORE_TIMEOUT: String(timeoutSeconds) });
      const serving = await startServer(settings, makeLog('silent'));
      fail();
      const began = performance.now();
      await serving.close();
      assert.ok(performance.now() - began < bounded);
      line.mend();
      await (await startServer(settings, makeLog('silent'))).close();
    }
    await line.close();
    await bare.remove();
  });
}

/** Until a statement of the server waits for a lock. */
async function untilOneWaits(safe: TestSafe): Promise<void> {
  const watch = await openByHand(safe.settings);
  const waiting = `select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  while ((await watch.all(waiting)).length === 0);
  await watch.close();
}
