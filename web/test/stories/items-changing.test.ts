// Items are made, edited, disabled and brought back: nothing that was typed is lost.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { inBrowser, inspect, openStories } from './open-page.ts';
import { details, password, save, toast } from './save-items.ts';

const stories = openStories();

test('the first visit leads to a saved password, and to reading it from a script', inBrowser, async () => {
  await stories.visit({ as: 'nina' }, async (page) => {
    await page.getByRole('heading', { name: 'Welcome to your safe' }).waitFor();
    await inspect(page, 'items', 'first-visit');
    await page.getByRole('link', { name: 'New password' }).click();
    await page.getByLabel('Name', { exact: true }).fill('GitHub');
    await page.getByLabel('Username').fill('nina');
    await page.getByRole('button', { name: 'Generate', exact: true }).click();
    await page.getByRole('group', { name: 'Generate a password' }).waitFor();
    await inspect(page, 'items', 'new');
    const made = await page.getByLabel('Generated password').textContent();
    assert.equal(made?.length, 20);
    await page.getByRole('button', { name: 'Use this password' }).click();
    await page.getByText('Strength: Best').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'GitHub' }).waitFor();
    await toast(page, 'Password saved').waitFor();
    await page.getByText('You own it, and nobody else can see it.').waitFor();
    const number = Number(new URL(page.url()).pathname.split('/').at(-1));

    await page.getByRole('link', { name: 'Home' }).first().click();
    const lines = (await page.locator('pre').textContent()) ?? '';
    const { clientId, clientSecret } = await stories.safe.person('nina');
    const script = lines.replace("'client ID'", clientId).replace('client secret', clientSecret);
    const { stdout } = await promisify(execFile)('sh', ['-c', script]);
    const revealed = JSON.parse(stdout) as { number: number; secrets: { password: string } };
    assert.deepEqual([revealed.number, revealed.secrets.password], [number, made]);
  });
});

test('a password is disabled at once, and enabled again by undo', inBrowser, async () => {
  const [number] = await save(stories.safe, 'sara', 'password', password('Old router'), password('New router'));
  await stories.visit({ as: 'sara', path: '/passwords' }, async (page) => {
    await page.getByRole('button', { name: 'Actions: Old router' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await toast(page, 'Password disabled').waitFor();
    await page.getByRole('row', { name: /Old router/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('row', { name: /Old router/ }).waitFor();

    await page.goto(`${stories.safe.url}/passwords/${number}?state=all`);
    await page.getByRole('region', { name: 'Details' }).getByRole('button', { name: 'Actions: Old router' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByText('This password is disabled').waitFor();
    await page.getByRole('row', { name: /Old router.*Disabled/ }).waitFor();
    await inspect(page, 'items', 'disabled');
    assert.equal(await page.getByRole('button', { name: 'View: Password' }).count(), 0);
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.getByRole('button', { name: 'View: Password' }).waitFor();
    await toast(page, 'Password enabled').waitFor();
  });
});

test('what was typed is not left by accident: by a link, by Back, or with Cancel', inBrowser, async () => {
  const [number] = await save(stories.safe, 'tess', 'note', { name: 'Door', note: 'Two zero.' });
  await stories.visit({ as: 'tess', path: '/notes' }, async (page) => {
    const ask = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await page.getByRole('row', { name: /Door/ }).click();
    await details(page).getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Front door');
    await page.getByRole('link', { name: 'Home' }).first().click();
    await ask.waitFor();
    await inspect(page, 'items', 'leave', { isCovered: true });
    await ask.getByRole('button', { name: 'Cancel' }).click();
    await page.goBack();
    await ask.getByRole('button', { name: 'Cancel' }).click();
    await ask.waitFor({ state: 'detached' });
    assert.equal(new URL(page.url()).pathname, `/notes/${number}/edit`);
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Front door');
    await details(page).getByRole('button', { name: 'Cancel' }).click();
    await ask.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { level: 1, name: 'Door', exact: true }).waitFor();

    await details(page).getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Front door');
    await page.goBack();
    await ask.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { level: 1, name: 'Door', exact: true }).waitFor();
    await details(page).getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Name', { exact: true }).waitFor();
    await details(page).getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { level: 1, name: 'Door', exact: true }).waitFor();
    assert.equal(await ask.count(), 0);
  });
});

test('an API secret and a note are made, with errors beside their fields, and edited', inBrowser, async () => {
  await stories.visit({ as: 'abel', path: '/api-secrets' }, async (page) => {
    await page.getByRole('heading', { name: 'Save your first API secret' }).waitFor();
    await inspect(page, 'items', 'empty');
    await page.getByRole('link', { name: 'New API secret' }).first().click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Give it a name by which people find it.').first().waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'name');
    await inspect(page, 'items', 'errors');
    await page.getByLabel('Name', { exact: true }).fill('Payments');
    await page.getByLabel('Website').fill('https://api.example.com/token');
    await page.getByLabel('Client ID').fill('shop');
    await page.getByRole('textbox', { name: 'Client secret' }).fill('not-A-real-9');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await toast(page, 'API secret saved').waitFor();
    await page
      .getByRole('group', { name: 'Client secret' })
      .getByRole('button', { name: 'View: Client secret' })
      .click();
    await page.getByRole('group', { name: 'Client secret' }).getByText('Hides in').waitFor();
    await inspect(page, 'items', 'api-secret');

    await page.goto(`${stories.safe.url}/notes/new`);
    await page.getByLabel('Name', { exact: true }).fill('Door');
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill('Two zero, twice the year.\n'.repeat(30));
    await page.keyboard.press('Control+s');
    await toast(page, 'Note saved').waitFor();
    await page.getByRole('button', { name: 'View: Note' }).click();
    await page.getByText('twice the year').first().waitFor();
    await inspect(page, 'items', 'note');
    await details(page).getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'View and edit Note' }).click();
    await inspect(page, 'items', 'edit-note');
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill('Three one.');
    await page.getByRole('checkbox', { name: 'Ask others for a reason' }).click({ force: true });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Asked of everybody but the owner').waitFor();
  });
});
