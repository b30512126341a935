// npm run pictures -w web -- [WORD...]: pictures of the gallery into .cache/pictures, in all widths and both themes, or
// of those whose name contains a word. Build the gallery before: npm run gallery -w web

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { galleryFolder, startPreview } from './preview.ts';
import { openBrowser } from './test/browser.ts';

const folder = join(import.meta.dirname, '../.cache/pictures');
const views: { name: string; query: string; isLong?: boolean; act?: (page: Page) => Promise<void> }[] = [
  { name: 'parts', query: '', isLong: true },
  { name: 'frame', query: 'page=frame' },
  { name: 'open', query: 'page=frame&state=open' },
  { name: 'loading', query: 'page=frame&state=loading' },
  { name: 'empty', query: 'page=frame&state=empty' },
  { name: 'failure', query: 'page=failure' },
  {
    name: 'selection',
    query: 'page=frame',
    act: async (page) => {
      await page.keyboard.press('j');
      for (const key of ['x', 'j', 'x', 'j']) await page.keyboard.press(key);
    },
  },
  {
    name: 'palette',
    query: 'page=frame',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('bank');
    },
  },
  { name: 'dialog', query: '', act: (page) => page.getByRole('button', { name: 'Open dialog' }).click() },
  { name: 'question', query: '', act: (page) => page.getByRole('button', { name: 'Open question' }).click() },
  { name: 'drawer', query: '', act: (page) => page.getByRole('button', { name: 'Open drawer' }).click() },
  { name: 'menu', query: '', act: (page) => page.getByRole('button', { name: 'Item actions' }).click() },
  {
    name: 'toast',
    query: 'page=frame',
    act: async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('c');
    },
  },
  {
    name: 'secret',
    query: '',
    act: async (page) => {
      await page.getByRole('button', { name: 'View: Password' }).click();
      await page.getByRole('button', { name: 'Large type' }).waitFor();
    },
  },
  {
    name: 'large',
    query: '',
    act: async (page) => {
      await page.getByRole('button', { name: 'View: Password' }).click();
      await page.getByRole('button', { name: 'Large type' }).click();
    },
  },
  { name: 'date', query: '', act: (page) => page.getByRole('button', { name: /Calendar/ }).click() },
  { name: 'combobox', query: '', act: (page) => page.getByRole('combobox', { name: 'Share with' }).click() },
];

const wanted = process.argv.slice(2);
const preview = await startPreview(galleryFolder);
const browser = await openBrowser();
await mkdir(folder, { recursive: true });
for (const width of [1440, 768, 390]) {
  for (const theme of ['light', 'dark']) {
    for (const { name, query, isLong, act } of views) {
      const file = `${name}-${width}-${theme}`;
      if (wanted.length > 0 && !wanted.some((word) => file.includes(word))) continue;
      const page = await browser.newPage({
        viewport: { width, height: width < 700 ? 844 : 900 },
        reducedMotion: 'reduce',
      });
      await page.goto(`${preview.url}/?theme=${theme}&${query}`);
      await page.waitForLoadState('networkidle');
      await act?.(page);
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(folder, `${file}.png`), fullPage: isLong ?? false });
      await page.close();
    }
  }
}
await browser.close();
await preview.stop();
