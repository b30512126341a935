// What can be done without a mouse, and what a screen reader hears, in a real browser under the policy of the app.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { findings, focusedName, inBrowser, inPage, openGallery } from './in-page.ts';

openGallery();

test('a break of the policy would be seen', inBrowser, async () => {
  await inPage('page=failure', { width: 390, height: 844 }, async (page, errors) => {
    errors.splice(0);
    await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'body { color: red; }';
      document.head.append(style);
    });
    await page.waitForTimeout(50);
    assert.match(errors.splice(0).join(), /Content Security Policy/);
  });
});

test('the page that failed says so and tries again', inBrowser, async () => {
  await inPage('page=failure', { width: 390, height: 844 }, async (page, errors) => {
    await page.getByRole('alert').first().getByText('This page has stopped').waitFor();
    assert.deepEqual(await findings(page), []);
    errors.splice(0); // React reports the error that the page is about
  });
});

test('Portuguese is spoken where the browser asks for it', inBrowser, async () => {
  await inPage('', { width: 1440, height: 900, locale: 'pt-BR' }, async (page) => {
    assert.equal(await page.getAttribute('html', 'lang'), 'pt-BR');
    await page.getByRole('button', { name: 'Visualizar: Password' }).waitFor();
    await page.getByText('1.240 de 5.000').waitFor();
  });
});

test('a dialog takes the focus, keeps it, and gives it back', inBrowser, async () => {
  await inPage('', { width: 1440, height: 900 }, async (page) => {
    const opener = page.getByRole('button', { name: 'Open dialog', exact: true });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Share password' }).waitFor();
    assert.equal(await focusedName(page), 'Person or group');
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null), `step ${step}`);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await focusedName(page), 'Open dialog');
  });
});

test('a question begins at the harmless answer', inBrowser, async () => {
  await inPage('', { width: 1440, height: 900 }, async (page) => {
    await page.getByRole('button', { name: 'Open question' }).click();
    await page.getByRole('alertdialog', { name: 'Disable 2 passwords?' }).waitFor();
    assert.equal(await focusedName(page), 'Cancel');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  });
});

