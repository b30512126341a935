import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { anyPassword } from '../../../server/test/start-safe.ts';
import { focusedName } from '../in-page.ts';
import { inBrowser, inspect, openStories, widths } from './open-page.ts';

const stories = openStories();

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) });
const newPassword = 'nine paper lanterns 67';

test('name and e-mail are saved, and shown at once where they stand', inBrowser, async () => {
  await stories.visit({ as: 'ana', path: '/profile' }, async (page) => {
    await page.getByRole('heading', { name: 'Second factor' }).waitFor();
    assert.equal(await page.title(), 'My profile · Arca');
    await inspect(page, 'profile', 'profile');
    assert.equal(await button(page, 'Save').isDisabled(), true);
    await field(page, 'E-mail').fill('ana at home');
    await button(page, 'Save').click();
    await page.getByText('An address looks like someone@example.com.').waitFor();
    assert.match(await focusedName(page), /^E-mail/);
    await inspect(page, 'profile', 'profile-invalid');
    await field(page, 'Name').fill('Ana Souza');
    await field(page, 'E-mail').fill('ana@example.com');
    await page.keyboard.press('Enter');
    await page.getByText('Profile saved').waitFor();
    await button(page, 'Account of Ana Souza').waitFor();
    assert.equal(await button(page, 'Save').isDisabled(), true);
    await page.reload();
    assert.equal(await field(page, 'E-mail').inputValue(), 'ana@example.com');
  });
});

test('what was typed and not saved is there after a look elsewhere', inBrowser, async () => {
  await stories.visit({ as: 'bea', path: '/profile' }, async (page) => {
    await field(page, 'Name').fill('Beatriz');
    await page.getByRole('link', { name: 'See my sessions' }).click();
    await page.getByRole('heading', { name: 'My sessions' }).waitFor();
    await page.getByRole('link', { name: 'My profile' }).click();
    assert.equal(await field(page, 'Name').inputValue(), 'Beatriz');
    await button(page, 'Discard changes').click();
    assert.equal(await field(page, 'Name').inputValue(), '');
    await page.getByRole('link', { name: 'See my sessions' }).click();
    await page.getByRole('link', { name: 'My profile' }).click();
    assert.equal(await field(page, 'Name').inputValue(), '');
  });
});

test('a new password by the keyboard alone, judged while it is typed', inBrowser, async () => {
  const elsewhere = await stories.safe.signIn('caio');
  await stories.visit({ as: 'caio', path: '/profile' }, async (page) => {
    await button(page, 'Change password').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Change your password' }).waitFor();
    assert.equal(await focusedName(page), 'Present password');
    await page.keyboard.type('not my password');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await focusedName(page), 'New password');
    await page.keyboard.type('short');
    await page.getByText('Poor').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Use at least 12 characters.').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(newPassword);
    await page.getByText('Best').waitFor();
    await inspect(page, 'profile', 'change-password', { isCovered: true });
    await page.keyboard.press('Enter');
    await page.getByText('The password is wrong').waitFor();
    assert.equal(await focusedName(page), 'Present password');
    await inspect(page, 'profile', 'change-password-wrong', { isCovered: true });
    await page.keyboard.type(anyPassword);
    await page.keyboard.press('Enter');
    await page.getByText('Password changed').waitFor();
    await page.getByText('1 other session ended.').waitFor();
    assert.equal(await focusedName(page), 'Change password');
  });
  assert.equal((await elsewhere.call('GET', '/api/v1/profile')).status, 401);
  const signIn = { username: 'caio', password: newPassword };
  assert.equal((await stories.safe.call('POST', '/api/v1/session', signIn)).status, 201);
});

test(
  'whoever has not proven himself for a while changes the password without being asked twice',
  inBrowser,
  async () => {
    await stories.visit({ as: 'dora', path: '/profile' }, async (page) => {
      await button(page, 'Change password').click();
      try {
        stories.safe.setClock(new Date(Date.now() + 11 * 60_000));
        await page.getByLabel('Present password').fill(anyPassword);
        await page.getByLabel('New password').fill(newPassword);
        await page.keyboard.press('Enter');
        await page.getByText('Password changed').waitFor();
      } finally {
        stories.safe.setClock(null);
      }
    });
  },
);

test('sessions are named in words; one is ended, then all others', inBrowser, async () => {
  const agents = {
    firefox: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
    iphone:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
  };
  await stories.visit({ as: 'eva', path: '/profile/sessions' }, async (page) => {
    for (const agent of [agents.firefox, agents.iphone, 'a thing of its own']) {
      const body = { username: 'eva', password: anyPassword };
      const headers = { 'user-agent': agent, 'sec-fetch-site': 'same-origin' };
      assert.equal((await stories.safe.call('POST', '/api/v1/session', body, headers)).status, 201);
    }
    await page.reload();
    const lines = page.locator('#main').getByRole('listitem').filter({ hasText: 'Signed in' });
    await lines.first().waitFor();
    const said = await lines.allInnerTexts();
    assert.equal(said.length, 4);
    assert.match(said[0] ?? '', /^Chrome on Linux\s+This session\s+127\.0\.0\.1, used now/);
    assert.ok(said.some((line) => line.startsWith('Firefox on Windows\n127.0.0.1, used')));
    assert.ok(said.some((line) => line.startsWith('Safari on iPhone')));
    assert.ok(said.some((line) => line.startsWith('Unknown browser')));
    await inspect(page, 'profile', 'sessions');
    await button(page, 'End: Firefox on Windows').click();
    await page.getByText('Session ended').waitFor();
    await button(page, 'End: Firefox on Windows').waitFor({ state: 'detached' });
    await button(page, 'End all others').click();
    await page.getByRole('alertdialog', { name: 'End 2 other sessions?' }).waitFor();
    await inspect(page, 'profile', 'sessions-end-others', { isCovered: true });
    await page.getByRole('alertdialog').getByRole('button', { name: 'End all others' }).click();
    await page.getByText('2 other sessions ended').waitFor();
    await page.getByText('You are signed in nowhere else.').waitFor();
    assert.equal(await button(page, 'End all others').count(), 0);
  });
});

test('where the profile cannot be read it says so, and reads it again', inBrowser, async () => {
  await stories.visit({ as: 'fabio', path: '/profile', width: widths.phone }, async (page) => {
    await page.getByRole('heading', { name: 'About you' }).waitFor();
    const body = {
      type: '/docs#unexpected',
      title: 'x',
      status: 404,
      detail: 'x',
      code: 'route_unknown',
      requestId: 'abc',
    };
    await page.route('**/api/v1/profile', (route) =>
      route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify(body) }),
    );
    await page.reload();
    const alert = page.getByRole('alert');
    await alert.getByText('The safe does not know this').waitFor();
    await alert.getByText('Request abc').waitFor();
    await inspect(page, 'profile', 'profile-failed');
    await page.unroute('**/api/v1/profile');
    await button(page, 'Try again').click();
    await page.getByRole('heading', { name: 'About you' }).waitFor();
  });
});
