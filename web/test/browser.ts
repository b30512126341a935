import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const path = places.find((place) => existsSync(place));
const isRoot = process.getuid?.() === 0;

/** The reason to skip what needs a browser; false where there is one, and for root, who can install it: there it fails. */
export const noBrowser: string | false = path === undefined && !isRoot && `no browser: ${places.join(', ')}`;

export async function openBrowser(): Promise<Browser> {
  if (path === undefined) throw new Error(`No browser (${places.join(', ')}): apt-get install -y chromium`);
  return await chromium.launch({ executablePath: path });
}
