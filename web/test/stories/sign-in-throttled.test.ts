import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyPassword } from '../../../server/test/start-safe.ts';
import { addUser, inBrowser, inspect, openStories } from './open-page.ts';

const stories = openStories({ ARCA_SIGN_IN_FAILURES: '2' });

test('after too many tries the button says how long to wait, and then lets in', inBrowser, async () => {
  await addUser(stories.safe, 'ana');
  await stories.visit({ path: '/profile' }, async (page) => {
    await page.getByLabel('Username').fill('ana');
    const password = page.getByLabel('Password', { exact: true });
    const waiting = page.getByRole('button', { name: /^Try again in/ });
    for (let tries = 0; tries < 5 && !(await waiting.isVisible()); tries += 1) {
      await password.fill('not my password');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').or(waiting).first().waitFor();
      await page.waitForLoadState('networkidle');
    }
    await page.getByText('Too many tries').waitFor();
    await waiting.waitFor();
    assert.equal(await waiting.isDisabled(), true);
    await inspect(page, 'session', 'throttled');
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor({ timeout: 30_000 });
    await password.fill(anyPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
  });
});
