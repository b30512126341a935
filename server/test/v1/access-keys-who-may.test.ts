import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditLines } from '../audit-left.ts';
import { engines, type Person, type SignedIn, startSafe, type TestSafe } from '../start-safe.ts';
import { addKey, type Credentials, type Key, path, settlePolicy } from './access-keys-cast.ts';
import { done, mustBeInvalid, mustRefuse } from './problem.ts';

const noon = Date.parse('2027-03-01T12:00:00Z');
const minute = 60_000;

type Who =
  | 'nobody'
  | "a key's token"
  | 'a stranger'
  | 'an admin'
  | 'a stale owner'
  | 'an owner who must enrol'
  | 'the owner';
type Outcome = number | 'proof_required' | 'access_denied' | 'key_not_found';

type Verb = {
  name: string;
  action: string;
  method: string;
  /** `{id}` is a key of ana's. */
  path: string;
  body?: object;
  stranger: Outcome;
  admin: Outcome;
  stale: Outcome;
  owner: number;
  /** What the owner's act leaves in the audit; null for a mere look. */
  event: string | null;
};

const look = { method: 'GET', event: null } as const;
const verbs: readonly Verb[] = [
  { name: 'list', action: 'access-key.list', ...look, path: '', stranger: 200, admin: 200, stale: 200, owner: 200 },
  {
    ...{ name: 'list all', action: 'access-key.list', ...look, path: '?owner=all' },
    ...{ stranger: 'access_denied', admin: 200, stale: 'access_denied', owner: 403 },
  },
  {
    name: 'report',
    action: 'access-key.report',
    ...look,
    path: '/report',
    stranger: 200,
    admin: 200,
    stale: 200,
    owner: 200,
  },
  {
    ...{ name: "report on ana's", action: 'access-key.report', ...look, path: '/report?owner=ana' },
    ...{ stranger: 'access_denied', admin: 200, stale: 200, owner: 200 },
  },
  {
    ...{ name: 'read', action: 'access-key.read', ...look, path: '/{id}' },
    ...{ stranger: 'key_not_found', admin: 200, stale: 200, owner: 200 },
  },
  {
    ...{ name: 'simulate', action: 'access-key.simulate', method: 'POST', path: '/{id}/simulate', event: null },
    ...{ stranger: 'key_not_found', admin: 'access_denied', stale: 200, owner: 200 },
  },
  {
    ...{
      name: 'add',
      action: 'access-key.add',
      method: 'POST',
      path: '',
      body: { name: 'new' },
      event: 'access-key.added',
    },
    ...{ stranger: 201, admin: 201, stale: 'proof_required', owner: 201 },
  },
  {
    ...{ name: 'change', action: 'access-key.change', method: 'PATCH', path: '/{id}', body: { name: 'other' } },
    ...{ stranger: 'key_not_found', admin: 'access_denied', stale: 'proof_required', owner: 200 },
    event: 'access-key.changed',
  },
  {
    ...{ name: 'clone', action: 'access-key.clone', method: 'POST', path: '/{id}/clone', event: 'access-key.cloned' },
    ...{ stranger: 'key_not_found', admin: 'access_denied', stale: 'proof_required', owner: 201 },
  },
  {
    ...{ name: 'secret', action: 'access-key.view-secret', method: 'POST', path: '/{id}/secret' },
    ...{ stranger: 'key_not_found', admin: 'access_denied', stale: 'proof_required', owner: 200 },
    event: 'access-key.secret-viewed',
  },
  {
    ...{ name: 'private key', action: 'access-key.view-private-key', method: 'POST', path: '/{id}/private-key' },
    ...{ stranger: 'key_not_found', admin: 'access_denied', stale: 'proof_required', owner: 200 },
    event: 'access-key.private-key-viewed',
  },
  {
    ...{
      name: 'revoke',
      action: 'access-key.revoke',
      method: 'POST',
      path: '/{id}/revoke',
      event: 'access-key.revoked',
    },
    ...{ stranger: 'key_not_found', admin: 200, stale: 200, owner: 200 },
  },
];

const statusOf = { proof_required: 403, access_denied: 403, key_not_found: 404 } as const;

