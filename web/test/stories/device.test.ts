import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { runArca, shownCode } from '../../../cli/test/waiting-login.ts';
import { anyPassword } from '../../../server/test/start-safe.ts';
import { askAsDevice } from '../../../server/test/tokens/device-calls.ts';
import { settlePolicy } from '../../../server/test/v1/access-keys-cast.ts';
import { focusedName } from '../in-page.ts';
import { addUser, inBrowser, inspect, openStories, signIn } from './open-page.ts';

const stories = openStories();
let home: string;
before(() => {
  home = mkdtempSync(join(tmpdir(), 'arca-device-'));
});
after(() => rmSync(home, { recursive: true, force: true }));

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const code = (page: Page) => page.getByRole('textbox', { name: /^Code/ });

test('a command is let in by the code that it shows, and reads an item', inBrowser, async () => {
  const { safe } = stories;
  await addUser(safe, 'ana');
  const ana = await safe.signIn('ana');
  await ana.call('POST', '/api/v1/items/password', { name: 'Printer', username: 'office', password: 'not-a-real-one' });
  const login = runArca(home, 'login', safe.url, '--days', '7');
  const shown = await login.said(shownCode);
  // As the command says: this page, whoever is not signed in yet signs in there first.
  await stories.visit({ path: '/device' }, async (page) => {
    await signIn(page, 'ana');
    await page.getByRole('heading', { name: 'Let a device in', level: 1 }).waitFor();
    assert.match(await focusedName(page), /^Code/);
    await inspect(page, 'device', 'code');
    await page.keyboard.press('Enter');
    await page.getByText('Type the eight letters that the device shows.').waitFor();
    await code(page).fill('bbbb-bbbb');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing asks to be let in under this code').waitFor();
    await inspect(page, 'device', 'code-wrong');
    await code(page).fill(shown.toLowerCase().replace('-', ' '));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^arca on .* asks to be let in$/ }).waitFor();
    await page.getByText('127.0.0.1').waitFor();
    assert.equal(await focusedName(page), 'Refuse');
    await page.getByText('7 days').waitFor();
    await page.getByText('Did you start this yourself, just now?').waitFor();
    await inspect(page, 'device', 'asks');
    await button(page, 'Allow').click();
    await page.getByText('goes on by itself within seconds').waitFor();
    await inspect(page, 'device', 'allowed');
    const { code: exit, told } = await login.ended;
    assert.equal(exit, 0, told);
    const got = await runArca(home, 'password', 'get', 'Printer').ended;
    assert.equal(got.out, 'not-a-real-one\n', got.told);
    await page.getByRole('link', { name: 'See access keys' }).click();
    await page
      .getByText(/^arca on /)
      .first()
      .waitFor();
    const out = await runArca(home, 'logout').ended;
    assert.equal(out.code, 0, out.told);
    await page.reload();
    await page.getByText('Revoked').filter({ visible: true }).first().waitFor();
  });
});

test('allowing asks who has not proven himself for a while; what is refused gets nothing', inBrowser, async () => {
  const { safe } = stories;
  await stories.visit({ as: 'bea', path: '/access-keys' }, async (page) => {
    const type = async (shown: string) => {
      await code(page).fill(shown);
      await button(page, 'Continue').click();
      await page.getByText('An access key that reads the items that you may read').waitFor();
    };
    await page.getByRole('link', { name: 'Let a device in' }).click();
    try {
      safe.setClock(new Date(Date.now() + 11 * 60_000));
      const allowed = runArca(home, 'login', safe.url, '--read-only');
      await type(await allowed.said(shownCode));
      await button(page, 'Allow').click();
      await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(anyPassword);
      await page.keyboard.press('Enter');
      await page.getByText('goes on by itself within seconds').waitFor();
      assert.equal((await allowed.ended).code, 0);
    } finally {
      safe.setClock(null);
    }
    await runArca(home, 'logout').ended;
    await page.reload();
    const refused = runArca(home, 'login', safe.url, '--read-only');
    await type(await refused.said(shownCode));
    await button(page, 'Refuse').click();
    await page.getByText('got nothing').waitFor();
    await inspect(page, 'device', 'refused');
    await button(page, 'Type another code').click();
    await code(page).waitFor();
    const { code: exit, told } = await refused.ended;
    assert.equal(exit, 1, told);
    assert.match(told, /It was refused in the browser\./);
    assert.match((await runArca(home, 'whoami').ended).told, /You are not logged in/);
  });
});

test('whom the policy gives no keys sees so, and can refuse', inBrowser, async () => {
  const { safe } = stories;
  await settlePolicy(safe, { keyMakers: { everyone: false, users: [], groups: [] } });
  const { userCode } = await askAsDevice(safe);
  await stories.visit({ as: 'caio', path: '/device', locale: 'pt-BR' }, async (page) => {
    await page.getByRole('textbox', { name: /^Código/ }).fill(userCode);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'arca on builder-3 pede acesso' }).waitFor();
    await inspect(page, 'device', 'no-keys');
    assert.equal(await button(page, 'Autorizar').count(), 0);
    await button(page, 'Recusar').click();
    await page.getByText('não recebeu nada').waitFor();
  });
});
