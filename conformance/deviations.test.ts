import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Person, startSafe, type TestSafe } from '../server/test/start-safe.ts';
import { weights } from './difference.ts';
import { allExchanges } from './groups/all.ts';
import { exitCodeOf, reportText } from './report.ts';
import { type DeviatingServer, startDeviatingServer } from './test/deviating-server.ts';
import { deviations, list } from './test/deviation-cases.ts';
import { linesOf, playOn } from './test/play-on.ts';

/** The groups in which something differs; without a difference all are played. */
function aroundOf(differences: readonly string[]): string[] {
  const groups = differences.map((line) => allExchanges.find(({ id }) => line.startsWith(`${id}:`))?.group);
  return differences.length === 0 ? [] : ['--only', [...new Set(groups)].map((group) => `${group}/`).join()];
}

describe('a server that deviates in one thing', () => {
  let safe: TestSafe;
  let ana: Person;
  let server: DeviatingServer;
  before(async () => {
    safe = await startSafe('sqlite');
    ana = await safe.person('ana');
    for (const name of ['Mail', 'Wiki']) {
      const made = await ana.call('POST', list, {
        name,
        username: 'ana',
        password: 'p',
        url: 'https://x.test',
        tags: 't',
      });
      assert.equal(made.status, 201, made.text);
    }
    server = await startDeviatingServer(safe.url);
  });
  after(async () => {
    await server.close();
    await safe.close();
  });

  for (const [what, deviation, differences, options = []] of deviations) {
    it(`${what}: is told in its place and nowhere else`, async () => {
      server.deviate(deviation);
      const report = await playOn(server.url, ana, ...options, ...aroundOf(differences));
      assert.deepEqual(linesOf(report), differences);
      assert.equal(exitCodeOf(report), differences.length > 0 ? 1 : 0);
      for (const line of differences) {
        const id = line.split(':')[0] ?? '';
        assert.match(reportText(report), new RegExp(`^  ${id} +DIFFERS$`, 'm'));
      }
    });
  }

  it('every sort of difference but those of writing has a case', () => {
    const told = deviations.flatMap(([, , lines]) => lines.map((line) => /\(([\w ]+)\)$/.exec(line)?.[1]));
    assert.deepEqual(
      Object.keys(weights).filter((sort) => !told.includes(sort)),
      [],
    );
  });
});
