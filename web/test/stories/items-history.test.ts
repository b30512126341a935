// What an item was, and what happens when two people save it at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, inBrowser, inspect, openStories } from './open-page.ts';
import { password, save, toast } from './save-items.ts';

const stories = openStories();

test('the history tells what changed; versions are viewed, compared and restored', inBrowser, async () => {
  const [number] = await save(stories.safe, 'tina', 'password', password('Bank', { notes: 'Branch one' }));
  const tina = await stories.safe.signIn('tina');
  const path = `/api/v1/items/password/${number}`;
  await tina.call('PATCH', path, { password: 'not-A-real-2', notes: 'Branch two' });
  await tina.call('PATCH', path, { name: 'The bank', tags: ['money'] });
  await stories.visit({ as: 'tina', path: `/passwords/${number}?view=history` }, async (page) => {
    await page.getByText('You changed the name and the tags').waitFor();
    await page.getByText('You changed the password and the notes').waitFor();
    await page.getByText('You created it').waitFor();
    await inspect(page, 'items', 'history');

    await page.getByRole('button', { name: 'View version 1' }).click();
    await page.getByText('Viewing it is recorded').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'View' }).click();
    await page.getByRole('dialog').getByText('Branch one').waitFor();
    await inspect(page, 'items', 'version', { isCovered: true });
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();

    await page.getByRole('button', { name: 'Compare version 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Compare' }).click();
    const notes = page.getByRole('row', { name: /^Notes/ });
    await notes.getByText('differs').waitFor();
    assert.deepEqual(await notes.locator('mark').allTextContents(), ['one', 'two']);
    await page
      .getByRole('row', { name: /^Username/ })
      .getByText('the same')
      .waitFor();
    await inspect(page, 'items', 'compare', { isCovered: true });
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();

    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await page.getByRole('alertdialog', { name: 'Restore version 1?' }).waitFor();
    await inspect(page, 'items', 'restore', { isCovered: true });
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('heading', { level: 1, name: 'Bank', exact: true }).waitFor();
    await toast(page, 'Version 1 restored').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { level: 1, name: 'The bank' }).waitFor();
    assert.match((await tina.call('POST', `${path}/reveal`, {})).text, /not-A-real-2/);
  });
});

test('somebody else saved first: both texts stand side by side, and nothing is lost', inBrowser, async () => {
  const [number] = await save(stories.safe, 'ana', 'password', password('Bank', { notes: 'Branch one' }));
  const path = `/api/v1/items/password/${number}`;
  const ana = await stories.safe.signIn('ana');
  await addUser(stories.safe, 'ben');
  await ana.call('PUT', `${path}/shares/users/ben`, { role: 'editor' });
  const typed = { username: 'bens-name', password: 'Bens-not-real-2', notes: 'Branch two' };
  await stories.visit({ as: 'ben', path: `/passwords/${number}/edit` }, async (page) => {
    const clash = (field: string) => page.getByRole('group', { name: field });
    await page.getByLabel('Username').fill(typed.username);
    await page.getByRole('button', { name: 'Change Password' }).click();
    await page.getByRole('textbox', { name: 'Password' }).fill(typed.password);
    await page.getByRole('button', { name: 'View and edit Notes' }).click();
    await page.getByRole('textbox', { name: 'Notes' }).fill(typed.notes);
    const saved = await ana.call('PATCH', path, {
      username: 'anas-name',
      password: 'Anas-not-real-3',
      tags: ['money'],
    });
    assert.equal(saved.status, 200);

    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const conflict = page.getByRole('dialog', { name: 'ana saved first' });
    await conflict.getByText('Changed by you alone, and saved: Notes.').waitFor();
    await conflict.getByText('Changed by ana alone, and kept: Tags.').waitFor();
    await clash('Username').getByText('anas-name').waitFor();
    await clash('Username').getByText('bens-name').waitFor();
    assert.equal(await page.getByText('Anas-not-real-3').count(), 0);
    await clash('Password').getByRole('button', { name: 'View the other one' }).click();
    await clash('Password').getByText('Anas-not-real-3').waitFor();
    await inspect(page, 'items', 'conflict', { isCovered: true });

    await conflict.getByRole('button', { name: 'Back to editing' }).click();
    assert.equal(await page.getByLabel('Username').inputValue(), typed.username);
    assert.equal(await page.getByRole('textbox', { name: 'Password' }).inputValue(), typed.password);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await conflict.getByRole('button', { name: 'Save', exact: true }).click();
    await conflict.getByText('Choose one of the two.').first().waitFor();
    await clash('Username')
      .getByRole('radio', { name: /By ana/ })
      .click();
    await clash('Password').getByRole('radio', { name: /Yours/ }).click();
    await conflict.getByRole('button', { name: 'Save', exact: true }).click();
    await toast(page, 'Password saved').waitFor();
    await page.getByText('anas-name').first().waitFor();
    await toast(page, 'Not saved of yours: Username').waitFor();
    await inspect(page, 'items', 'conflict-left');
    await page.getByRole('button', { name: 'Edit again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Edit Bank' }).waitFor();
    assert.equal(await page.getByLabel('Username').inputValue(), typed.username);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Leave without saving' }).click();
  });
  const { json: item } = await ana.call('GET', path);
  const { username, tags } = item as { username: string; tags: string[] };
  assert.deepEqual([username, tags], ['anas-name', ['money']]);
  const { json: revealed } = await ana.call('POST', `${path}/reveal`, {});
  const { secrets } = revealed as { secrets: Record<string, string> };
  assert.deepEqual([secrets.password, secrets.notes], [typed.password, typed.notes]);
  // The one that was not chosen is in the history.
  const before = await ana.call('POST', `${path}/versions/2/reveal`, {});
  assert.match(before.text, /Anas-not-real-3/);
});

test('two who changed different things both keep theirs, by one press', inBrowser, async () => {
  const [number] = await save(stories.safe, 'cleo', 'note', { name: 'Door', note: 'Two zero.' });
  const cleo = await stories.safe.signIn('cleo');
  await stories.visit({ as: 'cleo', path: `/notes/${number}/edit` }, async (page) => {
    await page.getByLabel('Name', { exact: true }).fill('Front door');
    await cleo.call('PATCH', `/api/v1/items/note/${number}`, { tags: ['office'] });
    await page.keyboard.press('Control+s');
    await page.getByText('You changed different things: both can be kept.').waitFor();
    await inspect(page, 'items', 'conflict-free', { isCovered: true });
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Front door' }).waitFor();
    await page.getByRole('region', { name: 'Details' }).getByText('office', { exact: true }).waitFor();
  });
});
