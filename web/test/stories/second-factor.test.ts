import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { anyPassword, type SignedIn } from '../../../server/test/start-safe.ts';
import { codeAt, enrol } from '../../../server/test/v1/sign-in-steps.ts';
import { focusedName } from '../in-page.ts';
import { inBrowser, inspect, openStories, widths } from './open-page.ts';

const stories = openStories();
const half = 30_000; // ms that a code lasts

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const codeField = (page: Page) => page.getByRole('textbox', { name: 'Code', exact: true });

/** Somebody whose code of the present half minute is used up: that of the next one counts already. */
async function enrolled(
  username: string,
  role: 'admin' | 'member' = 'member',
): Promise<{ person: SignedIn; recoveryCodes: string[]; next: () => string }> {
  const person = await stories.safe.signIn(username, role);
  // The code of the half minute before counts no longer once this one has ended.
  const left = half - (Date.now() % half);
  if (left < 3000) await sleep(left);
  const { seed, recoveryCodes } = await enrol(person, new Date(Date.now() - half));
  let used = Math.floor(Date.now() / half) - 1;
  return {
    person,
    recoveryCodes,
    next: () => {
      used = Math.max(used + 1, Math.floor(Date.now() / half));
      return codeAt(seed, new Date(used * half));
    },
  };
}

async function fillPassword(page: Page, username: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(anyPassword);
  await page.keyboard.press('Enter');
}

test('a code is asked for only after the right password, and sent once it is whole', inBrowser, async () => {
  const { next } = await enrolled('ana');
  await stories.visit({ path: '/profile' }, async (page) => {
    await fillPassword(page, 'ana');
    await heading(page, 'Enter your code').waitFor();
    await codeField(page).waitFor(); // its code comes after the page's
    assert.equal(await focusedName(page), 'Code');
    assert.equal(await codeField(page).getAttribute('autocomplete'), 'one-time-code');
    assert.equal(await codeField(page).getAttribute('inputmode'), 'numeric');
    await page.getByText('Signing in as ana').waitFor();
    await inspect(page, 'session', 'code');
    await page.keyboard.type('000000');
    await page.getByText('The code is wrong or was used before').waitFor();
    assert.equal(await focusedName(page), 'Code');
    await inspect(page, 'session', 'code-wrong');
    await page.keyboard.type(next());
    await heading(page, 'My profile').waitFor();
  });
});

test('a recovery code opens in place of a code, once', inBrowser, async () => {
  const { recoveryCodes } = await enrolled('bea');
  const [first = ''] = recoveryCodes;
  await stories.visit({ path: '/profile', width: widths.phone }, async (page) => {
    await fillPassword(page, 'bea');
    await button(page, 'Use a recovery code').click();
    assert.equal(await focusedName(page), 'Recovery code');
    await inspect(page, 'session', 'recovery');
    await page.keyboard.type(first.toUpperCase().replaceAll('-', ' '));
    await page.keyboard.press('Enter');
    await page.getByText('9 recovery codes left.').waitFor();
  });
  await stories.visit({}, async (page) => {
    await fillPassword(page, 'bea');
    await button(page, 'Use a recovery code').click();
    await page.keyboard.type(first);
    await page.keyboard.press('Enter');
    await page.getByText('The code is wrong or was used before').waitFor();
    assert.equal(await focusedName(page), 'Recovery code');
    await button(page, 'Back').click();
    await heading(page, 'Sign in').waitFor();
  });
});

test('a proof asks for the code too', inBrowser, async () => {
  const { next } = await enrolled('caio');
  await stories.visit({ path: '/profile' }, async (page) => {
    await fillPassword(page, 'caio');
    await codeField(page).fill(next());
    await heading(page, 'My profile').waitFor();
    try {
      stories.safe.setClock(new Date(Date.now() + 11 * 60_000));
      await button(page, 'New recovery codes').click();
      await button(page, 'Make new codes').click();
      const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
      await proof.getByLabel('Password', { exact: true }).fill(anyPassword);
      await codeField(page).waitFor();
      await inspect(page, 'session', 'proof-code', { isCovered: true });
      stories.safe.setClock(null);
      await codeField(page).fill(next());
      await heading(page, 'Keep your recovery codes').waitFor();
    } finally {
      stories.safe.setClock(null);
    }
  });
});

