import { test } from 'node:test';
import { callApi } from './call-api.ts';
import { inBrowser, inspect, openStories } from './open-page.ts';

const stories = openStories();

test('home tells of weak and reused passwords, and leads to the lists of them', inBrowser, async () => {
  await stories.visit({ as: 'ana' }, async (page) => {
    const saved = [
      ['Mail', 'Kx7#vQ9!mLz2@pR'],
      ['Shop', 'Kx7#vQ9!mLz2@pR'],
      ['Router', 'password'],
      ['Bank', 'zT4$wN8^bHs6&yD'],
    ] as const;
    for (const [name, password] of saved)
      await callApi(page, 'POST', '/items/password', { name, username: 'ana', password });
    await page.reload();
    await page.getByRole('heading', { name: 'Passwords to look after' }).waitFor();
    await page.getByRole('link', { name: '2 reused' }).waitFor();
    await page.getByRole('link', { name: '1 weak' }).waitFor();
    await inspect(page, 'items', 'home-health');
    await page.getByRole('link', { name: '2 reused' }).click();
    await page.getByRole('row', { name: /Mail/ }).waitFor();
    await page.getByRole('row', { name: /Shop/ }).waitFor();
    await page.getByRole('row', { name: /Bank/ }).waitFor({ state: 'detached' });
    await page
      .getByRole('button', { name: /mine and reused/ })
      .first()
      .click();
    await page.getByText('mine and weak', { exact: true }).click();
    await page.getByRole('row', { name: /Router/ }).waitFor();
    await page.getByRole('row', { name: /Mail/ }).waitFor({ state: 'detached' });
    await inspect(page, 'items', 'weak-passwords');
  });
});
