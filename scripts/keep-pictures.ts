// npm run pictures: tells the stories of the screens with pictures and keeps those that the README and docs show.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** In docs/pictures, and what the stories call it in .cache/pictures. */
export const pictures: Readonly<Record<string, string>> = {
  'home.png': 'items/home-1440-light',
  'item-dark.png': 'items/item-shown-1440-dark',
  'sharing.png': 'items/sharing-1440-light',
  'conflict.png': 'items/conflict-1440-light',
  'panel.png': 'admin/panel-1440-light',
  'audit-dark.png': 'audit/filtered-1440-dark',
  'access-key.png': 'access-keys/key-1440-light',
  'set-up.png': 'session/set-up-1440-light',
  'phone.png': 'items/phone-item-390-light',
};

if (import.meta.main) {
  const root = dirname(import.meta.dirname);
  const env = { ...process.env, ARCA_TEST_PICTURES: '1' };
  const stories = ['stories/items', 'stories/admin', 'stories/audit', 'stories/access-key-page', 'stories/set-up'];
  const told = spawnSync(process.execPath, ['scripts/test.ts', ...stories], { cwd: root, env, stdio: 'inherit' });
  if (told.status === 0) {
    mkdirSync(join(root, 'docs/pictures'), { recursive: true });
    for (const [name, taken] of Object.entries(pictures)) {
      copyFileSync(join(root, '.cache/pictures', `${taken}.png`), join(root, 'docs/pictures', name));
    }
  }
  process.exitCode = told.status ?? 1;
}
