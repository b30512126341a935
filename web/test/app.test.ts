// The app itself, as it is shipped, in a real browser under its policy.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, focusedName, inBrowser, inPage, openBuild } from './in-page.ts';

openBuild('vite.config.ts');

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

for (const view of [desk, phone]) {
  test(`an address without a page is told as such at ${view.width} px`, inBrowser, async () => {
    await inPage('', view, async (page) => {
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
      assert.equal(await page.title(), 'There is nothing here · Arca');
      assert.deepEqual(await findings(page), []);
    });
  });
}

test('a chosen theme is there from the first paint of the next visit', inBrowser, async () => {
  await inPage(
    '',
    desk,
    async (page) => {
      await page.getByRole('button', { name: 'Preferences' }).click();
      await page.getByRole('radio', { name: 'Dark' }).click();
      assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
      const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      assert.equal(await ground(), 'rgb(14, 18, 19)');
      await page.route('**/*', (route) =>
        /\/index-.*\.js$/.test(route.request().url()) ? route.abort() : route.continue(),
      );
      await page.reload().catch(() => {});
      assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
    },
    /ERR_FAILED/,
  );
});

test('the language changes at once and is remembered', inBrowser, async () => {
  await inPage('', desk, async (page) => {
    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('radio', { name: 'Português (Brasil)' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Não há nada aqui' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Não há nada aqui' }).waitFor();
    assert.equal(await page.getAttribute('html', 'lang'), 'pt-BR');
  });
});

test('the palette changes the theme and remembers what was used', inBrowser, async () => {
  await inPage('', desk, async (page) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
    await page.keyboard.press('/');
    await page.getByRole('group', { name: 'Recent' }).getByRole('option', { name: 'Theme: Dark' }).waitFor();
  });
});

test('a new page takes the focus without loading anew', inBrowser, async () => {
  await inPage('page=none', desk, async (page) => {
    await page.evaluate(() => {
      document.documentElement.dataset.mark = 'kept';
      history.replaceState(null, '', '/somewhere');
    });
    await page.getByRole('link', { name: 'Go to the start' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.pathname === '/' && document.activeElement?.id === 'main');
    assert.equal(await page.getAttribute('html', 'data-mark'), 'kept');
    await page.keyboard.press('Tab');
    assert.equal(await focusedName(page), 'Go to the start');
  });
});
