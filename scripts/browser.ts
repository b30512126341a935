// The browser of the screens' stories: Debian's Chromium, installed by whoever may. Others bring theirs, or skip by name.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Installs Chromium when this is root on Debian and there is none. Says what failed; the stories then fail by name. */
export function installBrowser(): void {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || places.some((place) => existsSync(place)) || !existsSync('/usr/bin/apt-get')) return;
  console.log('Installing Chromium for the stories of the screens.');
  const apt = (...options: string[]) =>
    spawnSync('apt-get', options, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
  apt('update');
  const { status, stderr } = apt('install', '-y', '--no-install-recommends', 'chromium');
  if (status !== 0) console.error(`Chromium could not be installed: ${stderr.trim().split('\n').at(-1)}`);
}
