import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { publishedExchanges } from '../../../conformance/published.ts';
import { engineOf } from '../start-safe.ts';
import { startWire } from '../start-wire.ts';
import { mustBe } from '../wire-envelopes.ts';
import { fixtures, makeStage, type Stage, setUp } from './exchange-fixtures.ts';

it('knows a fixture for every published exchange, and no other', () => {
  assert.deepEqual(publishedExchanges.map(({ id }) => id).sort(), Object.keys(fixtures).sort());
});

for (const engine of engineOf(import.meta.filename)) {
  describe(`the published exchanges on ${engine}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await makeStage(await startWire(engine));
    });
    after(() => stage.safe.close());

    for (const { id, method, path, request, status, response } of publishedExchanges) {
      for (const prefix of ['/api/mysafe', '/iso/mysafe']) {
        it(`${id} below ${prefix}`, async () => {
          const fixture = fixtures[id];
          assert.ok(fixture, `no fixture for ${id}`);
          await setUp(stage, fixture);
          const answer = await stage.dleite.call(method, path.replace('/api/mysafe', prefix), request ?? undefined);
          mustBe(answer, { status, body: response });
        });
      }
    }
  });
}
