// Items are found, by the keyboard and on a phone too, and many are changed together.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focusedName } from '../in-page.ts';
import { inBrowser, inspect, openStories, widths } from './open-page.ts';
import { clipboard, password, save, toast } from './save-items.ts';

const stories = openStories();

test('everything is found as one types, on the home page and in the palette', inBrowser, async () => {
  await save(stories.safe, 'otto', 'password', password('Payroll'), password('Mail server', { tags: ['ops'] }));
  await save(stories.safe, 'otto', 'note', { name: 'Door of the payroll office', note: 'Two zero, twice the year.' });
  await save(stories.safe, 'otto', 'api-secret', {
    name: 'Payments',
    url: 'https://api.example.com',
    clientId: 'shop',
  });
  await stories.visit({ as: 'otto' }, async (page) => {
    await page.getByRole('link', { name: 'Payroll', exact: true }).waitFor();
    await inspect(page, 'items', 'home');
    await page.getByRole('searchbox', { name: 'Search everything' }).fill('payr');
    const rows = page.getByRole('grid').getByRole('row');
    await page.getByRole('row', { name: /Door of the payroll office/ }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[role="row"][data-index]').length === 2);
    await rows.filter({ hasText: 'Note:' }).waitFor();
    assert.equal(new URL(page.url()).search, '?q=payr');
    await inspect(page, 'items', 'search');
    await page.getByRole('searchbox', { name: 'Search everything' }).fill('no such thing');
    await page.getByRole('heading', { name: 'Nothing fits' }).waitFor();
    await inspect(page, 'items', 'nothing-found');

    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type('ops');
    await page.getByRole('option', { name: /Mail server/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Mail server' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName !== 'BODY');
    assert.match(page.url(), /\/passwords\/\d+$/);
    assert.equal(await page.title(), 'Mail server · Arca');
  });
});

test('the menu of a row opens by a press or a key, and gives the focus back', inBrowser, async () => {
  await save(stories.safe, 'mira', 'password', password('Alpha'), password('Beta'));
  await stories.visit({ as: 'mira', path: '/passwords' }, async (page) => {
    const button = page.getByRole('button', { name: 'Actions: Beta' });
    const menu = page.getByRole('menu', { name: 'Actions: Beta' });
    const entry = (name: string) => menu.getByRole('menuitem', { name });
    const isFocused = (name: string) =>
      page.waitForFunction((name) => document.activeElement?.textContent?.startsWith(name), name);
    const close = async () => {
      await page.keyboard.press('Escape');
      await menu.waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.activeElement?.ariaLabel === 'Actions: Beta');
    };
    await button.click();
    await entry('Disable').waitFor();
    await close();
    for (const key of ['Enter', ' ', 'ArrowDown']) {
      await button.press(key);
      await isFocused('View');
      await page.keyboard.press('ArrowDown');
      await isFocused('Copy username');
      await close();
    }
    await button.press('Enter');
    await entry('View').press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Beta' }).waitFor();
  });
});

test('with the keyboard alone: find, copy, view, edit and save', inBrowser, async () => {
  await save(stories.safe, 'wim', 'password', password('Alpha'), password('Beta', { username: 'beta-user' }));
  await stories.visit({ as: 'wim', path: '/passwords' }, async (page) => {
    await page.getByRole('row', { name: /Beta/ }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Beta'));
    await page.keyboard.press('u');
    await toast(page, 'Username copied').waitFor();
    assert.equal(await clipboard(page), 'beta-user');
    await page.keyboard.press('c');
    await toast(page, 'Password copied').waitFor();
    assert.equal(await clipboard(page), 'not-A-real-1');
    await page.keyboard.press('?');
    await page
      .getByRole('dialog', { name: 'Keyboard shortcuts' })
      .getByText('Copy its username or client ID')
      .waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Beta' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    for (let at = 0; at < 20 && (await focusedName(page)) !== 'View: Password'; at += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Hides in').waitFor();
    await page.keyboard.press('e');
    await page.getByRole('heading', { level: 1, name: 'Edit Beta' }).waitFor();
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.press('End');
    await page.keyboard.type(' two');
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { level: 1, name: 'Beta two' }).waitFor();
  });
});

test('on a phone the list and the item follow one another, and nothing is cut', inBrowser, async () => {
  await save(
    stories.safe,
    'xia',
    'password',
    password('A name that is much longer than a phone is wide, really', { tags: ['one', 'two'] }),
  );
  await save(stories.safe, 'xia', 'note', { name: 'Door', note: 'Two zero.' });
  await stories.visit({ as: 'xia', path: '/passwords', width: widths.phone }, async (page) => {
    await page.getByRole('row', { name: /A name that is/ }).click();
    await page.getByRole('heading', { level: 1, name: /A name that is/ }).waitFor();
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(tooWide, 0);
    await inspect(page, 'items', 'phone-item');
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByRole('row', { name: /A name that is/ }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'row');
    await page.getByRole('navigation').getByRole('link', { name: 'Notes' }).last().click();
    await page.getByRole('row', { name: /Door/ }).waitFor();
    await inspect(page, 'items', 'phone-notes');
  });
});
