import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { tendSafeKeys } from '../../src/actions/safe-keys/tend.ts';
import { systemContext } from '../../src/actions/system-context.ts';
import { auditLines } from '../audit-left.ts';
import { engineOf, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand, type StoreByHand } from '../store-by-hand.ts';
import { done, mustRefuse } from '../v1/problem.ts';
import { listKeys, rotateToEnd, untilFinished } from './rotate-to-end.ts';

const path = '/api/v1/safe-keys';
const minute = 60_000;

type Keys = { keys: { id: string; purpose: string; state: string }[]; dataKeyUse: { uses: number; warnsAt: number } };

for (const engine of engineOf(import.meta.filename)) {
  describe(`the keys of a safe on ${engine}`, () => {
    let safe: TestSafe;
    let store: StoreByHand;
    let adam: SignedIn;
    let ana: SignedIn;
    before(async () => {
      safe = await startSafe(engine);
      [adam, ana] = [await safe.signIn('adam', 'admin'), await safe.signIn('ana')];
      store = await openByHand(safe.settings);
    });
    after(async () => {
      await store.close();
      await safe.close();
    });

    const tend = () => tendSafeKeys(systemContext(safe.serving.safe));
    const states = async (purpose: string) =>
      done<Keys>(await adam.call('GET', path))
        .keys.filter((key) => key.purpose === purpose)
        .map(({ state }) => state);

    it('are seen by administrators alone, and never what they are', async () => {
      mustRefuse(await safe.call('GET', path), 401, 'token_missing');
      const script = await safe.person('adam');
      for (const [who, user] of [
        [ana, 'ana'],
        [script, 'adam'],
      ] as const) {
        const answer = await who.call('GET', path);
        mustRefuse(answer, 403, 'access_denied');
        assert.deepEqual(await auditLines(safe, answer), [`safe-key.list.refused ${user} - access_denied`]);
      }
      const { keys } = done<Keys>(await adam.call('GET', path));
      assert.equal(keys.length, 6);
      assert.deepEqual(new Set(keys.map(({ state }) => state)), new Set(['current']));
      const members = ['createdAt', 'id', 'purpose', 'replacedAt', 'state'];
      for (const key of keys) assert.deepEqual(Object.keys(key).sort(), members);
    });

    it('are replaced by administrators alone, with a fresh proof, one rotation at a time, and it is recorded', async () => {
      const refused = await ana.call('POST', `${path}/rotate`, { what: 'data' });
      mustRefuse(refused, 403, 'access_denied');
      assert.deepEqual(await auditLines(safe, refused), ['safe-key.rotate.refused ana - access_denied']);
      safe.setClock(new Date(Date.now() + 11 * minute));
      mustRefuse(await adam.call('POST', `${path}/rotate`, { what: 'data' }), 403, 'proof_required');
      safe.setClock(null);
      mustRefuse(await adam.call('POST', `${path}/rotate`, { what: 'index', reseal: true }), 400, 'field_invalid');
      mustRefuse(await adam.call('POST', `${path}/rotate`, { what: 'root' }), 400, 'request_invalid');
      const begun = await adam.call('POST', `${path}/rotate`, { what: 'signing' });
      done(begun, 201);
      assert.deepEqual(await auditLines(safe, begun), ['safe-key.rotation-started adam rotation:1']);
      await untilFinished(safe.operator);
      const events = (
        await store.all(`select event from audit_entries where event like 'safe-key.%' and event not like '%refused'`)
      ).map(({ event }) => event);
      assert.deepEqual(events.sort(), [
        'safe-key.replaced',
        'safe-key.replaced',
        'safe-key.retired',
        'safe-key.rotation-finished',
        'safe-key.rotation-started',
      ]);
    });

    it('of tokens go when all tokens have expired, peppers when everybody has signed in', async () => {
      await rotateToEnd(safe.operator, 'pepper');
      assert.deepEqual(await states('token-signing'), ['current', 'replaced']);
      await tend();
      assert.deepEqual(await states('token-signing'), ['current', 'replaced']);
      const later = new Date(Date.now() + 25 * 3_600_000);
      safe.setClock(later);
      await tend();
      adam = await safe.signIn('adam');
      assert.deepEqual(await states('token-signing'), ['current']);
      assert.deepEqual(await states('pepper'), ['current', 'replaced']);
      await safe.signIn('ana');
      await tend();
      assert.deepEqual(await states('pepper'), ['current']);
      safe.setClock(null);
      adam = await safe.signIn('adam');
      assert.equal((await safe.call('GET', '/.well-known/jwks.json')).text.match(/"kid"/g)?.length, 1);
    });

    it('are kept for rows that other hands have changed, which are told of', async () => {
      const person = await safe.person('ana');
      for (const name of ['one', 'two']) {
        const made = await person.call('POST', '/api/mysafe/note', { name, note: `text of ${name}` });
        assert.equal(made.status, 201, made.text);
      }
      const where = `where kind = 'note' and number = 1`;
      const { wrapped_key: whole } = await store.one(`select wrapped_key from item_versions ${where}`);
      const changed = Buffer.from(whole as Uint8Array);
      changed[20] = (changed[20] ?? 0) ^ 1;
      await store.run(`update item_versions set wrapped_key = ? ${where}`, changed);
      const logged = safe.log().length;
      const ended = await rotateToEnd(safe.operator, 'data');
      assert.equal(ended.broken, 1);
      assert.match(safe.log().slice(logged), /"level":"error".*"table":"item_versions","row":"note:1:1"/);
      assert.deepEqual(await states('data'), ['current', 'replaced']);
      assert.match((await person.call('GET', '/api/mysafe/note/2')).text, /text of two/);
      // Mended by hand it opens again, for its key is still there; the next rotation then leaves nothing behind.
      await store.run(`update item_versions set wrapped_key = ? ${where}`, whole ?? null);
      assert.match((await person.call('GET', '/api/mysafe/note/1')).text, /text of one/);
      assert.equal((await rotateToEnd(safe.operator, 'data')).broken, 0);
      assert.deepEqual((await states('data')).sort(), ['current', 'retired', 'retired']);
      assert.match((await person.call('GET', '/api/mysafe/note/1')).text, /text of one/);
    });

    it('warn when the data key was used too often, until it is replaced', async () => {
      await tend();
      assert.doesNotMatch(safe.log(), /2\^31/);
      await store.run(
        `insert into audit_lanes (lane, opened_at, closed_at, sequence, hash, signed_at, key_id, signature)
         select 'ffff', opened_at, 1, 2147483649, hash, signed_at, key_id, signature from audit_lanes order by lane limit 1`,
      );
      await tend();
      assert.match(safe.log(), /"level":"warn".*the data key was used for more than 2\^31 sealings/);
      const { dataKeyUse } = done<Keys>(await adam.call('GET', path));
      assert.ok(dataKeyUse.uses > dataKeyUse.warnsAt);
      await rotateToEnd(safe.operator, 'data');
      const { dataKeyUse: fresh } = done<Keys>(await adam.call('GET', path));
      assert.ok(fresh.uses < 100, String(fresh.uses));
      assert.equal((await listKeys(safe.operator)).rotation?.phase, 'finished');
    });
  });
}
