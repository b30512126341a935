import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { drillCrashes } from '../../../drills/crash/drill.ts';
import { bareSettings } from '../bare-settings.ts';
import { engines } from '../start-safe.ts';

/** A short run of `npm run drill:crash`; docs/operate/drills.md says what it looks at. */
const plan = { kills: 4, clients: 4, seed: 41, longestWork: 300, verifyEvery: 100, say: () => undefined };

for (const engine of engines) {
  describe(`a server that is killed at work on ${engine}`, () => {
    it('has done all that it answered, and recorded it, whenever it is killed', { timeout: 240_000 }, async (test) => {
      const bare = await bareSettings(engine);
      test.after(() => bare.remove());
      const environment = { ...bare.environment, ARCA_LOG_LEVEL: 'warn' };
      const { kills, items, counts } = await drillCrashes({ ...plan, environment, settings: bare.settings });
      assert.equal(kills, plan.kills);
      assert.ok(items > 0 && (counts['answers found in the audit'] ?? 0) > items, JSON.stringify(counts));
    });
  });
}
