// Many items: selected and changed together, thousands in one list, filtered, and what is said when nothing answers.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { createItem } from '../../../server/src/actions/items/create.ts';
import type { TestSafe } from '../../../server/test/start-safe.ts';
import { inBrowser, inspect, openStories, widths } from './open-page.ts';
import { password, save, toast } from './save-items.ts';

const stories = openStories({ ARCA_BATCH: '1000', ARCA_STORE_TIMEOUT: '60' });
const rowsDrawn = (page: Page) => page.locator('[role="row"][data-index]').count();
const row = (page: Page, name: RegExp) => page.getByRole('row', { name });

test('several are selected, disabled together, brought back by Undo, and enabled again', inBrowser, async () => {
  await save(stories.safe, 'ana', 'password', ...['Alpha', 'Beta', 'Gamma'].map((name) => password(name)));
  await stories.visit({ as: 'ana', path: '/passwords' }, async (page) => {
    const bar = page.getByRole('group', { name: '2 selected' });
    const selectTwo = async () => {
      await page.getByRole('checkbox', { name: 'Select Alpha' }).click({ force: true });
      await page.getByRole('checkbox', { name: 'Select Beta' }).click({ force: true });
    };
    await row(page, /Alpha/).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('group', { name: '1 selected' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await bar.waitFor();
    await inspect(page, 'items', 'selected');
    await bar.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('heading', { name: 'Disable 2 passwords?' }).waitFor();
    await inspect(page, 'items', 'disable-several', { isCovered: true });
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await toast(page, '2 passwords disabled').waitFor();
    await row(page, /Alpha/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await row(page, /Alpha/).waitFor();
    await row(page, /Beta/).waitFor();

    await selectTwo();
    await bar.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await row(page, /Alpha/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name: 'disabled too' }).click();
    await row(page, /Alpha.*Disabled/).waitFor();
    await inspect(page, 'items', 'disabled-too');
    await selectTwo();
    await bar.getByRole('button', { name: 'Enable' }).click();
    await toast(page, '2 passwords enabled').waitFor();
    await row(page, /Alpha.*Disabled/).waitFor({ state: 'detached' });
  });
});

test('a list is filtered by a tag, and the address keeps it', inBrowser, async () => {
  await save(stories.safe, 'bia', 'password', password('Mail', { tags: ['ops'] }), password('Bank'));
  await stories.visit({ as: 'bia', path: '/passwords', width: widths.tablet }, async (page) => {
    await row(page, /Bank/).waitFor();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name: 'with a tag' }).click();
    await page.getByRole('dialog').getByLabel('Tag').fill('OPS');
    await inspect(page, 'items', 'filter', { isCovered: true });
    await page.keyboard.press('Enter');
    await row(page, /Bank/).waitFor({ state: 'detached' });
    await page.reload();
    await row(page, /Mail/).waitFor();
    await page.getByText('tagged OPS').waitFor();
    await inspect(page, 'items', 'filtered');
    await page.getByRole('button', { name: 'Remove filter: tagged OPS' }).click();
    await row(page, /Bank/).waitFor();
  });
});

test('without a network, or when the safe fails, it says so, keeps what is there, and goes on', inBrowser, async () => {
  const [number] = await save(stories.safe, 'caio', 'password', password('Mail'));
  const expected = /ERR_INTERNET_DISCONNECTED|status of 5/;
  await stories.visit({ as: 'caio', path: `/passwords/${number}`, expected }, async (page) => {
    await page.getByRole('button', { name: 'View: Password' }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('No connection to the safe.').first().waitFor();
    await page.getByRole('button', { name: 'View: Password' }).click();
    await page.getByRole('region', { name: 'Messages' }).getByRole('alertdialog').waitFor();
    await inspect(page, 'items', 'offline');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'View: Password' }).click();
    await page.getByText('Hides in').waitFor();

    const list = '**/api/v1/items?*';
    await page.route(list, (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(failure) }),
    );
    await page.goto(`${stories.safe.url}/passwords`);
    await page.getByText(failure.requestId).waitFor();
    await inspect(page, 'items', 'failed');
    await page.unroute(list);
    await page.getByRole('button', { name: 'Try again' }).click();
    await row(page, /Mail/).waitFor();
  });
});

test('a list of 10,000 holds few rows in the page, and its last one is reached', inBrowser, async () => {
  await saveMany(stories.safe, 'gil', 10_000);
  await stories.visit({ as: 'gil', path: '/notes' }, async (page) => {
    await page.getByText('10,000 rows').waitFor();
    await row(page, /Note 00001/).waitFor();
    assert.ok((await rowsDrawn(page)) < 80);
    await page.getByRole('button', { name: 'Name' }).first().click();
    await row(page, /Note 10000/).waitFor();
    await page.getByRole('searchbox', { name: 'Search notes' }).fill('berlin');
    await page.getByText('500 rows').waitFor();
    await row(page, /Note 10000/).focus();
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Note 00020'));
    assert.ok((await rowsDrawn(page)) < 80);
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Note 10000'));
  });
});

const failure = {
  type: 'about:blank',
  title: 'The safe could not do it',
  status: 500,
  code: 'unforeseen',
  requestId: '6f1c1d0e-0000-4000-8000-000000000001',
};

/** Through the action itself: thousands of requests would take their time. */
async function saveMany(safe: TestSafe, username: string, count: number): Promise<void> {
  const { clientId } = await safe.person(username);
  const ctx = {
    safe: safe.serving.safe,
    credential: { kind: 'token', clientId, issuedAt: new Date() },
    origin: { address: '127.0.0.1', referer: null, fingerprint: null },
    justification: null,
    repeat: null,
    requestId: randomUUID(),
  } as const;
  for (let from = 0; from < count; from += 2_000) {
    const names = Array.from({ length: 2_000 }, (_, at) => nameOf(from + at + 1));
    await Promise.all(
      names.map((name) =>
        createItem(ctx, { kind: 'note', draft: { fields: { name, note: 'Not real.' } }, revealing: [] }),
      ),
    );
  }
}

/** Every twentieth is of Berlin. */
function nameOf(place: number): string {
  return `Note ${String(place).padStart(5, '0')}${place % 20 === 0 ? ' of Berlin' : ''}`;
}
