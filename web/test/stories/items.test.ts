// What one does with one's own items: save the first, find it again, view and copy it, disable it, bring back what it was.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { focusedName } from '../in-page.ts';
import { inBrowser, inspect, openStories, widths } from './open-page.ts';

const stories = openStories();
const seed = 'JBSWY3DPEHPK3PXP';

/** Makes items of this person; answers the number of each. */
async function save(username: string, kind: string, ...drafts: object[]): Promise<number[]> {
  const person = await stories.safe.signIn(username);
  const numbers = [];
  for (const draft of drafts) {
    const { status, json, text } = await person.call('POST', `/api/v1/items/${kind}`, draft);
    assert.equal(status, 201, text);
    numbers.push((json as { number: number }).number);
  }
  return numbers;
}

const password = (name: string, more: object = {}) => ({
  name,
  username: 'ana@example.com',
  password: 'not-A-real-1',
  url: 'https://example.com/sign-in',
  ...more,
});

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const toast = (page: Page, text: string) => page.getByRole('region', { name: /Messages|Avisos/ }).getByText(text);

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
    await page.getByText('Best', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'GitHub' }).waitFor();
    await toast(page, 'Password saved').waitFor();
    await page.getByText('You own it, and nobody else can see it.').waitFor();
    const number = Number(new URL(page.url()).pathname.split('/').at(-1));

    await page.getByRole('link', { name: 'Home' }).first().click();
    const lines = (await page.locator('pre').textContent()) ?? '';
    const { clientId, clientSecret } = await stories.safe.person('nina');
    const script = lines.replace('client id', clientId).replace('client secret', clientSecret);
    const { stdout } = await promisify(execFile)('sh', ['-c', script]);
    const revealed = JSON.parse(stdout) as { number: number; secrets: { password: string } };
    assert.deepEqual([revealed.number, revealed.secrets.password], [number, made]);
  });
});

