import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSetUpLink } from '../../../server/src/actions/users/set-up-by-link.ts';
import { focusedName } from '../in-page.ts';
import { inBrowser, inspect, openStories } from './open-page.ts';

const stories = openStories();

test('the first visit makes the first administrator, by the link and the keyboard alone', inBrowser, async () => {
  await stories.visit({}, async (page) => {
    await page.getByText('This safe has no administrator yet.').waitFor();
    await inspect(page, 'session', 'not-set-up');
    await page.goto(`${stories.safe.url}/set-up`);
    await page.getByText('This page needs the link that the safe printed').waitFor();
    await inspect(page, 'session', 'set-up-without-link');
  });
  await stories.visit({ path: '/set-up#not-the-token' }, async (page) => {
    await page.getByLabel('Username').fill('ana');
    await page.getByLabel('Password', { exact: true }).fill('seven wooden boats 41');
    await page.keyboard.press('Enter');
    await page.getByText('This set-up link does not count').waitFor();
  });
  const token = makeSetUpLink(stories.safe.serving.safe);
  await stories.visit({ path: `/set-up#${token}` }, async (page) => {
    await page.getByRole('heading', { name: 'Welcome to Arca' }).waitFor();
    assert.equal(new URL(page.url()).hash, '');
    assert.equal(await focusedName(page), 'Username');
    await inspect(page, 'session', 'set-up');
    await page.keyboard.type('Ana Souza');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ana Souza');
    await page.keyboard.press('Tab');
    await page.keyboard.type('too short');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('2 fields need your attention').waitFor();
    await inspect(page, 'session', 'set-up-invalid');
    await page.getByLabel('Username').fill('ana');
    await page.getByLabel('Password', { exact: true }).fill('password1234');
    await page.keyboard.press('Enter');
    await page.getByText('That is one of the most common passwords. Choose another one.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('seven wooden boats 41');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Account of Ana Souza' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/');
    const users = await stories.safe.operator.run('user.list', undefined as never);
    assert.deepEqual(
      users.map(({ username, role }) => [username, role]),
      [['ana', 'admin']],
    );
  });
  await stories.visit({ path: `/set-up#${token}` }, async (page) => {
    await page.getByText('This safe is set up already.').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});
