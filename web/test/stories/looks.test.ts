// How the app looks and speaks: chosen once, kept, and the device's own way where nothing was chosen.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { addUser, inBrowser, openStories, signIn, widths } from './open-page.ts';

const stories = openStories();

/** Waits until that is what is painted. */
async function isPainted(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.waitForFunction((theme) => {
    const [, red = ''] = /^rgb\((\d+)/.exec(getComputedStyle(document.documentElement).backgroundColor) ?? [];
    return red !== '' && Number(red) < 64 === (theme === 'dark');
  }, theme);
}

test('dark: the device decides until a theme is chosen, which stays', inBrowser, async () => {
  await stories.visit({ as: 'ana', path: '/profile' }, async (page) => {
    await isPainted(page, 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await isPainted(page, 'dark');
    await page.getByRole('radio', { name: 'Light', exact: true }).click();
    await isPainted(page, 'light');
    await page.reload();
    await isPainted(page, 'light');
    assert.equal(await page.getByRole('radio', { name: 'Light', exact: true }).isChecked(), true);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('radio', { name: 'Dark', exact: true }).click();
    await isPainted(page, 'dark');
    await page.goto(`${stories.safe.url}/groups`);
    await isPainted(page, 'dark');
    await page.goto(`${stories.safe.url}/profile`);
    await page.getByRole('radio', { name: 'System', exact: true }).click();
    await isPainted(page, 'light');
  });
});

test('language: chosen in the profile, it holds after a reload and in a new browser', inBrowser, async () => {
  await addUser(stories.safe, 'bea');
  await stories.visit({ as: 'bea', path: '/profile' }, async (page) => {
    await page.getByRole('radio', { name: 'Português (Brasil)' }).click();
    await page.getByRole('heading', { name: 'Meu perfil' }).waitFor();
    await page.waitForTimeout(300);
    await page.reload();
    await page.getByRole('heading', { name: 'Meu perfil' }).waitFor();
    assert.equal(await page.getAttribute('html', 'lang'), 'pt-BR');
  });
  await stories.visit({ path: '/profile' }, async (page) => {
    await page.getByRole('heading', { name: 'Sign in' }).waitFor(); // nobody is known here yet
    await signIn(page, 'bea');
    await page.getByRole('heading', { name: 'Meu perfil' }).waitFor();
  });
});

test('nothing is wider than a phone, in any room and in both languages', inBrowser, async () => {
  const paths = [
    '/profile',
    '/profile/sessions',
    '/groups',
    '/access-keys',
    '/access-keys/new',
    '/access-keys/report',
    '/audit',
    '/admin',
    '/admin/users',
    '/admin/users/root.of.the.whole.safe',
    '/admin/groups',
    '/admin/proposals',
    '/admin/policies',
  ];
  for (const locale of ['en-US', 'pt-BR']) {
    const as = 'root.of.the.whole.safe';
    await stories.visit({ as, role: 'admin', width: widths.phone, locale }, async (page) => {
      for (const path of paths) {
        await page.goto(`${stories.safe.url}${path}`);
        const title = page.locator('h1').first().waitFor({ state: 'attached' });
        await title.catch(() => assert.fail(`${path} in ${locale} has no title`));
        await page.waitForFunction(() => document.querySelector('[aria-busy=true], [data-skeleton]') === null);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${path} in ${locale}: ${overflow} px too wide`);
      }
    });
  }
});
