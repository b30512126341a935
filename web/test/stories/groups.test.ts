import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { focusedName, tabTo } from '../in-page.ts';
import { callApi, pick } from './call-api.ts';
import { addUser, inBrowser, inspect, openStories, widths } from './open-page.ts';

const stories = openStories();

test('a private group is made, a member added, and sees what is shared with it', inBrowser, async () => {
  await addUser(stories.safe, 'ben');
  await addUser(stories.safe, 'cora');
  const ben = await stories.safe.signIn('ben');
  const mayRead = async (number: unknown) => (await ben.call('GET', `/api/v1/items/password/${number}`)).status;

  await stories.visit({ as: 'ana', path: '/groups' }, async (page) => {
    await page.getByRole('heading', { name: 'Make your first group' }).waitFor();
    assert.equal(await page.title(), 'Groups · Arca');
    await inspect(page, 'groups', 'empty');

    await page.getByRole('button', { name: 'New group' }).last().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'New group' }).click();
    await dialog.getByText('Give the group a name.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Night shift');
    await page.getByLabel('Description').fill('Who is on call');
    await pick(page, 'Members', 'cor', 'cora');
    await dialog.getByRole('list', { name: 'Members' }).getByText('cora').waitFor();
    await inspect(page, 'groups', 'new', { isCovered: true });
    await dialog.getByRole('button', { name: 'New group' }).click();

    await page.getByRole('heading', { name: 'Night shift' }).waitFor();
    const id = /\/groups\/(\d+)$/.exec(page.url())?.[1];
    assert.ok(id);
    await pick(page, 'Add a member', 'ben');
    await page.getByText('ben added to Night shift').waitFor();
    await members(page).getByText('ben').waitFor();

    const made = await callApi(page, 'POST', '/items/password', { name: 'Router', username: 'root', password: 'x-9' });
    const { number } = made.json;
    assert.equal(await mayRead(number), 403);
    const shared = await callApi(page, 'PUT', `/items/password/${number}/shares/groups/${id}`, { role: 'viewer' });
    assert.equal(shared.status, 200);
    assert.equal(await mayRead(number), 200);
    await page.reload();
    await page.getByText('Items are shared with this group').waitFor();
    await inspect(page, 'groups', 'group');

    await page.getByRole('button', { name: 'Remove ben' }).click();
    await page.getByText('ben removed from Night shift').waitFor();
    assert.equal(await mayRead(number), 403);
    await page.getByRole('button', { name: 'Undo' }).click();
    await members(page).getByText('ben').waitFor();
    assert.equal(await mayRead(number), 200);

    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByText('This group is disabled and gives nothing').waitFor();
    await page.getByText('Night shift disabled').waitFor();
    assert.equal(await mayRead(number), 403);
    await inspect(page, 'groups', 'disabled');
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.getByText('Night shift enabled').waitFor();
    assert.equal(await mayRead(number), 200);

    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Day shift');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Day shift' }).waitFor();
    assert.equal(await page.title(), 'Day shift · Arca');
  });
});

test('a member sees the group in his own list, and changes nothing', inBrowser, async () => {
  await addUser(stories.safe, 'dora');
  const owner = await stories.safe.signIn('owen');
  const names = [
    { name: 'Open circle', membersVisible: true, members: ['dora', 'owen'] },
    { name: 'Closed circle', membersVisible: false, members: ['dora'] },
  ];
  for (const body of names) assert.equal((await owner.call('POST', '/api/v1/private-groups', body)).status, 201);
  await stories.visit({ as: 'dora', path: '/groups', width: widths.phone }, async (page) => {
    await page.getByText('I am in', { exact: true }).click();
    await page.getByText('Open circle').click();
    await page.getByRole('heading', { name: 'Open circle' }).waitFor();
    await page.getByText('Owned by owen').waitFor();
    assert.equal(await members(page).getByRole('listitem').count(), 2);
    assert.equal(await page.getByRole('button', { name: /Disable|Change|Remove/ }).count(), 0);
    assert.equal(await page.getByText('Closed circle').count(), 0);
    await inspect(page, 'groups', 'member');
    await page.getByRole('link', { name: 'Back to the list' }).click();
    assert.equal(new URL(page.url()).search, '?role=member');
    assert.equal(await page.title(), 'Groups · Arca');
  });
});

test('a list is searched and filtered, and the address keeps it', inBrowser, async () => {
  const owner = await stories.safe.signIn('petra');
  for (const name of ['Alpha', 'Beta', 'Gamma']) await owner.call('POST', '/api/v1/private-groups', { name });
  const { json } = await owner.call('POST', '/api/v1/private-groups', { name: 'Old alpha' });
  await owner.call('POST', `/api/v1/private-groups/${(json as { id: number }).id}/disable`);
  await stories.visit({ as: 'petra', path: '/groups' }, async (page) => {
    await page.getByRole('row').nth(4).waitFor();
    await inspect(page, 'groups', 'list');
    await page.getByRole('searchbox', { name: 'Search groups' }).fill('alpha');
    await page.waitForURL(/q=alpha/);
    await page.getByRole('row', { name: /Gamma/ }).waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('row').count(), 3);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Disabled' }).click();
    await page.waitForURL(/state=disabled/);
    await page.getByRole('row', { name: /^Alpha/ }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('row', { name: /Old alpha/ }).waitFor();
    await page.getByRole('searchbox', { name: 'Search groups' }).fill('omega');
    await page.getByRole('heading', { name: 'No group fits' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('row', { name: /Gamma/ }).waitFor();
  });
});

test('a group is made by the keyboard alone', inBrowser, async () => {
  await stories.visit({ as: 'kim', path: '/groups' }, async (page) => {
    await page.getByRole('heading', { name: 'Make your first group' }).waitFor();
    await tabTo(page, 'New group');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    assert.equal(await focusedName(page), 'Name');
    await page.keyboard.type('Night shift');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Night shift' }).waitFor();
    await tabTo(page, 'Disable');
    await page.keyboard.press('Enter');
    await page.getByText('Night shift disabled').waitFor();
  });
});

test('em português', inBrowser, async () => {
  const owner = await stories.safe.signIn('rita');
  await owner.call('POST', '/api/v1/private-groups', { name: 'Plantão', description: 'Quem atende à noite' });
  await stories.visit({ as: 'rita', path: '/groups', locale: 'pt-BR' }, async (page) => {
    await page.getByRole('heading', { name: 'Grupos', exact: true }).waitFor();
    await page.getByText('Plantão', { exact: true }).click();
    await page.getByRole('button', { name: 'Inativar' }).click();
    await page.getByText('Plantão inativado').waitFor();
    await page.getByText('Este grupo está inativo e não dá acesso a nada').waitFor();
    await page.getByRole('button', { name: 'Desfazer' }).click();
    await page.getByText('Plantão ativado').waitFor();
    await inspect(page, 'groups', 'pt-BR');
  });
});

function members(page: Page) {
  return page.getByRole('list', { name: 'Members' });
}
