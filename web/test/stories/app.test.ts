// What is around every screen: frame, theme, language, palette, under the policy.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focusedName } from '../in-page.ts';
import { callApi } from './call-api.ts';
import { inBrowser, inspect, openStories, signIn, widths } from './open-page.ts';

const stories = openStories();
const nowhere = '/nowhere';

for (const width of [widths.desk, widths.phone]) {
  test(`an address without a page is told as such at ${width} px`, inBrowser, async () => {
    await stories.visit({ as: 'ana', path: nowhere, width }, async (page) => {
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
      assert.equal(await page.title(), 'There is nothing here · Arca');
      await inspect(page, 'app', 'not-found');
    });
  });
}

test('a chosen theme is there from the first paint of the next visit', inBrowser, async () => {
  await stories.visit({ path: nowhere, expected: /ERR_FAILED/ }, async (page) => {
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
  });
});

test('the language changes at once and is remembered', inBrowser, async () => {
  await stories.visit({ path: nowhere }, async (page) => {
    await page.getByRole('button', { name: 'Preferences' }).click();
    await page.getByRole('radio', { name: 'Português (Brasil)' }).waitFor();
    await inspect(page, 'session', 'preferences', { isCovered: true });
    await page.getByRole('radio', { name: 'Português (Brasil)' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Entrar' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Entrar' }).waitFor();
    assert.equal(await page.getAttribute('html', 'lang'), 'pt-BR');
  });
});

test('the palette changes the theme and remembers what was used', inBrowser, async () => {
  await stories.visit({ as: 'ana', path: nowhere }, async (page) => {
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor(); // the palette is loaded when it is first asked for
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
    await page.keyboard.press('/');
    await page.getByRole('group', { name: 'Recent' }).getByRole('option', { name: 'Theme: Dark' }).waitFor();
  });
});

test('what is typed before the palette is there is not lost, nor does the page behind hear it', inBrowser, async () => {
  await stories.visit({ as: 'ana', path: nowhere }, async (page) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/\/command-palette-[^/]*\.js$/, (route) => held.then(() => route.continue()));
    await page.goto(`${stories.safe.url}/passwords`);
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('themx');
    await page.keyboard.press('Backspace');
    assert.equal(await page.getByRole('dialog').count(), 0);
    release();
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type('e: dark');
    assert.equal(await page.getByRole('dialog').getByRole('combobox').inputValue(), 'theme: dark');
    await page.getByRole('option', { name: 'Theme: Dark' }).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('searchbox').inputValue(), '');
  });
});

test('at home one field searches everything, and `/` goes there', inBrowser, async () => {
  await stories.visit({ as: 'ana' }, async (page) => {
    await callApi(page, 'POST', '/items/note', { name: 'Door', note: 'left' });
    await page.reload();
    await page.getByRole('searchbox', { name: 'Search everything' }).waitFor();
    assert.equal(await page.getByRole('banner').getByRole('button', { name: 'Search' }).count(), 0);
    await page.keyboard.press('/');
    await page.keyboard.type('doo');
    await page.getByRole('row', { name: /Door/ }).waitFor();
    await page.getByRole('link', { name: 'Notes' }).first().click();
    await page.getByRole('banner').getByRole('button', { name: 'Search' }).click();
    await page.getByRole('dialog').getByRole('combobox').waitFor();
  });
});

test('a new page takes the focus without loading anew', inBrowser, async () => {
  await stories.visit({ path: nowhere }, async (page) => {
    await page.evaluate(() => {
      document.documentElement.dataset.mark = 'kept';
    });
    await signIn(page, 'ana');
    await page.getByRole('link', { name: 'Go to the start' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.pathname === '/' && document.activeElement?.id === 'main');
    assert.equal(await page.getAttribute('html', 'data-mark'), 'kept');
    await page.keyboard.press('Tab');
    assert.notEqual(await focusedName(page), '');
  });
});