test('a menu is walked by arrows and letters', inBrowser, async () => {
  await inPage('', { width: 1440, height: 900 }, async (page) => {
    await page.getByRole('button', { name: 'Item actions' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menu', { name: 'Item actions' }).waitFor();
    assert.match(await focusedName(page), /^Edit/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.match(await focusedName(page), /^Disable/); // past the one that cannot be chosen
    await page.keyboard.press('e');
    await page.keyboard.press('Enter');
    await page
      .getByRole('alertdialog', { name: 'Edit' })
      .or(page.getByText('Edit', { exact: true }))
      .first()
      .waitFor();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  });
});

test('a combobox asks for its options and takes one by keyboard', inBrowser, async () => {
  await inPage('', { width: 1440, height: 900 }, async (page) => {
    const field = page.getByRole('combobox', { name: 'Share with' });
    await field.focus();
    await page.keyboard.type('bru');
    await page.getByRole('option', { name: 'Bruno Lima' }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[role="option"]').length === 1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('option').waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), 'Bruno Lima');
    await field.fill('nobody');
    await page.getByText('Nothing found').waitFor();
  });
});

test('tags are added and removed by keyboard', inBrowser, async () => {
  await inPage('', { width: 1440, height: 900 }, async (page) => {
    await page.getByRole('textbox', { name: 'Tags' }).focus();
    await page.keyboard.type('tax,');
    await page.getByRole('row', { name: 'tax' }).waitFor();
    await page.keyboard.press('Backspace');
    await page.getByRole('row', { name: 'tax' }).waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('row', { name: 'bank' }).count(), 1);
  });
});

test('a form that lacks two fields lists both, and a press leads to the field', inBrowser, async () => {
  await inPage('', { width: 1440, height: 900 }, async (page) => {
    await page.getByRole('button', { name: 'Save site' }).click();
    const summary = page.getByRole('alert').filter({ hasText: '2 fields need your attention' });
    await summary.waitFor();
    assert.equal(await focusedName(page), 'Name of the site');
    await summary.getByRole('button', { name: 'Enter the address of the site.' }).click();
    assert.equal(await focusedName(page), 'Address of the site');
    assert.deepEqual(await findings(page), []);
  });
});

test('the palette opens by Ctrl-K and /, finds, and gives the focus back', inBrowser, async () => {
  await inPage('page=frame', { width: 1440, height: 900 }, async (page) => {
    await page.keyboard.press('/');
    await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
    assert.deepEqual(await findings(page, { isCovered: true }), []);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('router 3rd 14');
    await page.getByRole('option', { name: 'Router, 3rd floor 14 ' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Router, 3rd floor 14' }).waitFor();
  });
});

test('the table is walked, opened and selected by keyboard, and draws few of its rows', inBrowser, async () => {
  await inPage('page=frame', { width: 1440, height: 900 }, async (page) => {
    const rows = page.locator('[role="row"][data-index]');
    assert.ok((await rows.count()) < 50);
    await page.keyboard.press('j');
    assert.equal(await currentRow(page), '0');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByText('2 selected', { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('10,000 rows').waitFor();
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-index') === '9999');
    assert.ok((await rows.count()) < 50);
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-index') === '0');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focusedName(page), 'Select Bank of Brasília');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.closest('[data-index="0"]') != null); // given back a frame later
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await currentRow(page), '0');
    await page.keyboard.press('c');
    await page.getByText('Password of Bank of Brasília copied').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Bank of Brasília' }).waitFor();
  });
});

test('columns are chosen and kept', inBrowser, async () => {
  await inPage('page=frame', { width: 1440, height: 900 }, async (page) => {
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Tags' }).press('Space');
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Tags' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('columnheader', { name: 'Owner' }).waitFor();
    assert.equal(await page.getByRole('columnheader', { name: 'Tags' }).count(), 0);
  });
});

test('a secret is shown, said, copied, and hidden again after 30 seconds', inBrowser, async () => {
  await inPage('', { width: 1440, height: 900, hasClock: true }, async (page) => {
    const field = page.getByRole('group', { name: 'Password', exact: true });
    const mask = await field.getByRole('img').textContent();
    assert.equal(mask, await page.getByRole('group', { name: 'Client secret' }).getByRole('img').textContent());
    await field.getByRole('button', { name: 'View: Password' }).focus();
    await page.keyboard.press('Enter');
    await field.getByText('Hides in 30 seconds').waitFor();
    assert.match((await field.textContent()) ?? '', /Jq7!vM2#xZ0Ol1I-9tRw/);
    await page.clock.runFor(200);
    assert.equal(await said(page), 'Password is shown for 30 seconds');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await field.getByRole('button', { name: 'Copied: Password' }).waitFor();
    await page.clock.runFor(200);
    assert.equal(await said(page), 'Password copied');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'Jq7!vM2#xZ0Ol1I-9tRw');
    await page.getByText('Other apps on this device can read').waitFor();
    await page.clock.runFor(31_000);
    await field.getByRole('button', { name: 'View: Password' }).waitFor();
    assert.doesNotMatch((await page.content()) ?? '', /9tRw/);
    await page.clock.runFor(200);
    assert.equal(await said(page), 'Password is hidden again');
  });
});

test('a secret that cannot be read says so and stays hidden', inBrowser, async () => {
  await inPage('', { width: 1440, height: 900 }, async (page) => {
    await page.getByRole('button', { name: 'View: Broken' }).click();
    await page.getByText('Broken could not be read. Try again.').waitFor();
    await page.getByRole('img', { name: 'Broken, hidden' }).waitFor();
  });
});

test('on a phone, the detail follows the list and leads back to it', inBrowser, async () => {
  await inPage('page=frame&state=open', { width: 390, height: 844 }, async (page) => {
    await page.getByRole('heading', { level: 1, name: 'Bank of Brasília' }).waitFor();
    assert.equal(await page.getByRole('grid').isVisible(), false);
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByRole('grid', { name: 'Passwords' }).waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

test('on a phone, what a finger presses is large enough', inBrowser, async () => {
  await inPage('page=frame', { width: 390, height: 844 }, async (page) => {
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, a[href]')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.unseen'))
        .map((element) => ({ box: element.getBoundingClientRect(), name: element.textContent || element.ariaLabel }))
        .filter(({ box }) => box.width > 2 && box.top >= 0 && (box.height < 43.5 || box.width < 43.5))
        .map(({ box, name }) => `${name}: ${box.width}×${box.height}`),
    );
    assert.deepEqual(small, []);
  });
});

test('the skip link leads past the frame', inBrowser, async () => {
  await inPage('page=frame', { width: 1440, height: 900 }, async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await focusedName(page), 'Skip to content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
  });
});

async function currentRow(page: Page): Promise<string | null> {
  return await page.evaluate(() => document.activeElement?.getAttribute('data-index') ?? null);
}

async function said(page: Page): Promise<string | null> {
  return await page.locator('body > .unseen[aria-live="polite"]').textContent();
}
