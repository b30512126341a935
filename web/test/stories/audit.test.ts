import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { anyPassword } from '../../../server/test/start-safe.ts';
import { addUser, inBrowser, inspect, openStories, widths } from './open-page.ts';

const stories = openStories();
const rows = (page: Page) => page.getByRole('grid').getByRole('row');
const first = (page: Page) => rows(page).nth(1); // after the heads of the columns

async function addFilter(page: Page, name: string) {
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
  return page.getByRole('dialog', { name });
}

test(
  'the audit is searched by who, what, which item, when and from where; the address keeps it',
  inBrowser,
  async () => {
    const ben = await stories.safe.signIn('ben');
    const item = { name: 'Mail relay', username: 'postfix', password: 'x-9' };
    const { number } = (await ben.call('POST', '/api/v1/items/password', item)).json as { number: number };
    assert.equal((await ben.call('POST', `/api/v1/items/password/${number}/reveal`, {})).status, 200);
    await stories.safe.call('POST', '/api/v1/session', { username: 'ben', password: 'not his password' });
    await stories.visit({ as: 'ana', role: 'admin', path: '/audit' }, async (page) => {
      await rows(page).filter({ hasText: 'ben viewed password' }).first().waitFor();
      assert.equal(await page.title(), 'Audit · Arca');
      await inspect(page, 'audit', 'list');

      await addFilter(page, 'Person');
      await pickIn(page, 'Person', 'ben');
      await page.waitForURL(/user=ben/);
      await rows(page).filter({ hasText: 'ana' }).first().waitFor({ state: 'detached' });
      await addFilter(page, 'Kind of event');
      await pickIn(page, 'Kind of event', 'Views of items');
      await page.waitForURL(/what=viewed/);
      await page.waitForFunction(() => document.querySelectorAll('[role=grid] [role=row]').length === 2);
      await addFilter(page, 'Which item');
      await pickIn(page, 'Which item', `password:${number}`, /assword/);
      await addFilter(page, 'Time');
      await page.getByText('In the last 7 days').click();
      await addFilter(page, 'Address');
      await page.getByRole('textbox', { name: 'Address' }).fill('127.0.0');
      await page.keyboard.press('Enter');
      await page.getByText('Type an address or a block').waitFor();
      await inspect(page, 'audit', 'filter-address', { isCovered: true });
      await page.getByRole('textbox', { name: 'Address' }).fill('127.0.0.0/8');
      await page.keyboard.press('Enter');
      await page.waitForURL(/from=127/);
      await page.reload();
      await first(page).getByText('ben viewed password').waitFor();
      const sentence = await page.locator('#main [role=group]').first().innerText();
      for (const part of [/by ben/, /views of items/, /in the last 7 days/, /from 127\.0\.0\.0\/8/])
        assert.match(sentence, part);
      await inspect(page, 'audit', 'filtered');

      await first(page).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/entry=/);
      const detail = page.locator('section[aria-label="Details"]');
      await detail.getByText('item.revealed').waitFor();
      await detail.getByText('127.0.0.1').waitFor();
      await inspect(page, 'audit', 'entry');
      await page.getByRole('button', { name: 'Copy as JSON' }).click();
      await page.getByText('Entry copied as JSON').first().waitFor();
      const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as Record<string, unknown>;
      assert.equal(copied.event, 'item.revealed');
      assert.equal(copied.user, 'ben');

      await page.goto(`${stories.safe.url}/audit?from=203.0.113.9`);
      await page.getByRole('heading', { name: 'No entry fits' }).waitFor();
      await inspect(page, 'audit', 'none');
      await page.getByRole('button', { name: 'Show all' }).click();
      await first(page).waitFor();
    });
  },
);

test('an export is saved by the browser, after a fresh proof, and holds the list or the whole', inBrowser, async () => {
  await stories.visit({ as: 'ana', role: 'admin', path: '/audit?what=signedIn' }, async (page) => {
    await first(page).waitFor();
    const save = async (name: RegExp) => {
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name }).click();
      const pieces: Buffer[] = [];
      const waiting = page.getByRole('dialog', { name: 'Confirm that it is you' });
      await Promise.race([downloading, waiting.waitFor()]);
      if (await waiting.isVisible()) {
        await page.keyboard.type(anyPassword);
        await page.keyboard.press('Enter');
      }
      for await (const piece of await (await downloading).createReadStream()) pieces.push(piece as Buffer);
      return Buffer.concat(pieces).toString();
    };
    stories.safe.setClock(new Date(Date.now() + 11 * 60_000));
    const csv = await save(/This list as CSV/).finally(() => stories.safe.setClock(null));
    const lines = csv.trim().split('\n');
    assert.ok(lines.length > 1);
    for (const line of lines.slice(1)) assert.match(line, /session\.started/);
    await page.getByText('The audit is being exported').first().waitFor();
    const whole = (await save(/Whole audit as JSON lines/)).trim().split('\n');
    for (const line of whole) JSON.parse(line);
    assert.ok(whole.length >= lines.length);
  });
});

