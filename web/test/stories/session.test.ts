import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { anyPassword } from '../../../server/test/start-safe.ts';
import { focusedName } from '../in-page.ts';
import { addUser, inBrowser, inspect, openStories, signIn, widths } from './open-page.ts';

const stories = openStories();

const named = (page: Page) => ({
  heading: (name: string) => page.getByRole('heading', { name, exact: true }),
  button: (name: string) => page.getByRole('button', { name, exact: true }),
  /** Whose name may go on: "optional". */
  field: (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) }),
});

test('whoever is not signed in gets the sign-in, and then the page that was asked for', inBrowser, async () => {
  await addUser(stories.safe, 'ana');
  await stories.visit({ path: '/profile?from=mail' }, async (page) => {
    const { heading, button, field } = named(page);
    await heading('Sign in').waitFor();
    assert.equal(await page.title(), 'Sign in · Arca');
    assert.equal(await focusedName(page), 'Username');
    await inspect(page, 'session', 'sign-in');
    await button('Sign in').click();
    await page.getByText('Type your username.').waitFor();
    assert.equal(await focusedName(page), 'Username');
    await page.keyboard.type(' ana');
    await page.keyboard.press('Tab');
    await page.keyboard.type('not my password');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert');
    await alert.getByText('The username or the password is wrong').waitFor();
    assert.match(await alert.innerText(), /Check both, and Caps Lock\./);
    assert.equal(await field('Username').inputValue(), ' ana');
    await inspect(page, 'session', 'sign-in-failed');
    await page.getByLabel('Password', { exact: true }).fill(anyPassword);
    await page.keyboard.press('Enter');
    await heading('My profile').waitFor();
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/profile?from=mail');
  });
});

test('password managers and phones are told what the fields are', inBrowser, async () => {
  await stories.visit({ width: widths.phone }, async (page) => {
    await named(page).heading('Sign in').waitFor();
    const attributes = await page
      .locator('input')
      .evaluateAll((inputs) => inputs.map((input) => [input.getAttribute('type'), input.getAttribute('autocomplete')]));
    assert.deepEqual(attributes, [
      ['text', 'username'],
      ['password', 'current-password'],
    ]);
    assert.equal(await page.getByLabel('Username').getAttribute('autocapitalize'), 'none');
    const box = await page.getByRole('button', { name: 'Sign in', exact: true }).boundingBox();
    assert.ok((box?.height ?? 0) >= 44, `${box?.height}`);
  });
});

test('a session that ended covers the app; what was typed and sent goes on after signing in', inBrowser, async () => {
  await stories.visit({ as: 'bea', path: '/profile' }, async (page) => {
    const { heading, button, field } = named(page);
    await field('Name').fill('Beatriz Lima');
    await endSessionsOf('bea');
    await button('Save').click();
    await heading('Sign in again').waitFor();
    assert.equal(await page.title(), 'Sign in again · Arca');
    assert.equal(await focusedName(page), 'Password');
    assert.equal(await field('Username').inputValue(), 'bea');
    assert.equal(await field('Name').isVisible(), false);
    await inspect(page, 'session', 'sign-in-again');
    await page.keyboard.type(anyPassword);
    await page.keyboard.press('Enter');
    await page.getByText('Profile saved').waitFor();
    assert.equal(await field('Name').inputValue(), 'Beatriz Lima');
    const { json } = await (await stories.safe.signIn('bea')).call('GET', '/api/v1/profile');
    assert.equal((json as { name: string }).name, 'Beatriz Lima');
  });
});

test('where somebody else signs in, nothing of the first is left and nothing of his is sent', inBrowser, async () => {
  await addUser(stories.safe, 'dora');
  await stories.visit({ as: 'caio', path: '/profile' }, async (page) => {
    const { heading, button, field } = named(page);
    await field('Name').fill('Caio');
    await endSessionsOf('caio');
    await button('Save').click();
    await heading('Sign in again').waitFor();
    await signIn(page, 'dora');
    await page.getByText('dora', { exact: true }).waitFor();
    assert.equal(await field('Name').inputValue(), '');
    const { json } = await (await stories.safe.signIn('dora')).call('GET', '/api/v1/profile');
    assert.equal((json as { name: string }).name, '');
  });
});

