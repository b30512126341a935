import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { drillFlood } from '../../../drills/flood/drill.ts';
import { bareSettings } from '../bare-settings.ts';
import { mounted } from './mounted.ts';

/** A short run of `npm run drill:flood`; docs/operate/drills.md says what it looks at. */
it('floods of sign-ins and refusals on a nearly full disk stop neither reveals nor who is known', {
  timeout: 240_000,
}, async (test) => {
  const bare = await bareSettings('sqlite');
  // Only root can have a disk to fill; the floods come all the same.
  const disk = mounted('-t', 'tmpfs', '-o', 'size=24m', 'tmpfs');
  const folder = typeof disk === 'string' ? null : disk.folder;
  test.after(async () => {
    if (typeof disk !== 'string') disk.remove();
    await bare.remove();
  });
  const environment = { ...bare.environment, ...(folder === null ? {} : { ARCA_DATA_DIR: join(folder, 'data') }) };
  const sizes = { signIns: 200, refused: 200, atOnce: 200 };
  const { flooded, letIn } = await drillFlood({ environment, disk: folder, ...sizes, say: () => undefined });
  assert.ok(flooded.length > 0 && letIn > 0);
});
