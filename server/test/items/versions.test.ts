import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries } from '../audit-left.ts';
import { anyPassword, engines, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { storedItem } from '../stored-item.ts';
import { textFields } from './field-tables.ts';
import { entityOf, passwordKind } from './wire-kinds.ts';

for (const engine of engines) {
  describe(`versions and revisions on ${engine}`, () => {
    let safe: TestSafe;
    let ana: Person;
    before(async () => {
      safe = await startWire(engine);
      ana = await safe.person('ana');
      for (const username of ['bia', 'caio']) await safe.operator.run('user.add', { username, password: anyPassword });
      await safe.operator.run('group.add', { name: 'Zoo' });
    });
    after(() => safe.close());

    for (const [wire, fields] of textFields) {
      it(`of a ${wire.kind}: which change counts how`, async () => {
        const made = await ana.call('POST', wire.path, {
          ...wire.least,
          tags: 'a',
          users_allowed: [{ username: 'bia' }],
        });
        const number = Number(entityOf(made).identifier);
        let version = 1;
        let revision = 1;
        const mustStandAt = async (about: string, grown: { version: 0 | 1; revision: 0 | 1 }) => {
          version += grown.version;
          revision += grown.revision;
          const versions = Array.from({ length: version }, (_, at) => at + 1);
          assert.deepEqual(await storedItem(safe, wire.kind, number), { version, revision, versions }, about);
        };
        const update = async (body: object) => {
          const updated = await ana.call('PUT', `${wire.path}/update/${number}`, body);
          assert.equal(updated.status, 200, updated.text);
          return updated;
        };
        const nothing = { version: 0, revision: 0 } as const;
        const revised = { version: 0, revision: 1 } as const;
        const rewritten = { version: 1, revision: 1 } as const;
        await mustStandAt('created', nothing);
        await ana.call('GET', `${wire.path}/${number}`);
        await mustStandAt('read', nothing);

        for (const { field } of fields) {
          await update({ [field]: `new ${field}` });
          await mustStandAt(`${field} changed`, rewritten);
          await update({ [field]: `new ${field}` });
          await mustStandAt(`${field} sent again`, nothing);
        }
        await update({ name: 'two', tags: 'b' });
        await mustStandAt('two fields at once', rewritten);
        await update({ tags: ' b, b' });
        await mustStandAt('the same tags, otherwise written', nothing);
        await update({ tags: '' });
        await mustStandAt('tags cleared', rewritten);
        await update({});
        await mustStandAt('nothing sent', nothing);
        await update({ users_allowed: [{ username: 'BIA', can_edit: false }], groups_allowed: [] });
        await mustStandAt('the same sharing', nothing);
        await update({ users_allowed: [{ username: 'bia', can_edit: true }] });
        await mustStandAt('shared otherwise', revised);
        await update({ users_allowed: [{ username: 'nobody' }] });
        await mustStandAt('a share removed', revised);
        await update({ users_allowed: [{ username: 'nobody' }] });
        await mustStandAt('nobody to share with', nothing);
        await update({ name: 'three', users_allowed: [{ username: 'caio' }], groups_allowed: [{ name: 'Zoo' }] });
        await mustStandAt('content and sharing at once', rewritten);

        for (const [verb, grown] of [
          ['inactive', revised],
          ['inactive', nothing],
          ['active', revised],
          ['active', nothing],
        ] as const) {
          await ana.call('POST', `${wire.path}/${verb}/${number}`);
          await mustStandAt(verb, grown);
        }
        for (const body of [{ name: '' }, { name: 'x', tags: 1 }, { name: 'x', users_allowed: [{}] }, 'words']) {
          const refused = await ana.call('PUT', `${wire.path}/update/${number}`, body);
          assert.equal(refused.status, 400);
          await mustStandAt('refused', nothing);
        }
        assert.equal(entityOf(await ana.call('GET', `${wire.path}/${number}`)).name, 'three');
      });
    }

    it('of a seed: set, replaced, sent again, cleared', async () => {
      const made = await ana.call('POST', passwordKind.path, passwordKind.least);
      const number = Number(entityOf(made).identifier);
      const rows: [string, number][] = [
        ['JBSWY3DPEHPK3PXP', 2],
        ['jbswy3dpehpk3pxp=', 2],
        ['AAAAAAAAAA', 3],
        ['', 4],
        ['', 4],
      ];
      for (const [secret_key, version] of rows) {
        await ana.call('PUT', `${passwordKind.path}/update/${number}`, { secret_key });
        assert.equal((await storedItem(safe, 'password', number)).version, version, secret_key);
      }
    });

    it('all of it survives a restart, and the audit holds', async () => {
      const made = await ana.call('POST', passwordKind.path, passwordKind.least);
      const number = Number(entityOf(made).identifier);
      const path = `${passwordKind.path}/update/${number}`;
      await ana.call('PUT', path, { password: 'second', tags: 'x', users_allowed: [{ username: 'bia' }] });
      const stored = await storedItem(safe, 'password', number);
      const before = await ana.call('GET', `${passwordKind.path}/${number}`);
      await safe.restart();
      assert.equal((await ana.call('GET', `${passwordKind.path}/${number}`)).text, before.text);
      assert.deepEqual(await storedItem(safe, 'password', number), stored);
      const found = await ana.call('GET', `${passwordKind.path}?tag=X`);
      assert.equal((found.json as { password_on_list: unknown[] }).password_on_list.length, 1, found.text);
      const verdict = await safe.operator.run('audit.verify', undefined as never);
      assert.deepEqual(verdict.problems, []);
    });

    it('the audit names the version and the fields, and the version that was revealed', async () => {
      const made = await ana.call('POST', passwordKind.path, passwordKind.least);
      const { identifier } = entityOf(made);
      const body = { password: 'other', tags: 't', name: 'mail' };
      const [updated, revealed] = await auditEntries(
        safe,
        await ana.call('PUT', `${passwordKind.path}/update/${identifier}`, body),
      );
      assert.deepEqual(updated?.details, { address: '127.0.0.1', version: 2, fields: ['password', 'tags'] });
      assert.deepEqual(revealed?.details, { address: '127.0.0.1', version: 2, fields: ['notes'] });
      const [read] = await auditEntries(safe, await ana.call('GET', `${passwordKind.path}/${identifier}`));
      assert.equal(read?.details.version, 2);
    });
  });
}
