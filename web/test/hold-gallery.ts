// Every component in a real browser, under the policy of the app: no violation, no error, no finding of axe. The two
// themes are files of their own, so that they run beside each other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, inBrowser, inPage, openGallery } from './in-page.ts';

const pages = ['page=parts', 'page=frame', 'page=frame&state=open'];
const views = [
  { width: 1440, height: 900, queries: pages },
  { width: 768, height: 1024, queries: pages },
  { width: 390, height: 844, queries: [...pages, 'page=frame&state=loading', 'page=frame&state=empty'] },
];

/** The tests of one theme. */
export function holdGallery(theme: 'light' | 'dark'): void {
  openGallery();

  for (const { width, height, queries } of views) {
    for (const query of queries) {
      test(`${query} holds at ${width} px`, inBrowser, async () => {
        await inPage(`theme=${theme}&${query}`, { width, height }, async (page) => {
          assert.deepEqual(await findings(page), []);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(overflow <= 0, `${overflow} px too wide`);
        });
      });
    }
  }

  test('what opens over the page holds too', inBrowser, async () => {
    await inPage(`theme=${theme}`, { width: 1440, height: 900 }, async (page) => {
      for (const name of ['Open dialog', 'Open question', 'Open drawer', 'Item actions', 'View', 'Kind']) {
        await page
          .getByRole('button', { name, exact: name !== 'Kind' })
          .first()
          .click();
        assert.deepEqual(await findings(page, { isCovered: true }), [], name);
        await page.keyboard.press('Escape');
        await page.getByRole('heading', { name: 'Gallery' }).waitFor();
      }
      await page.getByRole('button', { name: 'Show toast' }).click();
      await page.getByText('2 passwords disabled').waitFor();
      assert.deepEqual(await findings(page), [], 'toast');
    });
  });
}