test('setting one up: scan or type, a first code, and codes that are kept', inBrowser, async () => {
  await stories.visit({ as: 'dora', path: '/profile' }, async (page) => {
    await button(page, 'Set up').click();
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    await inspect(page, 'profile', 'second-factor-set-up', { isCovered: true });
    const seed = (await page.getByRole('dialog').locator('code').innerText()).replaceAll(' ', '');
    assert.match(seed, /^[A-Z2-7]{32}$/);
    await codeField(page).fill('12345');
    await button(page, 'Confirm').click();
    await page.getByText('Type the 6 digits of the code.').waitFor();
    await codeField(page).fill(codeAt(seed, new Date()));
    await heading(page, 'Keep your recovery codes').waitFor();
    const codes = await page.getByRole('list', { name: 'Recovery codes' }).locator('code').allInnerTexts();
    assert.equal(codes.length, 10);
    await inspect(page, 'profile', 'recovery-codes', { isCovered: true });
    await page.keyboard.press('Escape');
    await heading(page, 'Keep your recovery codes').waitFor();
    assert.equal(await button(page, 'Done').isDisabled(), true);
    await button(page, 'Copy all').click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), codes.join('\n'));
    const [saved] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()]);
    assert.equal(saved.suggestedFilename(), 'arca-recovery-codes-dora.txt');
    const file = readFileSync(await saved.path(), 'utf8');
    assert.ok(codes.every((code) => file.includes(`${code}\n`)));
    assert.match(file, /^Arca recovery codes of dora for 127\.0\.0\.1/);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByText('Arca recovery codes of dora').isVisible(), true);
    assert.equal(await button(page, 'Done').isVisible(), false);
    await page.emulateMedia({ media: 'screen' });
    await page.locator('label', { hasText: 'I have kept them in a safe place' }).click();
    await button(page, 'Done').click();
    await page.getByText('10 recovery codes left.').waitFor();
    await inspect(page, 'profile', 'enrolled');
  });
});

test('removing it takes a last code', inBrowser, async () => {
  const { next, recoveryCodes } = await enrolled('eva');
  await stories.visit({ path: '/profile' }, async (page) => {
    await fillPassword(page, 'eva');
    await codeField(page).fill(next());
    await button(page, 'Remove').click();
    const dialog = page.getByRole('dialog', { name: 'Remove the second factor?' });
    await inspect(page, 'profile', 'second-factor-remove', { isCovered: true });
    await dialog.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.keyboard.type(recoveryCodes[3] ?? '');
    await page.keyboard.press('Enter');
    await page.getByText('Second factor removed').waitFor();
    await button(page, 'Set up').waitFor();
  });
});

test('where the policy asks for one, nothing else is open until there is one', inBrowser, async () => {
  const { person: root } = await enrolled('root', 'admin');
  const before = await root.call('PATCH', '/api/v1/policy', { secondFactor: 'admins' });
  assert.equal(before.status, 200);
  await stories.visit({ as: 'ines', role: 'admin', path: '/profile' }, async (page) => {
    await heading(page, 'Set up a second factor').waitFor();
    assert.equal(await page.getByRole('navigation').count(), 0);
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    await inspect(page, 'session', 'must-enrol');
    const seed = (await page.locator('code').innerText()).replaceAll(' ', '');
    await codeField(page).fill(codeAt(seed, new Date()));
    await heading(page, 'Keep your recovery codes').waitFor();
    await inspect(page, 'session', 'must-enrol-codes');
    await page.locator('label', { hasText: 'I have kept them in a safe place' }).click();
    await button(page, 'Done').click();
    await heading(page, 'My profile').waitFor();
    await page.getByText('The policy of this safe asks you for it.').waitFor();
    assert.equal(await button(page, 'Remove').count(), 0);
  });
});