test('everything is found as one types, on the home page and in the palette', inBrowser, async () => {
  await save('otto', 'password', password('Payroll'), password('Mail server', { tags: ['ops'] }));
  await save('otto', 'note', { name: 'Door of the payroll office', note: 'Two zero, twice the year.' });
  await save('otto', 'api-secret', { name: 'Payments', url: 'https://api.example.com', clientId: 'shop' });
  await stories.visit({ as: 'otto' }, async (page) => {
    await page.getByRole('link', { name: 'Payroll', exact: true }).waitFor();
    await inspect(page, 'items', 'home');
    await page.getByRole('searchbox', { name: 'Search everything' }).fill('payr');
    const rows = page.getByRole('grid').getByRole('row');
    await page.getByRole('row', { name: /Door of the payroll office/ }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[role="row"][data-index]').length === 2);
    await rows.filter({ hasText: 'Note:' }).waitFor();
    assert.equal(new URL(page.url()).search, '?q=payr');
    await inspect(page, 'items', 'search');
    await page.getByRole('searchbox', { name: 'Search everything' }).fill('no such thing');
    await page.getByRole('heading', { name: 'Nothing fits' }).waitFor();
    await inspect(page, 'items', 'nothing-found');

    await page.keyboard.press('Control+k');
    await page.keyboard.type('ops');
    await page.getByRole('option', { name: /Mail server/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Mail server' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName !== 'BODY');
    assert.match(page.url(), /\/passwords\/\d+$/);
    assert.equal(await page.title(), 'Mail server · Arca');
  });
});

test('a secret is viewed for 30 seconds, in large type too, and copied without being shown', inBrowser, async () => {
  const [number] = await save('pia', 'password', password('GitHub', { totp: seed, notes: 'Ask Ben.\nThen wait.' }));
  await stories.visit({ as: 'pia', path: `/passwords/${number}`, hasClock: true }, async (page) => {
    const field = page.getByRole('group', { name: 'Password', exact: true });
    const mask = (await field.getByRole('img', { name: 'Password, hidden' }).textContent()) ?? '';
    await inspect(page, 'items', 'item');
    await field.getByRole('button', { name: 'Copy: Password' }).click();
    await field.getByRole('button', { name: 'Copied: Password' }).waitFor();
    assert.equal(await clipboard(page), 'not-A-real-1');
    assert.equal(await page.getByText('not-A-real-1').count(), 0);
    await page.getByText('Other apps on this device can read what is copied.').waitFor();

    await field.getByRole('button', { name: 'View: Password' }).click();
    await field.getByText('Hides in').waitFor();
    const digit = await field.getByText('1', { exact: true }).evaluate((element) => getComputedStyle(element).color);
    const letters = await field
      .getByText('real', { exact: true })
      .evaluate((element) => getComputedStyle(element).color);
    assert.notEqual(digit, letters);
    await field.getByRole('button', { name: 'Large type' }).click();
    await page.getByRole('dialog', { name: 'Password' }).getByText('12').waitFor();
    await page.keyboard.press('Escape');
    await inspect(page, 'items', 'item-shown');
    await page.clock.fastForward(31_000);
    await field.getByRole('img', { name: 'Password, hidden' }).waitFor();

    const notes = page.getByRole('group', { name: 'Notes' });
    assert.equal(await notes.getByRole('img').textContent(), mask);
    await notes.getByRole('button', { name: 'View: Notes' }).click();
    await notes.getByText('Ask Ben').waitFor();
    await page.clock.fastForward(30_000); // a minute after the copy
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) === '');
    await stories.safe.call('GET', '/healthz');
  });
});

test('a code renews itself while it is shown, and hides after two minutes', inBrowser, async () => {
  const [number, without] = await save('rui', 'password', password('GitHub', { totp: seed }), password('Plain'));
  await stories.visit({ as: 'rui', path: `/passwords/${number}`, hasClock: true }, async (page) => {
    await page.getByRole('button', { name: 'View: One-time code' }).click();
    const code = page.getByRole('group', { name: 'One-time code' });
    await code.getByText(/Changes in \d+ seconds?/).waitFor();
    await page.getByText('Each new code is recorded as a view.').waitFor();
    await inspect(page, 'items', 'code');
    await code.getByRole('button', { name: 'Copy: One-time code' }).click();
    assert.match(await clipboard(page), /^\d{6}$/);
    const renewed = page.waitForResponse((response) => response.url().endsWith('/reveal'));
    await page.clock.fastForward(31_000);
    assert.equal((await renewed).status(), 200);
    await code.getByText(/Changes in \d+ seconds?/).waitFor();
    await page.clock.fastForward(121_000);
    await page.getByRole('button', { name: 'View: One-time code' }).waitFor();

    await page.goto(`${stories.safe.url}/passwords/${without}`);
    await page.getByRole('button', { name: 'View: One-time code' }).click();
    await page.getByText('No one-time code is set up.').waitFor();
  });
});

test('a password is disabled at once, and enabled again by undo', inBrowser, async () => {
  const [number] = await save('sara', 'password', password('Old router'), password('New router'));
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

test('the history tells what changed; versions are viewed, compared and restored', inBrowser, async () => {
  const [number] = await save('tina', 'password', password('Bank', { notes: 'Branch one' }));
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

test('an item that is not there, or not for this person, is told as such', inBrowser, async () => {
  await stories.visit({ as: 'ugo', path: '/notes/999' }, async (page) => {
    await page.getByRole('heading', { name: 'It is not here for you' }).waitFor();
    await page.getByRole('heading', { name: 'Write your first note' }).waitFor();
    await inspect(page, 'items', 'gone');
  });
});

test('the same in Portuguese, with the words of the product', inBrowser, async () => {
  const [number] = await save('vera', 'password', password('Banco', { tags: ['finanças'] }));
  await stories.visit({ as: 'vera', locale: 'pt-BR', path: `/passwords/${number}` }, async (page) => {
    await page.getByRole('heading', { level: 1, name: 'Senhas' }).waitFor();
    await page.getByText('É seu, e ninguém mais o vê.').waitFor();
    await page.getByRole('button', { name: 'Visualizar: Senha' }).click();
    await page.getByText('Será ocultado em').waitFor();
    await page.getByRole('tab', { name: 'Histórico' }).click();
    await page.getByText('Você criou').waitFor();
    await inspect(page, 'items', 'portuguese');
    await page.getByRole('region', { name: 'Detalhes' }).getByRole('button', { name: 'Ações: Banco' }).click();
    await page.getByRole('menuitem', { name: 'Inativar' }).click();
    await toast(page, 'Senha inativada').waitFor();
    await page.getByRole('button', { name: 'Desfazer' }).click();
    await toast(page, 'Senha ativada').waitFor();
  });
});

test('with the keyboard alone: find, copy, view, edit and save', inBrowser, async () => {
  await save('wim', 'password', password('Alpha'), password('Beta', { username: 'beta-user' }));
  await stories.visit({ as: 'wim', path: '/passwords' }, async (page) => {
    await page.getByRole('row', { name: /Beta/ }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Beta'));
    await page.keyboard.press('u');
    await toast(page, 'Username copied').waitFor();
    assert.equal(await clipboard(page), 'beta-user');
    await page.keyboard.press('c');
    await toast(page, 'Password copied').waitFor();
    assert.equal(await clipboard(page), 'not-A-real-1');
    await page.keyboard.press('?');
    await page
      .getByRole('dialog', { name: 'Keyboard shortcuts' })
      .getByText('Copy its username or client ID')
      .waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Beta' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    for (let at = 0; at < 20 && (await focusedName(page)) !== 'View: Password'; at += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Hides in').waitFor();
    await page.keyboard.press('e');
    await page.getByRole('heading', { level: 1, name: 'Edit Beta' }).waitFor();
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.press('End');
    await page.keyboard.type(' two');
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { level: 1, name: 'Beta two' }).waitFor();
  });
});

test('on a phone the list and the item follow one another, and nothing is cut', inBrowser, async () => {
  await save(
    'xia',
    'password',
    password('A name that is much longer than a phone is wide, really', { tags: ['one', 'two'] }),
  );
  await save('xia', 'note', { name: 'Door', note: 'Two zero.' });
  await stories.visit({ as: 'xia', path: '/passwords', width: widths.phone }, async (page) => {
    await page.getByRole('row', { name: /A name that is/ }).click();
    await page.getByRole('heading', { level: 1, name: /A name that is/ }).waitFor();
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(tooWide, 0);
    await inspect(page, 'items', 'phone-item');
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByRole('row', { name: /A name that is/ }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'row');
    await page.getByRole('navigation').getByRole('link', { name: 'Notes' }).last().click();
    await page.getByRole('row', { name: /Door/ }).waitFor();
    await inspect(page, 'items', 'phone-notes');
  });
});
