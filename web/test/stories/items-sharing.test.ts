// An item is shared, with a person and a group, until a day; who has access sees why, and loses it again; others own it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { inBrowser, inspect, openStories, widths } from './open-page.ts';
import { addNamed, details, password, save, toast } from './save-items.ts';

const stories = openStories();

let arePeopleThere = false;

async function addPeople(): Promise<void> {
  if (arePeopleThere) return;
  arePeopleThere = true;
  await addNamed(stories.safe, 'ben', 'Ben Silva');
  await addNamed(stories.safe, 'cleo', 'Cleo Costa');
  await stories.safe.operator.run('group.add', { name: 'Finance', members: ['cleo'] });
}

const dialog = (page: Page) => page.getByRole('dialog');
const lineOf = (page: Page, name: string) => details(page).getByRole('listitem').filter({ hasText: name });
const why = (page: Page, name: string) => lineOf(page, name).last();

test('shared with a person for a week and with a group, from then on with an end too', inBrowser, async () => {
  await addPeople();
  await save(stories.safe, 'ana', 'password', password('Salaries'));
  await stories.visit({ as: 'ana', path: '/passwords' }, async (page) => {
    await page.getByRole('button', { name: 'Actions: Salaries' }).click();
    await page.getByRole('menuitem', { name: 'Share' }).click();
    await page.getByText('Nobody else, so far.').waitFor();
    await details(page).getByRole('button', { name: 'Share', exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Share', exact: true }).click();
    await dialog(page).getByText('Choose a person or a group from the list.').waitFor();
    await dialog(page).getByRole('combobox', { name: 'With' }).fill('silva');
    await page.getByRole('option', { name: /Ben Silva/ }).click();
    await dialog(page).getByRole('radio', { name: 'Can edit' }).click({ force: true });
    await dialog(page)
      .getByRole('button', { name: /For how long/ })
      .click();
    await page.getByRole('option', { name: 'For a week' }).click();
    await inspect(page, 'items', 'share', { isCovered: true });
    await dialog(page).getByRole('button', { name: 'Share', exact: true }).click();
    await toast(page, 'Shared with ben').waitFor();
    await why(page, 'ben')
      .getByText(/shared directly, can edit, until/)
      .waitFor();

    await details(page).getByRole('button', { name: 'Share', exact: true }).click();
    await dialog(page).getByRole('combobox', { name: 'With' }).fill('ben');
    await page.getByText('Nothing found').waitFor();
    await dialog(page).getByRole('combobox', { name: 'With' }).fill('fin');
    await page.getByRole('option', { name: /Finance/ }).click();
    await dialog(page).getByRole('button', { name: 'Share', exact: true }).click();
    await toast(page, 'Shared with Finance').waitFor();
    await why(page, 'cleo').getByText('group Finance, can view').waitFor();
    await page.getByText('You own it, and share it with 2 people or groups.').waitFor();
    await inspect(page, 'items', 'sharing');

    await lineOf(page, 'Finance').first().getByRole('button', { name: 'End date for Finance' }).click();
    await dialog(page)
      .getByRole('button', { name: /For how long/ })
      .click();
    await page.getByRole('option', { name: 'Until a moment that I choose' }).click();
    await dialog(page).getByRole('group', { name: 'Ends on' }).waitFor();
    await inspect(page, 'items', 'end-of-share', { isCovered: true });
    await dialog(page).getByRole('button', { name: 'Save end date' }).click();
    await toast(page, 'Access of Finance changed').waitFor();
    await why(page, 'cleo')
      .getByText(/group Finance, can view, until/)
      .waitFor();
  });
});

test('who it is shared with sees it, and why, and no longer once it is taken back', inBrowser, async () => {
  await addPeople();
  const [number] = await save(stories.safe, 'ana', 'password', password('Payroll'));
  const ana = await stories.safe.signIn('ana');
  const shares = `/api/v1/items/password/${number}/shares`;
  const groups = await stories.safe.operator.run('group.list', undefined as never);
  const finance = groups.find(({ name }) => name === 'Finance');
  const expiresAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
  await ana.call('PUT', `${shares}/groups/${finance?.id}`, { role: 'viewer', expiresAt });
  await ana.call('PUT', `${shares}/users/ben`, { role: 'editor', expiresAt: null });
  await stories.visit({ as: 'cleo', path: `/passwords/${number}` }, async (page) => {
    await details(page)
      .getByText(/You can see this because: group Finance, can view, until/)
      .waitFor();
    await details(page).getByText('Can view', { exact: true }).waitFor();
    assert.equal(await details(page).getByRole('link', { name: 'Edit' }).count(), 0);
    await details(page).getByRole('button', { name: 'View: Password' }).click();
    await details(page).getByText('Hides in').waitFor();
    await details(page).getByRole('tab', { name: 'Sharing' }).click();
    await why(page, 'ana').getByText('owner', { exact: true }).waitFor();
    assert.equal(
      await details(page)
        .getByRole('button', { name: /Share|Remove|Transfer/ })
        .count(),
      0,
    );
    await inspect(page, 'items', 'viewer');
  });

  await stories.visit({ as: 'ben', path: '/passwords' }, async (bens) => {
    await bens.getByRole('row', { name: /Payroll/ }).waitFor();
    await stories.visit({ as: 'ana', path: `/passwords/${number}?view=sharing`, width: widths.phone }, async (page) => {
      await page.getByRole('button', { name: 'Remove access of ben' }).click();
      await toast(page, 'Access of ben removed').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await toast(page, 'Shared with ben').waitFor();
      await page.getByRole('button', { name: 'Remove access of ben' }).click();
      await toast(page, 'Access of ben removed').waitFor();
      await why(page, 'ben').waitFor({ state: 'detached' });
    });
    await bens.getByRole('row', { name: /Payroll/ }).click();
    await bens.getByRole('heading', { name: 'It is not here for you' }).waitFor();
  });
  const ben = await stories.safe.signIn('ben');
  assert.equal((await ben.call('GET', `/api/v1/items/password/${number}`)).status, 403);
});

test('the owner hands it over, and keeps what he asked to keep', inBrowser, async () => {
  await addPeople();
  const [number] = await save(stories.safe, 'dora', 'note', { name: 'Door of the office', note: 'Two zero.' });
  await stories.visit({ as: 'dora', path: `/notes/${number}?view=sharing` }, async (page) => {
    await details(page).getByRole('button', { name: 'Transfer' }).click();
    await dialog(page).getByRole('button', { name: 'Next' }).click();
    await dialog(page).getByText('Choose a person from the list.').waitFor();
    await dialog(page).getByRole('combobox', { name: 'New owner' }).fill('cleo');
    await page.getByRole('option', { name: /Cleo Costa/ }).click();
    await inspect(page, 'items', 'transfer', { isCovered: true });
    await dialog(page).getByRole('button', { name: 'Next' }).click();
    const ask = page.getByRole('alertdialog', { name: 'Transfer “Door of the office” to cleo?' });
    await ask.getByText('You stay as somebody who can edit it.').waitFor();
    await inspect(page, 'items', 'transfer-ask', { isCovered: true });
    await ask.getByRole('button', { name: 'Transfer' }).click();
    await toast(page, 'Transferred to cleo').waitFor();
    await details(page).getByText('You can see this because: shared directly, can edit.').waitFor();
    await why(page, 'cleo').getByText('owner', { exact: true }).waitFor();
  });
  const cleo = await stories.safe.signIn('cleo');
  const { json } = await cleo.call('GET', `/api/v1/items/note/${number}`);
  assert.equal((json as { owner: string }).owner, 'cleo');
});

test('several are shared at once; what cannot be shared is told, and why', inBrowser, async () => {
  await addPeople();
  await save(stories.safe, 'ed', 'password', password('Mail'), password('Router'));
  const [foreign] = await save(stories.safe, 'flo', 'password', password('Foreign'));
  const flo = await stories.safe.signIn('flo');
  await flo.call('PUT', `/api/v1/items/password/${foreign}/shares/users/ed`, { role: 'viewer' });
  await stories.visit({ as: 'ed', path: '/passwords' }, async (page) => {
    await page.getByRole('row', { name: /Router/ }).waitFor();
    await page.getByRole('checkbox', { name: 'Select all' }).click({ force: true });
    await page.getByRole('group', { name: '3 selected' }).getByRole('button', { name: 'Share' }).click();
    await dialog(page).getByRole('heading', { name: 'Share 3 passwords' }).waitFor();
    await pickSubject(page, 'ben', /Ben Silva/);
    await inspect(page, 'items', 'share-several', { isCovered: true });
    await dialog(page).getByRole('button', { name: 'Share', exact: true }).click();
    await dialog(page).getByRole('heading', { name: '2 of 3 shared' }).waitFor();
    await dialog(page).getByText('Foreign', { exact: true }).waitFor();
    await inspect(page, 'items', 'share-several-result', { isCovered: true });
    await dialog(page).getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('row', { name: /Mail/ }).getByText('1 other').waitFor();
  });
  const ben = await stories.safe.signIn('ben');
  const { json } = await ben.call('GET', '/api/v1/items?kind=password');
  const names = (json as { items: { name: string }[] }).items.map(({ name }) => name);
  assert.deepEqual([names.includes('Mail'), names.includes('Router'), names.includes('Foreign')], [true, true, false]);
});

async function pickSubject(page: Page, typed: string, option: RegExp): Promise<void> {
  await dialog(page).getByRole('combobox', { name: 'With' }).fill(typed);
  await page.getByRole('option', { name: option }).click();
}
