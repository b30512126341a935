import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CommandName } from '../../src/admin/commands.ts';
import { actions } from '../../src/domain/access.ts';
import { anyPassword, engines, type Person, startSafe, type TestSafe } from '../start-safe.ts';
import { openByHand } from '../store-by-hand.ts';
import { type Entry, watchAudit } from './new-entries.ts';

/** What an entry must say. `by` is a username, or null for the operator, who is named in the details. */
type Told = { event: string; by: string | null; target: string | null; details: Record<string, unknown> };

const grant = { grant_type: 'client_credentials' };
const operator = { operator: 'tester' };
const here = { address: '127.0.0.1' };
const told = (event: string, target: string | null, details: object = {}): Told => ({
  event,
  by: null,
  target,
  details: { ...operator, ...details },
});
const refused = (action: string, reason: string): Told => told(`${action}.refused`, null, { address: '', reason });

/** What only our own API does: server/test/v1 holds the entries of each. */
const ofOwnApi: readonly string[] = [
  'item.read',
  'item.share',
  'item.transfer',
  'item.list-access',
  'item.list-versions',
  'item.reveal-version',
  'item.restore-version',
  'export.make',
  'import.plan',
  'import.list',
  'import.read',
  'import.apply',
  'import.undo',
  'import.discard',
  'upload.begin',
  'upload.list',
  'upload.add-part',
  'upload.cancel',
  'password.judge',
  'password.read-health',
  'session.read',
  'session.list',
  'session.prove',
  'session.end',
  'device-sign-in.read',
  'device-sign-in.allow',
  'device-sign-in.deny',
  'access-key.end-own',
  'profile.read',
  'profile.change',
  'profile.change-email',
  'profile.change-password',
  'profile.change-second-factor',
  'policy.read',
  'policy.change',
  'statistics.read',
  'audit.leaver',
  'user.change',
  'user.end-sessions',
  'user.seize-items',
  'proposal.list',
  'proposal.decide',
  'group.change',
  'access-key.read',
  'access-key.simulate',
  'access-key.report',
  // server/test/rotation
  'safe-key.list',
  'safe-key.rotate',
  'safe-key.rotate-root',
];

