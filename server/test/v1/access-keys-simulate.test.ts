import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setFlags } from '../set-up-store.ts';
import { type Answer, engineOf, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { addKey, type Credentials, path } from './access-keys-cast.ts';
import { done, mustBeInvalid, mustRefuse, type Problem } from './problem.ts';

const noon = Date.parse('2027-03-01T12:00:00Z');
const note = '/api/v1/items/note';
const certificate = 'ab'.repeat(32);

type From = { address?: string; referer?: string; fingerprint?: string };
type Question = From & { item?: { kind: 'note'; number: number }; action?: string; withJustification?: boolean };
type Simulated = { works: boolean; reasons: { code: string; detail: string }[] };

/** Notes by number; all but the first two are ben's. */
const notes = {
  "ana's own": 1,
  "ana's own, disabled": 2,
  'shared with ana to view': 3,
  'shared with ana to edit': 4,
  "ben's alone": 5,
  'to view, wants a reason': 6,
  'to view, wants an approval': 7,
  'to edit, wants both': 8,
  'to edit, disabled, wants a reason': 9,
  'not there': 999,
} as const;

const justification = 'on call';
/** How each act is really done, with a token. */
const acts: Readonly<Record<string, (number: number, reason?: string) => [string, string, object?]>> = {
  list: () => ['GET', '/api/v1/items'],
  create: () => ['POST', note, { name: 'new', note: 'x' }],
  read: (number) => ['GET', `${note}/${number}`],
  reveal: (number, reason) => ['POST', `${note}/${number}/reveal`, reason ? { justification: reason } : {}],
  update: (number) => ['PATCH', `${note}/${number}`, { tags: ['x'] }],
  share: (number) => ['PUT', `${note}/${number}/shares/users/cora`, { role: 'viewer' }],
  disable: (number) => ['POST', `${note}/${number}/disable`],
  enable: (number) => ['POST', `${note}/${number}/enable`],
  transfer: (number) => ['POST', `${note}/${number}/transfer`, { to: 'cora' }],
  'list-access': (number) => ['GET', `${note}/${number}/access`],
  'list-versions': (number) => ['GET', `${note}/${number}/versions`],
  'reveal-version': (number, reason) => [
    'POST',
    `${note}/${number}/versions/1/reveal`,
    reason ? { justification: reason } : {},
  ],
  'restore-version': (number) => ['POST', `${note}/${number}/versions/1/restore`],
};

/** What a call is refused with that has this reason before all others. */
const codeOf: Readonly<Record<string, string>> = {
  key_revoked: 'token_invalid',
  key_expired: 'token_invalid',
  owner_disabled: 'token_invalid',
  address: 'key_restricted',
  referer: 'key_restricted',
  certificate: 'key_restricted',
  closed_to_keys: 'access_denied',
  key_read_only: 'access_denied',
  item_not_chosen: 'access_denied',
  no_access: 'access_denied',
  role_too_weak: 'access_denied',
};

for (const engine of engineOf(import.meta.filename)) {
  describe(`the simulator of access keys on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    let owners: Readonly<Record<'ana' | 'ben', Person>>;
    before(async () => {
      safe = await startSafe(engine, { ARCA_TRUSTED_PROXIES: '127.0.0.1', ARCA_CERT_HEADER_PROXIES: '127.0.0.1' });
      safe.setClock(new Date(noon));
      ana = await safe.signIn('ana');
      owners = { ana: await safe.person('ana'), ben: await safe.person('ben') };
      await safe.person('cora');
      for (const number of Object.values(notes)) {
        if (number === notes['not there']) continue;
        const owner = number <= 2 ? owners.ana : owners.ben;
        done(await owner.call('POST', note, { name: `note ${number}`, note: 'text' }), 201);
      }
      const share = async (number: number, role: string) =>
        done(await owners.ben.call('PUT', `${note}/${number}/shares/users/ana`, { role }));
      for (const number of [3, 6, 7]) await share(number, 'viewer');
      for (const number of [4, 8, 9]) await share(number, 'editor');
      await setFlags(safe, 'note', 6, { justificationRequired: true });
      await setFlags(safe, 'note', 7, { approvalRequired: true });
      await setFlags(safe, 'note', 8, { justificationRequired: true, approvalRequired: true });
      await setFlags(safe, 'note', 9, { justificationRequired: true });
      for (const [number, owner] of [
        [2, owners.ana],
        [9, owners.ben],
      ] as const) {
        done(await owner.call('POST', `${note}/${number}/disable`));
      }
    });
    after(() => safe.close());

    const headersOf = ({ address = '127.0.0.1', referer, fingerprint }: From) => ({
      'x-forwarded-for': address,
      ...(referer === undefined ? {} : { referer }),
      ...(fingerprint === undefined ? {} : { 'client-cert': fingerprint }),
    });

    /** A key with a token from before it got its limits. */
    async function keyWith(limits: object): Promise<Credentials & { token: string }> {
      const made = await addKey(ana);
      const token = await safe.token(made.clientId, made.clientSecret);
      if (Object.keys(limits).length > 0) done(await ana.call('PATCH', `${path}/${made.id}`, limits));
      return { ...made, token };
    }

    const simulated = async (id: number, question: Question) =>
      done<Simulated>(await ana.call('POST', `${path}/${id}/simulate`, question));

    async function really(
      token: string,
      { item, action: named, withJustification, ...from }: Question,
    ): Promise<Answer> {
      const action = named ?? (item ? 'reveal' : 'list');
      const [method, at, body] = acts[action]?.(item?.number ?? 0, withJustification ? justification : undefined) ?? [];
      assert.ok(method && at, action);
      const headers = { ...headersOf(from), authorization: `Bearer ${token}` };
      const answer = await safe.call(method, at, body, headers);
      if (answer.status < 400 && item && ['share', 'disable', 'enable'].includes(action)) await putBack(item.number);
      return answer;
    }

    /** Whatever was done to a note, the next question finds it as it was. */
    async function putBack(number: number): Promise<void> {
      const owner = number <= 2 ? owners.ana : owners.ben;
      const isDisabled = number === 2 || number === 9;
      await owner.call('POST', `${note}/${number}/enable`);
      await owner.call('DELETE', `${note}/${number}/shares/users/cora`);
      if (isDisabled) done(await owner.call('POST', `${note}/${number}/disable`));
    }

    /** Asks, then does it: both must say the same, and of a refusal the same first reason. */
    async function agree(key: Credentials & { token: string }, question: Question): Promise<string[]> {
      const { works, reasons } = await simulated(key.id, question);
      const codes = reasons.map(({ code }) => code);
      const answer = await really(key.token, question);
      const about = `${JSON.stringify(question)}: ${codes.join(', ')} but ${answer.status} ${answer.text}`;
      assert.equal(works, answer.status < 400, about);
      assert.equal(works, codes.length === 0, about);
      const [first] = codes;
      if (first === undefined) return codes;
      const problem = answer.json as Problem & { by?: string };
      assert.equal(problem.code, codeOf[first] ?? first, about);
      if (problem.code === 'key_restricted') assert.equal(problem.by, first, about);
      for (const { detail } of reasons) assert.match(detail, /^[A-Z].+\.$/);
      return codes;
    }

    for (const action of Object.keys(acts)) {
      it(`says of each item what a real call meets: ${action}`, async () => {
        const key = await keyWith({});
        if (action === 'list' || action === 'create') {
          assert.deepEqual(await agree(key, { action }), []);
          return;
        }
        for (const number of Object.values(notes)) {
          const item = { kind: 'note', number } as const;
          await agree(key, { item, action });
          if (action.startsWith('reveal')) await agree(key, { item, action, withJustification: true });
        }
      });
    }

    it('tells every reason that an item has', async () => {
      const key = await keyWith({});
      const rows: [keyof typeof notes, Partial<Question>, string[]][] = [
        ["ana's own", {}, []],
        ["ana's own, disabled", {}, ['item_disabled']],
        ["ana's own, disabled", { action: 'read' }, []],
        ['shared with ana to view', { action: 'update' }, ['role_too_weak']],
        ['shared with ana to edit', { action: 'update' }, []],
        ["ben's alone", {}, ['no_access']],
        ['to view, wants a reason', {}, ['justification_required']],
        ['to view, wants a reason', { withJustification: true }, []],
        ['to view, wants an approval', { withJustification: true }, ['approval_required']],
        ['to edit, wants both', {}, ['justification_required', 'approval_required']],
        ['to edit, disabled, wants a reason', {}, ['item_disabled', 'justification_required']],
        ["ana's own", { action: 'transfer' }, ['closed_to_keys']],
        ['not there', {}, ['item_not_found']],
      ];
      for (const [name, question, codes] of rows) {
        const item = { kind: 'note', number: notes[name] } as const;
        assert.deepEqual(await agree(key, { item, action: 'reveal', ...question }), codes, name);
      }
    });

    const places: readonly [string, From][] = [
      ['from here', {}],
      ['from an allowed address', { address: '203.0.113.9' }],
      ['from another address', { address: '198.51.100.1' }],
      ['over IPv6', { address: '2001:db8::7' }],
      ['from an allowed page', { address: '203.0.113.9', referer: 'https://app.example.com/portal/x' }],
      ['from another page', { address: '203.0.113.9', referer: 'https://app.example.com/portals' }],
      ['with the certificate', { address: '203.0.113.9', fingerprint: certificate }],
      ['with another certificate', { address: '203.0.113.9', fingerprint: 'cd'.repeat(32) }],
      [
        'with all of it',
        { address: '203.0.113.9', referer: 'https://app.example.com/portal', fingerprint: certificate },
      ],
    ];
    const chosen = { items: [{ kind: 'note', number: 1 }] };
    const from = { addresses: ['203.0.113.0/24', '2001:db8::/32'] };
    const pages = { referers: ['https://app.example.com/portal'] };
    const everything = { ...from, ...pages, fingerprint: certificate, ...chosen, readOnly: true };
    for (const [name, limits] of [
      ['for chosen items', chosen],
      ['for no item', { items: [] }],
      ['that only reads', { readOnly: true }],
      ['for certain addresses', from],
      ['for certain pages', pages],
      ['with a certificate', { fingerprint: certificate }],
      ['with every limit', everything],
    ] as const) {
      it(`says of a key ${name} what a real call meets, from anywhere`, async () => {
        const key = await keyWith(limits);
        for (const [, place] of places) {
          for (const number of [1, 5]) {
            for (const action of ['reveal', 'update']) {
              await agree(key, { ...place, item: { kind: 'note', number }, action });
            }
          }
          await agree(key, { ...place, action: 'create' });
        }
      });
    }

    it('tells all that stands against a call at once', async () => {
      const key = await keyWith(everything);
      const question = { address: '198.51.100.1', item: { kind: 'note', number: 5 }, action: 'update' } as const;
      assert.deepEqual(await agree(key, question), [
        ...['address', 'referer', 'certificate', 'key_read_only', 'item_not_chosen', 'no_access'],
      ]);
      const create = { address: '203.0.113.9', action: 'create' };
      assert.deepEqual(await agree(key, create), ['referer', 'certificate', 'key_read_only', 'item_not_chosen']);
      done(await ana.call('POST', `${path}/${key.id}/revoke`));
      assert.deepEqual((await agree(key, question))[0], 'key_revoked');
    });

    it('asks of the key and the place alone when no action is named', async () => {
      const key = await keyWith(from);
      for (const [, place] of places) {
        const { works } = await simulated(key.id, place);
        const body = { grant_type: 'client_credentials', client_id: key.clientId, client_secret: key.clientSecret };
        const { status } = await safe.call('POST', '/api/oauth2/token', body, headersOf(place));
        assert.equal(works, status === 200);
      }
      // Without a body it is asked of the very place that asks.
      const answer = await ana.call(
        'POST',
        `${path}/${key.id}/simulate`,
        undefined,
        headersOf({ address: '203.0.113.1' }),
      );
      assert.deepEqual(done(answer), { works: true, reasons: [] });
    });

    it('knows when a key ends', async () => {
      const key = await keyWith({ expiresAt: new Date(noon + 5000).toISOString() });
      const item = { kind: 'note', number: 1 } as const;
      assert.deepEqual(await agree(key, { item }), []);
      safe.setClock(new Date(noon + 5000));
      assert.deepEqual(await agree(key, { item }), ['key_expired']);
      done(await ana.call('PATCH', `${path}/${key.id}`, { expiresAt: null }));
      assert.deepEqual(await agree(key, { item }), []);
      safe.setClock(new Date(noon));
    });

    it('reads a fingerprint as it is written elsewhere, and refuses what it cannot read', async () => {
      const key = await keyWith({ fingerprint: certificate });
      const works = async (fingerprint: string) => (await simulated(key.id, { fingerprint })).works;
      assert.equal(await works('AB:'.repeat(31).concat('AB')), true);
      assert.equal(await works('00'.repeat(32)), false);
      const ask = (body: object) => ana.call('POST', `${path}/${key.id}/simulate`, body);
      for (const [body, field] of [
        [{ fingerprint: 'abc' }, 'fingerprint'],
        [{ address: 'nowhere' }, 'address'],
        [{ address: '203.0.113.0/24' }, 'address'],
        [{ action: 'update' }, 'item'],
        [{ action: 'create', item: { kind: 'note', number: 1 } }, 'item'],
        [{ action: 'destroy', item: { kind: 'note', number: 1 } }, 'action'],
        [{ item: { kind: 'thing', number: 1 } }, 'item.kind'],
        [{ item: 'note:1' }, 'item'],
      ] as const) {
        mustBeInvalid(await ask(body), [field], JSON.stringify(body));
      }
      mustRefuse(await ask({ action: 'update' }), 400, 'field_missing');
    });

    it('does and records nothing', async () => {
      const key = await keyWith({});
      const count = async () => (await safe.operator.run('audit.list', { limit: 10_000 })).length;
      const [entries, uses] = [await count(), safe.serving.safe.uses.take().keys];
      assert.ok(uses);
      await simulated(key.id, { item: { kind: 'note', number: 1 }, action: 'disable' });
      assert.equal(await count(), entries);
      assert.deepEqual(safe.serving.safe.uses.take().keys, []);
      assert.equal(done<{ enabled: boolean }>(await owners.ana.call('GET', `${note}/1`)).enabled, true);
    });
  });
}
