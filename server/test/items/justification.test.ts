import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEntries, auditLines } from '../audit-left.ts';
import { setFlags } from '../set-up-store.ts';
import { type Answer, engineOf, type Person, type TestSafe } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { businessError, mustBe, success } from '../wire-envelopes.ts';
import { entityOf, noteKind, type WireKind, wireKinds } from './wire-kinds.ts';

const unjustified = businessError(1901, 'Justification required');
const unapproved = businessError(1902, 'Approval required');
const longest = 'x'.repeat(1000);

for (const engine of engineOf(import.meta.filename)) {
  describe(`items that ask for a reason or an approval, on ${engine}`, () => {
    let safe: TestSafe;
    let people: Record<'olga' | 'vera' | 'edda', Person>;
    // One of each kind that asks for a reason, one for an approval, one for both.
    const numbers = { reason: 1, approval: 2, both: 3 };

    before(async () => {
      safe = await startWire(engine);
      const [olga, vera, edda] = await Promise.all([safe.person('olga'), safe.person('vera'), safe.person('edda')]);
      people = { olga, vera, edda };
      const users_allowed = [{ username: 'vera' }, { username: 'edda', can_edit: true }];
      for (const wire of wireKinds) {
        for (const number of Object.values(numbers)) {
          const made = await olga.call('POST', wire.path, { ...wire.least, users_allowed });
          assert.equal(made.status, 201, made.text);
          const flags = { justificationRequired: number !== 2, approvalRequired: number !== 1 };
          await setFlags(safe, wire.kind, number, flags);
        }
      }
    });
    after(() => safe.close());

    const read = (who: Person, wire: WireKind, number: number, query = '', headers = {}): Promise<Answer> =>
      who.call('GET', `${wire.path}/${number}${query}`, undefined, headers);

    for (const wire of wireKinds) {
      const path = (verb: string, number: number) => `${wire.path}/${verb}/${number}`;

      it(`a ${wire.kind} is not revealed without a reason`, async () => {
        const { vera, edda } = people;
        const refused = await read(vera, wire, numbers.reason);
        mustBe(refused, unjustified);
        const line = `item.reveal.refused vera ${wire.kind}:1 justification_required`;
        assert.deepEqual(await auditLines(safe, refused), [line]);
        for (const query of ['?justification=', '?justification=%20%20', '?reason=x', `?justification=${longest}x`]) {
          mustBe(await read(edda, wire, numbers.reason, query), unjustified, query);
        }
        mustBe(await read(vera, wire, numbers.reason, '', { 'x-justification': ' ' }), unjustified);
      });

      it(`a ${wire.kind} is revealed with a reason, and the audit keeps it`, async () => {
        const given: [string, Record<string, string>, string][] = [
          ['?justification=%20ticket%2012%20', {}, 'ticket 12'],
          ['?justification=situa%C3%A7%C3%A3o', {}, 'situação'],
          [`?justification=${longest}`, {}, longest],
          ['', { 'x-justification': 'ticket 13' }, 'ticket 13'],
          ['?justification=', { 'x-justification': 'ticket 14' }, 'ticket 14'],
          // A header's bytes in UTF-8, and in Latin-1.
          ['', { 'x-justification': Buffer.from('situação 😀').toString('latin1') }, 'situação 😀'],
          ['', { 'x-justification': 'situação' }, 'situação'],
          ['?justification=first', { 'x-justification': 'second' }, 'first'],
        ];
        for (const [query, headers, reason] of given) {
          const answer = await read(people.vera, wire, numbers.reason, query, headers);
          assert.equal(answer.status, 200, answer.text);
          const [entry] = await auditEntries(safe, answer);
          assert.equal(entry?.event, 'item.revealed');
          assert.equal(entry.details.justification, reason);
        }
      });

      it(`a ${wire.kind} that needs an approval is closed, with a reason too`, async () => {
        const refused = await read(people.vera, wire, numbers.approval);
        mustBe(refused, unapproved);
        const line = `item.reveal.refused vera ${wire.kind}:2 approval_required`;
        assert.deepEqual(await auditLines(safe, refused), [line]);
        mustBe(await read(people.edda, wire, numbers.approval, '?justification=x'), unapproved);
        mustBe(await read(people.edda, wire, numbers.both, '?justification=x'), unapproved);
      });

      it(`a ${wire.kind}'s owner is asked for nothing`, async () => {
        for (const number of Object.values(numbers)) {
          assert.equal((await read(people.olga, wire, number)).status, 200);
          const updated = await people.olga.call('PUT', path('update', number), { tags: 'own' });
          assert.equal(updated.status, 200, updated.text);
        }
      });

      const carries = wire === noteKind ? 'carries no secret and asks for nothing' : 'carries a secret and is a reveal';
      it(`the answer to an update of a ${wire.kind} ${carries}`, async () => {
        const { edda } = people;
        const update = (number: number, query = '') =>
          edda.call('PUT', path('update', number) + query, { name: `renamed ${query}` });
        const refused = await update(numbers.reason);
        if (wire === noteKind) {
          assert.equal(refused.status, 200, refused.text);
          assert.deepEqual(await auditLines(safe, refused), ['item.updated edda note:1']);
          assert.equal((await update(numbers.both)).status, 200);
          return;
        }
        mustBe(refused, unjustified);
        const line = `item.update.refused edda ${wire.kind}:1 justification_required`;
        assert.deepEqual(await auditLines(safe, refused), [line]);
        mustBe(await update(numbers.approval, '?justification=x'), unapproved);
        // What was refused was not done.
        const before = entityOf(await read(people.olga, wire, numbers.reason)).name;
        assert.equal(before, wire.least.name);
        const done = await update(numbers.reason, '?justification=x');
        assert.equal(done.status, 200, done.text);
        const [, reveal] = await auditEntries(safe, done);
        assert.equal(reveal?.event, 'item.revealed');
        assert.equal(reveal.details.justification, 'x');
      });

      it(`a ${wire.kind} is disabled and enabled without a reason`, async () => {
        mustBe(await people.edda.call('POST', path('inactive', numbers.both)), success(200, wire.disabled));
        mustBe(await people.edda.call('POST', path('active', numbers.both)), success(200, wire.enabled));
      });

      it(`the list of ${wire.kind}s shows what each asks for`, async () => {
        const { json } = await people.vera.call('GET', wire.path);
        const lines = (json as Record<string, Record<string, unknown>[]>)[wire.listKey] ?? [];
        assert.deepEqual(
          lines.map((one) => [one.identifier, one.need_justify, one.need_approval, one.can_view]),
          [
            ['1', '1', '0', true],
            ['2', '0', '1', true],
            ['3', '1', '1', true],
          ],
        );
      });
    }
  });
}