test('a member sees his own acts, and those of others on his item', inBrowser, async () => {
  const eva = await stories.safe.signIn('eva');
  await addUser(stories.safe, 'gil');
  const item = { name: 'Router', username: 'root', password: 'x-9' };
  const { number } = (await eva.call('POST', '/api/v1/items/password', item)).json as { number: number };
  await eva.call('PUT', `/api/v1/items/password/${number}/shares/users/gil`, { role: 'viewer' });
  const gil = await stories.safe.signIn('gil');
  assert.equal((await gil.call('POST', `/api/v1/items/password/${number}/reveal`, {})).status, 200);
  await stories.visit({ as: 'eva', path: '/audit', width: widths.phone, locale: 'pt-BR' }, async (page) => {
    await rows(page).first().waitFor();
    assert.equal(await page.getByText('gil visualizou').count(), 0);
    await inspect(page, 'audit', 'own-pt');
    await page.getByRole('button', { name: 'Escolher um item' }).click();
    await page.getByRole('combobox').fill('rout');
    await page.getByRole('option', { name: 'Router' }).click();
    await page.waitForURL(/item=password/);
    await page
      .getByText(/gil visualizou/)
      .first()
      .waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
  });
});

test('a long audit is read on while one scrolls', inBrowser, async () => {
  const lia = await stories.safe.signIn('lia');
  const { number } = (
    await lia.call('POST', '/api/v1/items/password', { name: 'Door', username: 'x', password: 'x-9' })
  ).json as { number: number };
  for (let times = 0; times < 130; times += 1) await lia.call('POST', `/api/v1/items/password/${number}/reveal`, {});
  await stories.visit({ as: 'lia', path: '/audit' }, async (page) => {
    await first(page).waitFor();
    await first(page).focus();
    const created = rows(page).filter({ hasText: 'lia created' });
    for (let presses = 0; presses < 30 && (await created.count()) === 0; presses += 1) {
      await page.keyboard.press('End');
      await page.waitForTimeout(200);
    }
    await created.first().waitFor();
  });
});

test('while a list is read its place is shown, and told', inBrowser, async () => {
  await stories.visit({ as: 'ana', role: 'admin' }, async (page) => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    await page.route('**/api/v1/audit?*', (route) => answered.then(() => route.continue()));
    await page.goto(`${stories.safe.url}/audit`);
    await page.locator('#main [aria-busy=true]').first().waitFor();
    await page.locator('#main').getByRole('status').filter({ hasText: 'Loading' }).waitFor({ state: 'attached' });
    await inspect(page, 'audit', 'loading');
    answer();
    await first(page).waitFor();
    // What stands for the rows of a long list goes with the next frame.
    await page.waitForFunction(() => document.querySelectorAll('#main [aria-busy=true]').length === 0);
  });
});

test('a safe that stopped answering is told as such, and read again once it is back', inBrowser, async () => {
  const rooms = ['/audit', '/access-keys', '/groups', '/admin/users', '/profile/sessions'];
  const expected = /ERR_FAILED|ERR_CONNECTION_REFUSED/;
  await stories.visit({ as: 'ana', role: 'admin', expected }, async (page) => {
    for (const room of rooms) {
      const silent = /\/api\/v1\/(?!session$|profile$|policy|set-up)/;
      await page.route(silent, (route) => route.abort());
      await page.goto(`${stories.safe.url}${room}`);
      const again = page.locator('#main').getByRole('button', { name: 'Try again' });
      await again.waitFor({ timeout: 40_000 }).catch(() => assert.fail(`${room} does not tell`));
      if (room === '/audit') await inspect(page, 'audit', 'failed');
      await page.unroute(silent);
      await again.click();
      await again.waitFor({ state: 'detached' });
    }
  });
});

/** In the dialog of a filter, which closes with the choice. */
async function pickIn(page: Page, label: string, typed: string, option: string | RegExp = typed): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(typed);
  await page.getByRole('option', { name: option }).first().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