test('signing out closes the app in all tabs of the browser', inBrowser, async () => {
  await stories.visit({ as: 'eva', path: '/profile' }, async (page) => {
    const other = await page.context().newPage();
    await other.goto(`${stories.safe.url}/profile/sessions`);
    await named(other).heading('My sessions').waitFor();
    await page.getByRole('button', { name: 'Account of eva' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).waitFor();
    await inspect(page, 'session', 'account-menu', { isCovered: true });
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await named(page).heading('Sign in').waitFor();
    await page.getByText('Signed out').waitFor();
    assert.equal(new URL(page.url()).pathname, '/');
    await named(other).heading('Sign in').waitFor();
    await signIn(other, 'eva');
    await named(other).heading('My sessions').waitFor();
    await page.locator('#main').getByRole('heading', { name: 'Sign in' }).waitFor({ state: 'detached' });
  });
});

test('a dangerous act asks for a fresh proof, and goes on by itself after it', inBrowser, async () => {
  await stories.visit({ as: 'fabio', path: '/profile' }, async (page) => {
    const { heading, button, field } = named(page);
    await field('E-mail').fill('fabio@example.com');
    try {
      stories.safe.setClock(new Date(Date.now() + 11 * 60_000));
      await button('Save').click();
      const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
      await dialog.waitFor();
      assert.equal(await focusedName(page), 'Password');
      await inspect(page, 'session', 'proof', { isCovered: true });
      await page.keyboard.press('Escape');
      await page.getByText('You did not confirm that it is you').waitFor();
      assert.equal(await field('E-mail').inputValue(), 'fabio@example.com');
      await button('Save').click();
      await dialog.waitFor();
      await page.keyboard.type('not my password');
      await page.keyboard.press('Enter');
      await dialog.getByText('The password is wrong').waitFor();
      assert.equal(await focusedName(page), 'Password');
      await page.keyboard.type(anyPassword);
      await page.keyboard.press('Enter');
      await page.getByText('Profile saved').waitFor();
      assert.equal(await heading('Confirm that it is you').count(), 0);
      assert.equal(await field('E-mail').inputValue(), 'fabio@example.com');
    } finally {
      stories.safe.setClock(null);
    }
  });
});

test('who is idle is warned, stays by any key, and is covered in the end', inBrowser, async () => {
  await stories.visit({ as: 'gil', path: '/profile', hasClock: true }, async (page) => {
    const { field } = named(page);
    const warning = page.getByRole('dialog', { name: 'Are you still there?' });
    await field('Name').fill('Gil');
    await page.clock.fastForward('59:20');
    await warning.waitFor();
    await inspect(page, 'session', 'idle', { isCovered: true });
    await page.keyboard.press('Enter');
    await warning.waitFor({ state: 'detached' });
    await page.clock.fastForward('30:00');
    assert.equal(await warning.count(), 0);
    try {
      stories.safe.setClock(new Date(Date.now() + 61 * 60_000));
      await page.clock.fastForward('31:00');
      await page.getByRole('heading', { name: 'Sign in again' }).waitFor();
      assert.equal(await field('Name').isVisible(), false);
      await page.getByLabel('Password', { exact: true }).fill(anyPassword);
      await page.keyboard.press('Enter');
      await field('Name').waitFor();
      assert.equal(await field('Name').inputValue(), 'Gil');
    } finally {
      stories.safe.setClock(null);
    }
  });
});

test('the language is kept in the profile and spoken in the next browser', inBrowser, async () => {
  await stories.visit({ as: 'hana', path: '/profile' }, async (page) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type('portug');
    await page.keyboard.press('Enter');
    await named(page).heading('Meu perfil').waitFor();
    await page.getByRole('button', { name: 'Conta de hana' }).click();
    assert.equal(
      await page.getByRole('menuitemradio', { name: 'Português (Brasil)' }).getAttribute('aria-checked'),
      'true',
    );
  });
  await stories.visit({ as: 'hana', path: '/profile' }, async (page) => {
    await named(page).heading('Meu perfil').waitFor();
    assert.equal(await page.getAttribute('html', 'lang'), 'pt-BR');
    await inspect(page, 'profile', 'profile-pt');
  });
});

test('the sheet of shortcuts opens by ? and says what is heard here', inBrowser, async () => {
  await stories.visit({ as: 'ana', path: '/profile' }, async (page) => {
    await named(page).heading('About you').waitFor();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Search and commands').waitFor();
    await inspect(page, 'session', 'shortcuts', { isCovered: true });
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });
});

test('a safe that cannot be reached is told as such, and tried again', inBrowser, async () => {
  const expected = /ERR_FAILED/;
  await stories.visit({ expected }, async (page) => {
    await page.route('**/api/v1/session', (route) => route.abort());
    await page.reload();
    await named(page).heading('The safe cannot be reached').waitFor({ timeout: 30_000 });
    await inspect(page, 'session', 'unreachable');
    await page.unroute('**/api/v1/session');
    await named(page).button('Try again').click();
    await named(page).heading('Sign in').waitFor();
  });
});

/** As from another device: his browser's session is over without having been told. */
async function endSessionsOf(username: string): Promise<void> {
  const elsewhere = await stories.safe.signIn(username);
  const { status } = await elsewhere.call('DELETE', '/api/v1/sessions');
  assert.equal(status, 200);
  await elsewhere.call('DELETE', '/api/v1/session');
}
