import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyPassword } from '../../../server/test/start-safe.ts';
import { focusedName, tabTo } from '../in-page.ts';
import { addUser, inBrowser, inspect, openStories, widths } from './open-page.ts';

const stories = openStories();

test(
  'an administrator adds a user by the keyboard alone, who signs in and chooses a password of her own',
  inBrowser,
  async () => {
    let password = '';
    await stories.visit({ as: 'ana', role: 'admin', path: '/admin/users' }, async (page) => {
      await page.getByRole('row', { name: /ana/ }).waitFor();
      await tabTo(page, 'Add user');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      assert.equal(await focusedName(page), 'Username');
      await page.keyboard.type('Not a username!');
      await page.keyboard.press('Enter');
      await dialog.getByText('Use 1 to 64 small letters').first().waitFor();
      await page.getByLabel('Username', { exact: true }).focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type('maria.reis');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Maria Reis');
      await page.keyboard.press('Tab');
      await page.keyboard.type('maria@example.com');
      await tabTo(page, 'Generate');
      await page.keyboard.press('Enter');
      await inspect(page, 'users', 'add', { isCovered: true });
      await page.getByRole('textbox', { name: 'First password' }).focus();
      await page.keyboard.press('Enter');
      await page.getByText('maria.reis can sign in now').waitFor();
      assert.equal(await dialog.getByText(stories.safe.url).count(), 1);
      await tabTo(page, 'Copy: Password');
      await page.keyboard.press('Enter');
      await page.getByText('Password copied').first().waitFor();
      password = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(password, /^[A-Za-z0-9]{20}$/);
      assert.equal((await dialog.innerText()).includes(password), false);
      await inspect(page, 'users', 'hand-over', { isCovered: true });
      await tabTo(page, 'Done');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Maria Reis' }).waitFor();
      assert.equal(new URL(page.url()).pathname, '/admin/users/maria.reis');
      await inspect(page, 'users', 'user');
    });
    await stories.visit({ path: '/groups' }, async (page) => {
      await page.getByLabel('Username', { exact: true }).fill('maria.reis');
      await page.locator('input[autocomplete="current-password"]').fill(password);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
      const given = page.getByRole('textbox', { name: 'Password you were given' });
      const own = page.getByRole('textbox', { name: 'Your own password' });
      await given.fill('wrong wooden boats 41');
      await own.fill('qwertyuiop123');
      await inspect(page, 'users', 'must-change-password');
      await page.keyboard.press('Enter');
      await page.getByText('The password is wrong').waitFor();
      await given.fill(password);
      await page.keyboard.press('Enter');
      await page.getByText('That is one of the most common passwords').first().waitFor();
      await own.fill('nine paper lanterns 63');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Groups', exact: true }).waitFor();
      assert.equal(await page.getByText('Administration').count(), 0);
      await page.goto(`${stories.safe.url}/admin/users`);
      await page.getByRole('heading', { name: 'This is for administrators' }).waitFor();
      await inspect(page, 'users', 'not-for-members');
    });
  },
);

test('the last administrator is neither disabled nor made a member', inBrowser, async () => {
  await stories.visit({ as: 'ana', role: 'admin', path: '/admin/users/ana' }, async (page) => {
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
    await page.getByText('This is the last administrator').waitFor();
    await inspect(page, 'users', 'last-administrator', { isCovered: true });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('dialog').getByText('Has items of their own').click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This is the last administrator').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Disable' }).waitFor();
  });
});

test('a user is disabled and enabled again, and his sessions are ended', inBrowser, async () => {
  await addUser(stories.safe, 'ben');
  const ben = await stories.safe.signIn('ben');
  await stories.visit({ as: 'ana', role: 'admin', path: '/admin/users/ben', width: widths.phone }, async (page) => {
    await page.locator('section[aria-label="Details"]').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'End sessions' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End sessions' }).click();
    await page.getByText('All sessions of ben have ended').waitFor();
    assert.equal((await ben.call('GET', '/api/v1/session')).status, 401);
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByText('ben is disabled').waitFor();
    assert.equal((await signInStatus('ben')).status, 401);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('ben enabled').waitFor();
    assert.equal((await signInStatus('ben')).status, 201);
  });
});

test('a stale proof is asked for, and the act then goes on', inBrowser, async () => {
  await addUser(stories.safe, 'cora');
  await stories.visit({ as: 'ana', role: 'admin', path: '/admin/users/cora' }, async (page) => {
    stories.safe.setClock(new Date(Date.now() + 20 * 60_000));
    try {
      await page.getByRole('button', { name: 'Disable' }).click();
      await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor();
      await page.locator('input[autocomplete="current-password"]').fill(anyPassword);
      await page.keyboard.press('Enter');
      await page.getByText('cora disabled').waitFor();
    } finally {
      stories.safe.setClock(null);
    }
  });
});

test('em português, com filtros', inBrowser, async () => {
  await addUser(stories.safe, 'lia');
  await stories.visit({ as: 'ana', role: 'admin', path: '/admin/users', locale: 'pt-BR' }, async (page) => {
    await page.getByRole('row', { name: /lia/ }).waitFor();
    await inspect(page, 'users', 'list');
    await page
      .getByRole('button', { name: 'Filtro' })
      .or(page.getByRole('button', { name: 'Filtrar' }))
      .click();
    await page.getByRole('menuitem', { name: 'Papel: administradores' }).click();
    await page.getByRole('row', { name: /lia/ }).waitFor({ state: 'detached' });
    assert.equal(new URL(page.url()).search, '?role=admin');
    await page.getByRole('searchbox').fill('ninguém');
    await page.getByRole('heading', { name: 'Nenhum usuário corresponde' }).waitFor();
  });
});

async function signInStatus(username: string) {
  return await stories.safe.call('POST', '/api/v1/session', { username, password: anyPassword });
}