for (const engine of engines) {
  describe(`the audit on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    let ben: Person;
    let take: () => Promise<Entry[]>;
    const met = new Set<string>();

    before(async () => {
      safe = await startSafe(engine);
      take = (await watchAudit(safe)).take;
    });
    after(() => safe.close());

    const run = (name: CommandName, input: unknown) => () => safe.operator.run(name, input as never);
    const exported = async () => {
      for await (const line of safe.operator.stream('audit.export')) void line;
    };
    const backedUp = async () => {
      for await (const line of safe.operator.stream('backup.make')) void line;
    };
    /** Runs a step and holds its entries against what they must be, each exactly once. */
    async function leaves(step: () => Promise<unknown>, ...entries: Told[]): Promise<void> {
      await step().catch((thrown) => assert.equal((thrown as Error).name, 'Refusal', String(thrown)));
      const got = (await take()).map(({ event, user, target, details }) => ({ event, by: user, target, details }));
      const wanted = [...entries].sort((a, b) => (a.event < b.event ? -1 : 1));
      assert.deepEqual(got, wanted);
      for (const { event } of got) met.add(event);
    }

    it('tells of each command of the operator, and of each that was refused', async () => {
      const ana = { username: 'ana', password: anyPassword };
      const key = { owner: 'ana', name: 'k', encryption: 'none' };
      const user = (event: string, id: number, details = {}) => told(`user.${event}`, `user:${id}`, details);
      const group = (event: string, details = {}) => told(`group.${event}`, 'group:1', details);
      await leaves(
        run('setup', { username: 'root', password: anyPassword }),
        told('safe.set-up', 'user:1', { username: 'root', role: 'admin' }),
      );
      await leaves(run('setup', { username: 'toor', password: anyPassword }), refused('safe.set-up', 'already_set_up'));
      await leaves(run('user.add', ana), user('added', 2, { username: 'ana', role: 'member' }));
      await leaves(run('user.add', ana), refused('user.add', 'username_taken'));
      await leaves(run('user.set-password', ana), user('password-set', 2));
      await leaves(
        run('user.set-password', { ...ana, username: 'nobody' }),
        refused('user.set-password', 'user_not_found'),
      );
      await leaves(run('user.remove-second-factor', ana));
      await leaves(
        run('user.remove-second-factor', { username: 'nobody' }),
        refused('user.remove-second-factor', 'user_not_found'),
      );
      await leaves(run('user.disable', ana), user('disabled', 2));
      await leaves(run('user.disable', ana));
      await leaves(run('user.disable', { username: 'root' }), refused('user.disable', 'last_admin'));
      await leaves(run('user.enable', ana), user('enabled', 2));
      await leaves(run('user.enable', { username: 'nobody' }), refused('user.enable', 'user_not_found'));
      await leaves(run('user.list', undefined));

      await leaves(
        run('group.add', { name: 'crew', members: ['ana'] }),
        group('added', { name: 'crew', members: ['ana'] }),
      );
      await leaves(run('group.add', { name: 'Crew' }), refused('group.add', 'group_name_taken'));
      await leaves(
        run('group.add-member', { name: 'crew', member: 'root' }),
        group('member-added', { member: 'root' }),
      );
      await leaves(run('group.add-member', { name: 'crew', member: 'root' }));
      await leaves(run('group.add-member', { name: 'crew', member: 'nobody' }), {
        ...refused('group.add-member', 'user_not_found'),
        target: 'group:1',
      });
      await leaves(
        run('group.remove-member', { name: 'crew', member: 'root' }),
        group('member-removed', { member: 'root' }),
      );
      await leaves(
        run('group.remove-member', { name: 'x', member: 'ana' }),
        refused('group.remove-member', 'group_not_found'),
      );
      await leaves(run('group.disable', { name: 'crew' }), group('disabled'));
      await leaves(run('group.disable', { name: 'x' }), refused('group.disable', 'group_not_found'));
      await leaves(run('group.enable', { name: 'crew' }), group('enabled'));
      await leaves(run('group.enable', { name: 'x' }), refused('group.enable', 'group_not_found'));
      await leaves(run('group.list', undefined));

      await leaves(run('access-key.add', key), told('access-key.added', 'access-key:1', key));
      await leaves(run('access-key.add', { ...key, owner: 'nobody' }), refused('access-key.add', 'user_not_found'));
      const [{ clientId } = { clientId: '' }] = await safe.operator.run('access-key.list', undefined as never);
      const nothing = { clientId: '0'.repeat(41) };
      const at = (event: string, number: number, details = {}) =>
        told(`access-key.${event}`, `access-key:${number}`, details);
      await leaves(
        run('access-key.change', { clientId, name: 'l', readOnly: true }),
        at('changed', 1, { fields: ['name', 'readOnly'] }),
      );
      await leaves(run('access-key.change', nothing), refused('access-key.change', 'key_not_found'));
      await leaves(run('access-key.clone', { clientId }), at('cloned', 2, { from: 'access-key:1' }));
      await leaves(run('access-key.clone', nothing), refused('access-key.clone', 'key_not_found'));
      await leaves(run('access-key.view-secret', { clientId }), at('secret-viewed', 1));
      await leaves(run('access-key.view-secret', nothing), refused('access-key.view-secret', 'key_not_found'));
      await leaves(
        run('access-key.view-private-key', { clientId }),
        refused('access-key.view-private-key', 'key_without_private_key'),
      );
      await leaves(run('access-key.confirm', { clientId }));
      await leaves(run('access-key.confirm', nothing), refused('access-key.confirm', 'key_not_found'));
      await leaves(run('access-key.revoke', { clientId }), at('revoked', 1));
      await leaves(run('access-key.revoke', { clientId }));
      await leaves(run('access-key.revoke', nothing), refused('access-key.revoke', 'key_not_found'));
      await leaves(run('access-key.change', { clientId, name: 'm' }), refused('access-key.change', 'key_revoked'));
      await leaves(run('access-key.list', undefined));

      await leaves(run('audit.list', { user: 'nobody' }), refused('audit.list', 'user_not_found'));
      await leaves(run('audit.verify', undefined));
      await leaves(run('audit.public-key', undefined));
      await leaves(exported, told('audit.exported', null));
      await leaves(backedUp, told('backup.begun', null));
      await leaves(run('backup.made', { digest: 'd', bytes: 7 }), told('backup.made', null, { digest: 'd', bytes: 7 }));
      const proven = { digest: 'd', madeAt: 'then', rows: 3, versions: 2 };
      const { ring } = safe.serving.safe;
      await leaves(run('backup.proven', { ...proven, safe: ring.safeId }), told('backup.proven', null, proven));
      await leaves(run('backup.proven', { ...proven, safe: 'another' }));
      const encrypting = await safe.operator.run('access-key.add', { ...key, encryption: 'jwe' });
      await take();
      await leaves(run('access-key.view-private-key', { clientId: encrypting.clientId }), at('private-key-viewed', 3));
    });

    it('tells of each token and of each that was refused', async () => {
      ana = await safe.person('ana');
      ben = await safe.person('ben');
      await take();
      const ask =
        (secret: string, more = {}) =>
        () =>
          safe.call('POST', '/api/oauth2/token', { ...grant, client_id: ana.clientId, client_secret: secret, ...more });
      await ask(ana.clientSecret, { ttl: 60 })();
      const [issued, ...none] = await take();
      assert.deepEqual(none, []);
      const { token, ...details } = issued?.details ?? {};
      assert.match(String(token), /^[0-9a-f-]{36}$/);
      assert.deepEqual([issued?.event, issued?.user, issued?.target], ['token.issued', 'ana', null]);
      assert.deepEqual(details, { ...here, seconds: 60 });
      const wrong = { ...here, account: ana.clientId, reason: 'client_unknown' };
      await leaves(ask('no'), { event: 'token.issue.refused', by: null, target: null, details: wrong });
      met.add('token.issued');
    });

    it('tells of each change of an item, each reveal, and each that was refused', async () => {
      const path = '/api/mysafe/password';
      const by = (who: string, event: string, target: string | null, details: object = {}): Told => ({
        event: `item.${event}`,
        by: who,
        target,
        details: { ...here, ...details },
      });
      const no = (action: string, reason: string, target: string | null) =>
        by('ben', `${action}.refused`, target, { reason });
      const call =
        (who: Person, method: string, rest: string, body?: unknown, headers?: Record<string, string>) => () =>
          who.call(method, `${path}${rest}`, body, headers);
      const whole = { name: 'n', username: 'u', password: 'p' };
      const first = { version: 1, fields: ['notes'] };
      await leaves(
        call(ana, 'POST', '', whole),
        by('ana', 'created', 'password:1'),
        by('ana', 'revealed', 'password:1', first),
      );
      await leaves(
        () => ana.call('POST', '/api/mysafe/note', { name: 'n', note: 't' }),
        by('ana', 'created', 'note:1'),
      );
      await leaves(call(ben, 'POST', '', { ...whole, name: '' }), no('create', 'field_missing', null));
      const all = ['password', 'totp', 'code', 'notes'];
      await leaves(call(ana, 'GET', '/1'), by('ana', 'revealed', 'password:1', { version: 1, fields: all }));
      await leaves(
        call(ana, 'GET', '/1', undefined, { 'x-justification': 'a fire' }),
        by('ana', 'revealed', 'password:1', { version: 1, fields: all, justification: 'a fire' }),
      );
      await leaves(call(ben, 'GET', '/1'), no('reveal', 'access_denied', 'password:1'));
      await leaves(call(ben, 'GET', '/9'), no('reveal', 'item_not_found', 'password:9'));
      await leaves(call(ben, 'GET', '/x9'), no('reveal', 'number_invalid', null));
      await leaves(
        call(ana, 'PUT', '/update/1', { password: 'q', users_allowed: [{ username: 'ben' }, { username: 'ghost' }] }),
        by('ana', 'updated', 'password:1', { version: 2, fields: ['password'] }),
        by('ana', 'shared', 'password:1', { changes: ['user ben: viewer'] }),
        by('ana', 'revealed', 'password:1', { version: 2, fields: ['notes'] }),
      );
      await leaves(call(ben, 'PUT', '/update/1', { name: 'x' }), no('update', 'access_denied', 'password:1'));
      await leaves(call(ana, 'POST', '/inactive/1'), by('ana', 'disabled', 'password:1'));
      await leaves(call(ana, 'POST', '/inactive/1'), by('ana', 'disabled', 'password:1', { already: true }));
      await leaves(call(ben, 'POST', '/inactive/1'), no('disable', 'access_denied', 'password:1'));
      await leaves(call(ben, 'GET', '/1'), no('reveal', 'item_disabled', 'password:1'));
      await leaves(call(ana, 'POST', '/active/1'), by('ana', 'enabled', 'password:1'));
      await leaves(call(ben, 'POST', '/active/1'), no('enable', 'access_denied', 'password:1'));
      await leaves(call(ana, 'GET', ''));
      await leaves(call(ben, 'GET', '?limit=0'), no('list', 'field_invalid', null));
      await leaves(() => ana.call('GET', '/api/mysafe/nothing'));
    });

    it('was seen telling of every action that there is', () => {
      // Listing and verifying change and reveal nothing; their refusals and everyone else's are entries.
      const reading = ['session.check', 'user.list', 'group.list', 'access-key.list', 'audit.export', 'audit.verify'];
      // The operator of the host alone may, and is never refused.
      const silent = [...reading, 'audit.archive', 'backup.make', 'backup.prove'];
      const missing = actions.filter(
        (action) => ![...silent, ...ofOwnApi].includes(action) && !met.has(`${action}.refused`),
      );
      assert.deepEqual(missing, []);
    });

    it('is written with what it tells of, or nothing is done and nothing revealed', async () => {
      const store = await openByHand(safe.settings);
      const count = async () => {
        const counts = ['users', 'groups', 'group_members', 'items', 'item_versions', 'shares', 'access_keys'].map(
          async (table) => (await store.one(`select count(*) as rows from ${table}`)).rows,
        );
        return [await Promise.all(counts), await store.all('select * from items order by kind, number')];
      };
      const before = await count();
      await store.run('alter table audit_entries rename to away');
      const calls = [
        () => ana.call('GET', '/api/mysafe/password/1'),
        () => ana.call('POST', '/api/mysafe/note', { name: 'n', note: 't' }),
        () =>
          ana.call('PUT', '/api/mysafe/password/update/1', { password: 'never', groups_allowed: [{ name: 'crew' }] }),
        () => ana.call('POST', '/api/mysafe/password/inactive/1'),
        () => ben.call('GET', '/api/mysafe/note/1'),
        () =>
          safe.call('POST', '/api/oauth2/token', {
            ...grant,
            client_id: ana.clientId,
            client_secret: ana.clientSecret,
          }),
      ];
      for (const call of calls) {
        const { status, text, json } = await call();
        assert.equal(status, 500, text);
        assert.equal((json as { access_token?: string }).access_token, undefined);
        assert.ok(!text.includes('"q"'), text);
      }
      const commands = [
        run('user.add', { username: 'cora', password: anyPassword }),
        run('user.disable', { username: 'ben' }),
        run('group.add', { name: 'lost', members: ['ana'] }),
        run('access-key.add', { owner: 'ana', name: 'k' }),
        run('access-key.revoke', { clientId: ana.clientId }),
        run('access-key.view-secret', { clientId: ana.clientId }),
      ];
      for (const command of commands) await assert.rejects(command, { name: 'Refusal', code: 'unexpected' });
      await store.run('alter table away rename to audit_entries');
      assert.deepEqual(await count(), before);
      assert.deepEqual(await take(), []);
      assert.equal((await ana.call('GET', '/api/mysafe/password/1')).status, 200);
      assert.deepEqual((await safe.operator.run('audit.verify', undefined as never)).problems, []);
      await store.close();
    });
  });
}
