import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { engineOf, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { done, mustRefuse } from '../v1/problem.ts';
import { contents, finish, plan } from './plan-steps.ts';

const seed = 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXPJBSWY3DP&algorithm=SHA256&digits=8&period=60';
const odd = '=1+1,"two"\nlines; çã 🔑 \\ \t end';
const passphrase = 'seven wooden boats';

type Made = { file: string; content: string; items: number; left: { kind: string; number: number; why: string }[] };

for (const engine of engineOf(import.meta.filename)) {
  describe(`what leaves the safe and comes back on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    let key: Person;
    before(async () => {
      safe = await startSafe(engine, { ARCA_OUTBOUND_ALLOWED: '127.0.0.1' });
      ana = await safe.signIn('ana');
      key = await safe.person('ana');
      const make = async (kind: string, body: object) =>
        done(await ana.call('POST', `/api/v1/items/${kind}`, body), 201);
      const url = 'https://wiki.example.com/?a=1&b=2';
      await make('password', {
        name: 'Wiki',
        username: 'ana',
        password: odd,
        url,
        totp: seed,
        notes: odd,
        tags: ['b', 'a'],
      });
      await make('password', { name: 'Least', username: 'u', password: ' p ' });
      await make('note', { name: 'A note', note: odd, tags: ['t'] });
      await make('api-secret', {
        ...{ name: 'Payments', url, clientId: 'id', clientSecret: odd, identifierCode: 'pay' },
        ...{ method: 'client_credentials', notes: 'n', tags: ['x'] },
      });
      await make('note', { name: 'Gone', note: 'x' });
      done(await ana.call('POST', '/api/v1/items/note/2/disable'));
    });
    after(() => safe.close());

    /** Everything that somebody has, as if it had no numbers. */
    const all = async (who: SignedIn, kind: string) =>
      (await contents(who, kind))
        .map(({ number: _, ...fields }) => fields)
        .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));

    const makeExport = async (body: object) => {
      const answer = await ana.call('POST', '/api/v1/exports', body);
      const made = done<Made>(answer);
      assert.deepEqual([made.items, made.left], [4, [{ kind: 'note', number: 2, why: 'item_disabled' }]]);
      return { answer, bytes: Buffer.from(made.content, 'base64') };
    };

    for (const [name, body, kinds] of [
      ['bea', { format: 'json', passphrase }, ['password', 'note', 'api-secret']],
      ['caio', { format: 'csv' }, ['password', 'note', 'api-secret']],
      ['davi', { format: 'kdbx', passphrase }, ['password', 'note', 'api-secret']],
    ] as const) {
      it(`is the same in every field after an export as ${body.format}`, async () => {
        const { bytes, answer } = await makeExport(body);
        const lines = await auditLines(safe, answer);
        assert.ok(lines.includes('item.exported ana -'), lines.join('\n'));
        for (const item of ['password:1', 'note:1', 'api-secret:1']) {
          assert.ok(lines.includes(`item.revealed ana ${item}`), lines.join('\n'));
        }
        if (body.format === 'json') assert.equal(bytes.subarray(0, 21).toString(), 'age-encryption.org/v1');
        const other = await safe.signIn(name);
        const planned = await plan(other, bytes, 'passphrase' in body ? { passphrase } : {});
        assert.deepEqual(planned.counts, { new: 4, same: 0, changed: 0, rejected: 0 });
        await finish(other, planned.id, 'apply');
        for (const kind of kinds) {
          const wanted = (await all(ana, kind)).filter((one) => one.name !== 'Gone');
          assert.deepEqual(await all(other, kind), wanted, kind);
        }
        // Deriving a key takes its time: once is enough.
        if (body.format === 'csv') assert.equal((await plan(other, bytes)).counts.same, 4);
      });
    }

    it('asks for a passphrase where the file is encrypted, and takes none where it is not', async () => {
      mustRefuse(await ana.call('POST', '/api/v1/exports', { format: 'json' }), 400, 'request_invalid');
      mustRefuse(await ana.call('POST', '/api/v1/exports', { format: 'csv', passphrase }), 400, 'request_invalid');
    });

    it('comes from another MySafe over its wire, with a receipt', async () => {
      const eva = await safe.signIn('eva');
      const source = { url: safe.url, clientId: key.clientId, clientSecret: key.clientSecret };
      const answer = await eva.call('POST', '/api/v1/imports/mysafe', source);
      const planned = done<Awaited<ReturnType<typeof plan>>>(answer, 201);
      assert.deepEqual(planned.receipt?.counts, { password: 2, note: 1, 'api-secret': 1 });
      assert.match(planned.receipt?.digest ?? '', /^[0-9a-f]{64}$/);
      await finish(eva, planned.id, 'apply');
      assert.deepEqual(await all(eva, 'api-secret'), await all(ana, 'api-secret'));
      const again = done<typeof planned>(await eva.call('POST', '/api/v1/imports/mysafe', source), 201);
      assert.deepEqual([again.receipt?.digest, again.counts.same], [planned.receipt?.digest, 4]);
      const refused = async (url: string, secret = key.clientSecret) =>
        mustRefuse(
          await eva.call('POST', '/api/v1/imports/mysafe', { ...source, url, clientSecret: secret }),
          400,
          'import_source_failed',
        ).why ?? '';
      assert.match(await refused(safe.url, 'x'.repeat(32)), /does not accept the access key/);
      // Nowhere inside but where the operator lets it.
      assert.match(await refused('http://127.0.0.2:1'), /ARCA_OUTBOUND_ALLOWED/);
      assert.match(await refused('https://169.254.169.254'), /ARCA_OUTBOUND_ALLOWED/);
      assert.match(await refused('file:///etc/passwd'), /http or https/);
    });

    it('comes from another MySafe whose token expires on the way', async () => {
      const eve = await safe.signIn('eve');
      const source = await startSafe(engine, { ARCA_TOKEN_LIFETIME: '1' });
      const slow = await slowed(source.url, 150);
      try {
        const owner = await source.person('otto');
        const body = { name: 'n', note: 'x' };
        const otto = await source.signIn('otto');
        for (let at = 0; at < 40; at += 1) done(await otto.call('POST', '/api/v1/items/note', body), 201);
        const from = { url: slow.url, clientId: owner.clientId, clientSecret: owner.clientSecret };
        const planned = done<{ counts: object; receipt: { counts: object } }>(
          await eve.call('POST', '/api/v1/imports/mysafe', from),
          201,
        );
        assert.deepEqual(planned.receipt.counts, { password: 0, note: 40, 'api-secret': 0 });
        assert.ok(slow.tokens() > 1, 'the token did not expire');
      } finally {
        await slow.close();
        await source.close();
      }
    });
  });
}

/** A way to a safe on which every call takes so many milliseconds more. */
async function slowed(target: string, milliseconds: number) {
  let tokens = 0;
  const server = createServer((asked, answer) => {
    if (asked.url === '/api/oauth2/token') tokens += 1;
    setTimeout(() => {
      const { method, headers } = asked;
      const onward = request(new URL(asked.url ?? '/', target), { method: method ?? 'GET', headers }, (came) => {
        answer.writeHead(came.statusCode ?? 502, came.headers);
        came.pipe(answer);
      });
      asked.pipe(onward);
    }, milliseconds);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens: () => tokens,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