for (const engine of engines) {
  describe(`who may do what with access keys on ${engine}`, () => {
    let safe: TestSafe;
    let ana: SignedIn;
    let stale: SignedIn;
    let ben: SignedIn;
    let adam: SignedIn;
    let token: Person;
    let encrypting: Credentials;
    before(async () => {
      safe = await startSafe(engine);
      safe.setClock(new Date(noon - 11 * minute));
      stale = await safe.signIn('ana');
      safe.setClock(new Date(noon));
      ana = await safe.signIn('ana');
      ben = await safe.signIn('ben');
      adam = await safe.signIn('adam', 'admin');
      token = await safe.person('ana');
      encrypting = await addKey(ana, { encryption: 'jwe' });
    });
    after(() => safe.close());

    for (const verb of verbs) {
      const { name, action, method, body, event } = verb;
      const expected: readonly [Who, Outcome | 'token_missing' | 'second_factor_not_enrolled'][] = [
        ['nobody', 'token_missing'],
        ["a key's token", 'access_denied'],
        ['a stranger', verb.stranger],
        ['an admin', verb.admin],
        ['a stale owner', verb.stale],
        ['an owner who must enrol', 'second_factor_not_enrolled'],
        ['the owner', verb.owner],
      ];
      for (const [who, outcome] of expected) {
        it(`${name}: ${who} is answered ${outcome}`, async () => {
          // Making a key pair takes long, and looking at it changes nothing.
          const { id } = name === 'private key' ? encrypting : await addKey(ana);
          const callers: Record<Who, Pick<SignedIn, 'call'>> = {
            nobody: safe,
            "a key's token": token,
            'a stranger': ben,
            'an admin': adam,
            'a stale owner': stale,
            'an owner who must enrol': ana,
            'the owner': ana,
          };
          if (who === 'an owner who must enrol') await settlePolicy(safe, { secondFactor: 'everyone' });
          const at = `${path}${verb.path.replace('{id}', String(id))}`;
          const answer = await callers[who].call(method, at, body);
          if (who === 'an owner who must enrol') await settlePolicy(safe, { secondFactor: 'optional' });
          if (typeof outcome === 'number') {
            assert.equal(answer.status, outcome, answer.text);
            const user = who === 'a stranger' ? 'ben' : who === 'an admin' ? 'adam' : 'ana';
            const [line, ...more] = await auditLines(safe, answer);
            assert.deepEqual(more, []);
            if (outcome === 403) assert.equal(line, `${action}.refused ${user} - access_denied`);
            else if (event === null) assert.equal(line, undefined);
            else assert.match(line ?? '', new RegExp(`^${event.replace('.', '\\.')} ${user} access-key:\\d+$`));
            return;
          }
          mustRefuse(
            answer,
            outcome === 'token_missing' ? 401 : outcome === 'second_factor_not_enrolled' ? 403 : statusOf[outcome],
            outcome,
          );
          if (who === 'nobody') return;
          const user = who === 'a stranger' ? 'ben' : who === 'an admin' ? 'adam' : 'ana';
          const target = verb.path.includes('{id}') ? `access-key:${id}` : '-';
          assert.deepEqual(await auditLines(safe, answer), [`${action}.refused ${user} ${target} ${outcome}`]);
        });
      }
    }

    it('tells a stranger of a key that is not his no more than of one that is not there', async () => {
      const { id } = await addKey(ana);
      for (const [method, verb, body] of [
        ['GET', '', undefined],
        ['PATCH', '', { name: 'x' }],
        ['POST', '/clone', undefined],
        ['POST', '/revoke', undefined],
        ['POST', '/secret', undefined],
        ['POST', '/private-key', undefined],
        ['POST', '/simulate', {}],
      ] as const) {
        const [theirs, none] = [
          await ben.call(method, `${path}/${id}${verb}`, body),
          await ben.call(method, `${path}/999999${verb}`, body),
        ];
        const plain = ({ text, headers }: typeof theirs) => text.replaceAll(headers.get('x-request-id') ?? '-', '');
        assert.equal(theirs.status, 404);
        assert.equal(plain(theirs), plain(none));
      }
      for (const id of ['0', '-1', 'x', '9'.repeat(16)]) {
        mustBeInvalid(await ben.call('GET', `${path}/${id}`), ['id'], id);
      }
    });

    it('lets nobody go on whom an administrator has disabled', async () => {
      const eve = await safe.signIn('eve');
      const { id } = await addKey(eve);
      await safe.operator.run('user.disable', { username: 'eve' });
      for (const at of ['', `/${id}`, '/report'])
        mustRefuse(await eve.call('GET', `${path}${at}`), 401, 'token_invalid');
      mustRefuse(await eve.call('POST', path, { name: 'x' }), 401, 'token_invalid');
      assert.equal(done<Key>(await adam.call('GET', `${path}/${id}`)).state, 'live');
    });

    it('takes no act of a session from another page', async () => {
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
      ]) {
        const answer = await ana.call('POST', path, { name: 'x' }, headers);
        mustRefuse(answer, 403, 'origin_foreign');
      }
    });

    it('gives keys to those alone whom the policy lets make them', async () => {
      const may = async (who: SignedIn) => (await who.call('POST', path, { name: 'x' })).status === 201;
      const { id } = await addKey(ana);
      const makers = await safe.operator.run('group.add', { name: 'Makers', members: ['ben'] });
      const rows = [
        [{ everyone: true, users: [], groups: [] }, true, true],
        [{ everyone: false, users: [], groups: [] }, false, false],
        [{ everyone: false, users: ['ana'], groups: [] }, true, false],
        [{ everyone: false, users: [], groups: [makers.id] }, false, true],
      ] as const;
      for (const [keyMakers, anaMay, benMay] of rows) {
        await settlePolicy(safe, { keyMakers });
        assert.deepEqual([await may(ana), await may(ben)], [anaMay, benMay], JSON.stringify(keyMakers));
        const clone = await ana.call('POST', `${path}/${id}/clone`);
        assert.equal(clone.status, anaMay ? 201 : 403, clone.text);
      }
      const refused = await ana.call('POST', path, { name: 'x', encryption: 'jwe' });
      mustRefuse(refused, 403, 'keys_not_allowed');
      assert.deepEqual(await auditLines(safe, refused), ['access-key.add.refused ana - keys_not_allowed']);
      // What she has she keeps, and may still change and end; the operator of the host is not bound.
      done(await ana.call('PATCH', `${path}/${id}`, { name: 'kept' }));
      await safe.operator.run('access-key.add', { owner: 'ana', name: 'by the operator' });
      await settlePolicy(safe, { keyMakers: { everyone: true, users: [], groups: [] } });
    });
  });
}
