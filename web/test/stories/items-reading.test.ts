// Secrets are viewed and copied: shown when asked for, hidden again by themselves, kept nowhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUser, inBrowser, inspect, openStories } from './open-page.ts';
import { clipboard, details, password, save, seed, toast } from './save-items.ts';

const stories = openStories();

test('a secret is viewed for 30 seconds, in large type too, and copied without being shown', inBrowser, async () => {
  const [number] = await save(
    stories.safe,
    'pia',
    'password',
    password('GitHub', { totp: seed, notes: 'Ask Ben.\nThen wait.' }),
  );
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
  const [number, without] = await save(
    stories.safe,
    'rui',
    'password',
    password('GitHub', { totp: seed }),
    password('Plain'),
  );
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
    await page.getByRole('button', { name: 'View: Password' }).waitFor();
    assert.equal(await page.getByRole('group', { name: 'One-time code' }).count(), 0);
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
  const [number] = await save(stories.safe, 'vera', 'password', password('Banco', { tags: ['finanças'] }));
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

test('where the owner asks for a reason, it is asked for before anything is read', inBrowser, async () => {
  const [number] = await save(stories.safe, 'olga', 'password', password('Root'));
  const olga = await stories.safe.signIn('olga');
  await olga.call('PATCH', `/api/v1/items/password/${number}`, { justificationRequired: true });
  await addUser(stories.safe, 'paul');
  await olga.call('PUT', `/api/v1/items/password/${number}/shares/users/paul`, { role: 'viewer' });
  await stories.visit({ as: 'paul', path: `/passwords/${number}` }, async (page) => {
    const ask = page.getByRole('dialog', { name: 'Why do you need “Root”?' });
    await page.getByRole('button', { name: 'View: Password' }).click();
    await ask.getByRole('button', { name: 'Continue' }).click();
    await ask.getByText('Say in a few words what you need it for.').waitFor();
    await inspect(page, 'items', 'reason', { isCovered: true });
    await ask.getByRole('button', { name: 'Cancel' }).click();
    await ask.waitFor({ state: 'detached' });
    await page.getByRole('img', { name: 'Password, hidden' }).waitFor();
    await page.getByRole('button', { name: 'View: Password' }).click();
    await page.keyboard.type('The disk of host 7 is full');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Hides in').waitFor();
    await page.getByRole('button', { name: 'Copy: Password' }).click();
    await page.getByRole('button', { name: 'Copied: Password' }).waitFor();
    assert.equal(await clipboard(page), 'not-A-real-1');
  });
  const entries = await stories.safe.operator.run('audit.list', { limit: 50 });
  const revealed = entries.find(({ event }) => event === 'item.revealed');
  assert.match(JSON.stringify(revealed), /The disk of host 7 is full/);
});

test('no secret is in the page before it is viewed, nor anywhere once it is left', inBrowser, async () => {
  const draft = password('GitHub', { notes: 'not-A-real-note', totp: seed });
  const [number] = await save(stories.safe, 'rosa', 'password', draft);
  await stories.visit({ as: 'rosa', path: '/passwords' }, async (page) => {
    const isNowhere = async () => {
      const kept = await page.evaluate(async () => ({
        page: document.documentElement.outerHTML,
        storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state]),
        databases: await indexedDB.databases(),
        caches: await caches.keys(),
        addresses: performance.getEntries().map(({ name }) => name),
      }));
      assert.doesNotMatch(JSON.stringify(kept), /not-A-real|JBSWY3DP/);
      assert.deepEqual([kept.databases, kept.caches], [[], []]);
    };
    const view = async () => {
      await details(page).getByRole('button', { name: 'View: Password' }).click();
      await details(page).getByText('Hides in').waitFor();
      assert.match(await details(page).innerText(), /not-A-real-1/);
    };
    await page.getByRole('row', { name: /GitHub/ }).click();
    await details(page).getByRole('button', { name: 'View: Password' }).waitFor();
    await isNowhere();
    await view();
    await details(page).getByRole('tab', { name: 'Sharing' }).click();
    await isNowhere();
    await details(page).getByRole('tab', { name: 'Overview' }).click();
    await isNowhere();
    await view();
    await page.getByRole('link', { name: 'Notes' }).first().click();
    await page.getByRole('heading', { name: 'Write your first note' }).waitFor();
    await isNowhere();
    await page.goBack();
    await details(page).getByRole('button', { name: 'View: Password' }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/passwords/${number}`);
    await isNowhere();
    await view();
    await details(page).getByRole('button', { name: 'Hide: Password' }).click();
    await isNowhere();
  });
});
