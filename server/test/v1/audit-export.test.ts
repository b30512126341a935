import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exportAudit } from '../../src/actions/audit/export.ts';
import type { Context } from '../../src/actions/safe.ts';
import { readSessionToken } from '../../src/actions/sessions/read-token.ts';
import { contextOf } from '../../src/admin/operate.ts';
import { verifyAuditFile } from '../../src/admin/verify-file.ts';
import { auditEntries, auditLines } from '../audit-left.ts';
import { engineOf, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { settlePolicy } from './access-keys-cast.ts';
import { allOf, path, recordMany } from './audit-entries.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';

const noon = Date.parse('2027-03-01T12:00:00Z');
const minute = 60_000;
const jsonl = `${path}/export?format=jsonl`;
const csv = `${path}/export?format=csv`;

for (const engine of engineOf(import.meta.filename)) {
  describe(`an export of the audit on ${engine}`, () => {
    let safe: TestSafe;
    let adam: SignedIn;
    let stale: SignedIn;
    let ana: SignedIn;
    let script: Person;
    before(async () => {
      safe = await startSafe(engine);
      safe.setClock(new Date(noon - 11 * minute));
      stale = await safe.signIn('adam', 'admin');
      safe.setClock(new Date(noon));
      [adam, ana] = [await safe.signIn('adam', 'admin'), await safe.signIn('ana')];
      script = await safe.person('adam');
      done(await ana.call('POST', '/api/v1/items/note', { name: 'one', note: 'x' }), 201);
      mustRefuse(await script.call('POST', '/api/v1/items/note/1/reveal'), 403, 'access_denied');
    });
    after(() => safe.close());

    for (const [format, at] of [
      ['jsonl', jsonl],
      ['csv', csv],
    ] as const) {
      it(`is for administrators with a fresh proof: ${format}`, async () => {
        mustRefuse(await safe.call('GET', at), 401, 'token_missing');
        for (const [who, user, code] of [
          [ana, 'ana', 'access_denied'],
          [script, 'adam', 'access_denied'],
          [stale, 'adam', 'proof_required'],
        ] as const) {
          const answer = await who.call('GET', at);
          mustRefuse(answer, 403, code);
          assert.deepEqual(await auditLines(safe, answer), [`audit.export.refused ${user} - ${code}`]);
        }
        await settlePolicy(safe, { secondFactor: 'admins' });
        mustRefuse(await adam.call('GET', at), 403, 'second_factor_not_enrolled');
        await settlePolicy(safe, { secondFactor: 'optional' });
      });
    }

    it('as lines of JSON is what the command gives and verifies', async () => {
      const answer = await adam.call('GET', jsonl);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(answer.headers.get('content-type'), 'application/jsonl');
      assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="audit.jsonl"');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const lines = answer.text.split('\n');
      assert.equal(lines.pop(), '');
      const keys = await safe.operator.run('audit.public-key', undefined as never);
      const trusted = keys.map(({ publicKey }) => publicKey);
      const verdict = await verifyAuditFile(
        (async function* () {
          yield* lines;
        })(),
        trusted,
        [],
      );
      assert.deepEqual([verdict.holds, verdict.problems], [true, []]);
      const command: string[] = [];
      for await (const line of safe.operator.stream('audit.export')) command.push(JSON.stringify(line));
      // All but what was exported since: the second export's own entry and the heads that tell of it.
      const entriesOf = (all: readonly string[]) => all.filter((line) => line.startsWith('{"type":"entry"'));
      for (const entry of entriesOf(lines)) assert.ok(command.includes(entry), entry);
      assert.equal(entriesOf(command).length, entriesOf(lines).length + 1);
    });

    it('is recorded before its first line leaves, which then is among its entries', async () => {
      const answer = await adam.call('GET', jsonl);
      const [entry] = await auditEntries(safe, answer);
      assert.deepEqual([entry?.event, entry?.user, entry?.details.address], ['audit.exported', 'adam', '127.0.0.1']);
      const requestId = answer.headers.get('x-request-id') ?? '-';
      assert.ok(
        answer.text.includes(
          `"event":"audit.exported","userId":1,"accessKeyId":null,"target":null,"requestId":"${requestId}"`,
        ),
      );
      const table = await adam.call('GET', `${csv}&event=item.&reason=denied`);
      const [recorded] = await auditEntries(safe, table);
      const { session: _, ...details } = recorded?.details ?? {};
      assert.deepEqual(details, { address: '127.0.0.1', format: 'csv', filters: ['event=item.', 'reason=denied'] });
    });

    it('as a table holds what the same search finds', async () => {
      for (const query of [
        '',
        '&event=item.',
        '&user=ana',
        '&reason=denied',
        '&item=note:1',
        '&address=127.0.0.1',
        '&event=nothing.',
      ]) {
        const found = await allOf(adam, `${query.slice(1)}&limit=200`);
        const answer = await adam.call('GET', `${csv}${query}`);
        assert.equal(answer.status, 200, answer.text);
        assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
        assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="audit.csv"');
        const [head, ...rows] = answer.text.split('\r\n');
        assert.equal(head?.replace('\uFEFF', ''), 'id,at,event,user,accessKey,target,address,requestId,details');
        assert.equal(rows.pop(), '');
        const ids = rows.map((row) => row.split(',')[0]);
        const known = found.map(({ id }) => id);
        // Beside them the export's own entry, where it is looked for.
        assert.deepEqual(
          ids.filter((id) => known.includes(id ?? '')),
          known,
          query,
        );
        assert.ok(ids.length - known.length <= 1, query);
      }
    });

    it('refuses what it cannot read before anything leaves', async () => {
      mustBeInvalid(await adam.call('GET', `${path}/export`), ['format']);
      mustBeInvalid(await adam.call('GET', `${path}/export?format=xml`), ['format']);
      mustBeInvalid(await adam.call('GET', `${jsonl}&event=item.&user=ana`), ['event', 'user']);
      mustBeInvalid(await adam.call('GET', `${csv}&address=nowhere`), ['address']);
      mustBeInvalid(await adam.call('GET', `${csv}&limit=5`), ['limit']);
      const answer = await adam.call('GET', `${csv}&user=nobody`);
      mustRefuse(answer, 404, 'user_not_found');
      assert.deepEqual(await auditLines(safe, answer), ['audit.export.refused adam - user_not_found']);
    });

    it('goes on when its proof grows old, and ends when its administrator is disabled', async () => {
      const eve = await safe.signIn('eve', 'admin');
      const credential = readSessionToken(eve.cookie.split('=')[1] ?? '');
      const ctx: Context = { ...contextOf(safe.serving.safe, ''), credential };
      const lines = exportAudit(ctx);
      await lines.next();
      safe.setClock(new Date(noon + 11 * minute));
      await lines.next();
      assert.equal((await lines.next()).value?.type, 'entry');
      await lines.return(undefined);
      await assert.rejects(exportAudit(ctx).next(), { code: 'proof_required' });
      safe.setClock(new Date(noon));
      const again = exportAudit(ctx);
      await again.next();
      await safe.operator.run('user.disable', { username: 'eve' });
      await assert.rejects(
        async () => {
          for await (const line of again) assert.notEqual(line.type, 'entry');
        },
        { code: 'token_invalid' },
      );
    });

    it('of many entries is whole, and one that nobody reads to its end harms nobody', async () => {
      const draft = { event: 'item.disabled', userId: null, accessKeyId: null, target: 'note:1' } as const;
      await recordMany(
        safe.serving.safe,
        Array.from({ length: 6000 }, (_, at) => ({
          ...draft,
          details: { operator: `o${at}` },
          at: new Date(noon - at),
        })),
      );
      const table = await adam.call('GET', `${csv}&event=item.disabled`);
      assert.equal(table.text.split('\r\n').length, 6002);
      const found = await adam.call('GET', `${csv}&address=192.0.2.1`);
      assert.equal(found.text.split('\r\n').length, 2);
      const headers = { cookie: adam.cookie, 'sec-fetch-site': 'same-origin' };
      for (const at of [jsonl, csv]) {
        const leaving = new AbortController();
        const answer = await fetch(`${safe.url}${at}`, { headers, signal: leaving.signal });
        const reader = answer.body?.getReader();
        assert.equal((await reader?.read())?.done, false);
        leaving.abort();
        await assert.rejects(async () => {
          while (!(await reader?.read())?.done);
        });
      }
      assert.equal((await adam.call('GET', jsonl)).text.match(/"type":"end"/g)?.length, 1);
      assert.doesNotMatch(safe.log(), /"level":"error"/);
    });
  });
}
