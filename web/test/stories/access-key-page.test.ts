import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { anyPassword, type SignedIn } from '../../../server/test/start-safe.ts';
import { inBrowser, inspect, openStories, widths } from './open-page.ts';

const stories = openStories();
type Key = { id: number; clientId: string; clientSecret: string };

async function addKey(who: SignedIn, draft: object): Promise<Key> {
  const { status, json, text } = await who.call('POST', '/api/v1/access-keys', draft);
  assert.equal(status, 201, text);
  return json as Key;
}

const act = async (page: Page, name: string) => {
  await page.locator('#main').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name }).click();
};
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const mysafe = (token: string, number: number) =>
  stories.safe.call('GET', `/api/mysafe/password/${number}`, undefined, { authorization: `Bearer ${token}` });

test('a key is looked at, used, changed, cloned and revoked', inBrowser, async () => {
  const ana = await stories.safe.signIn('ana');
  const item = { name: 'Production database', username: 'postgres', password: 'x7-Qq' };
  const { number } = (await ana.call('POST', '/api/v1/items/password', item)).json as { number: number };
  const key = await addKey(ana, { name: 'Nightly backup', encryption: 'jwe', tags: ['operations'] });
  await stories.visit({ as: 'ana', path: `/access-keys/${key.id}` }, async (page) => {
    await page.getByRole('heading', { name: 'Nightly backup' }).waitFor();
    await page.getByText('none yet').waitFor();
    await inspect(page, 'access-keys', 'key');

    // The secret asks for a proof that has grown old, shows itself, and hides.
    stories.safe.setClock(new Date(Date.now() + 11 * 60_000));
    try {
      await page.getByRole('button', { name: 'View: Secret' }).click();
      await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor();
      await page.keyboard.type(anyPassword);
      await page.keyboard.press('Enter');
      await page.getByText(/^Hides in \d+ seconds$/).waitFor();
    } finally {
      stories.safe.setClock(null);
    }
    await page.getByRole('button', { name: 'Copy: Secret' }).click();
    await page.getByText('Secret copied').first().waitFor();
    assert.equal(await clipboard(page), key.clientSecret);
    await page.getByRole('button', { name: 'Hide: Secret' }).click();

    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download .key' }).click();
    const file = await downloading;
    assert.equal(file.suggestedFilename(), `${key.clientId}.key`);
    const pieces: Buffer[] = [];
    for await (const piece of await file.createReadStream()) pieces.push(piece as Buffer);
    const privateKey = createPrivateKey(Buffer.concat(pieces));
    assert.equal(privateKey.asymmetricKeyType, 'rsa');

    const token = await stories.safe.token(key.clientId, key.clientSecret);
    const read = await mysafe(token, number);
    assert.equal(read.status, 200, read.text);
    assert.ok(!read.text.includes('x7-Qq'), 'the value is encrypted');

    await page.getByRole('link', { name: 'Change: Allowed addresses' }).click();
    await page.getByRole('heading', { name: 'Change Nightly backup' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'addresses');
    const taller = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    assert.ok(taller <= 0, `the window scrolls by ${taller} px beside its page`);
    await inspect(page, 'access-keys', 'change');
    await page.keyboard.type('10.0.0.0/8');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByText('Nightly backup changed').waitFor();
    await page.locator('#main').getByText('10.0.0.0/8').first().waitFor();
    assert.equal((await mysafe(token, number)).status, 403);

    await act(page, 'Clone');
    await page.getByRole('heading', { name: 'Nightly backup (Copy)' }).waitFor();
    await page.getByRole('button', { name: 'Give it an end' }).click();
    await page.waitForURL(/\/change\?at=period$/);
    assert.notEqual(/\/(\d+)\//.exec(page.url())?.[1], String(key.id));

    await page.goto(`${stories.safe.url}/access-keys/${key.id}`);
    await act(page, 'Revoke');
    const question = page.getByRole('alertdialog', { name: 'Revoke Nightly backup?' });
    await question.getByText('A revoked key never works again.').waitFor();
    await inspect(page, 'access-keys', 'revoke', { isCovered: true });
    await question.getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('This key is revoked for good.').waitFor();
    await inspect(page, 'access-keys', 'revoked');
    assert.equal((await mysafe(token, number)).status, 401);
    const grant = { grant_type: 'client_credentials', client_id: key.clientId, client_secret: key.clientSecret };
    assert.equal((await stories.safe.call('POST', '/api/oauth2/token', grant)).status, 401);
  });
});

test('the list is searched, filtered and walked by keys; the report says what to do', inBrowser, async () => {
  const bea = await stories.safe.signIn('bea');
  await addKey(bea, { name: 'Web shop', readOnly: true, addresses: ['10.0.0.0/8'] });
  const old = await addKey(bea, { name: 'Old script' });
  const trial = await addKey(bea, { name: 'Trial', expiresAt: new Date(Date.now() + 60_000).toISOString() });
  assert.ok((await bea.call('POST', `/api/v1/access-keys/${old.id}/revoke`)).status < 300);
  stories.safe.setClock(new Date(Date.now() + 120_000));
  try {
    const grant = { grant_type: 'client_credentials', client_id: trial.clientId, client_secret: trial.clientSecret };
    assert.equal((await stories.safe.call('POST', '/api/oauth2/token', grant)).status, 401);
    await stories.visit({ as: 'bea', path: '/access-keys' }, async (page) => {
      await page.getByRole('row', { name: /Web shop/ }).waitFor();
      await inspect(page, 'access-keys', 'list');
      await page.getByRole('searchbox', { name: 'Search access keys' }).fill('shop');
      await page.getByRole('row', { name: /Old script/ }).waitFor({ state: 'detached' });
      await page.getByRole('searchbox').fill('');
      for (const [state, name] of [
        ['revoked', /Old script/],
        ['expired', /Trial/],
        ['live', /Web shop/],
      ] as const) {
        await page.getByRole('button', { name: 'Filter', exact: true }).click();
        await page.getByRole('menuitem', { name: new RegExp(state) }).click();
        await page.waitForURL(new RegExp(`state=${state}`));
        await page.getByRole('row', { name }).waitFor();
        await page.waitForFunction(() => document.querySelectorAll('[role=row]').length === 2);
      }
      await page.reload();
      await page.getByRole('row', { name: /Web shop/ }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Web shop' }).waitFor();

      await page.goto(`${stories.safe.url}/access-keys/report`);
      await page
        .getByRole('row', { name: /Web shop/ })
        .getByText('Never used')
        .waitFor();
      await inspect(page, 'access-keys', 'report');
      await page.getByRole('link', { name: 'Change Web shop' }).click();
      await page.waitForURL(/change\?at=period$/);
    });
  } finally {
    stories.safe.setClock(null);
  }
});

test('the simulator answers yes, or each reason why not and the way to change it', inBrowser, async () => {
  const caio = await stories.safe.signIn('caio');
  const item = { name: 'Router', username: 'root', password: 'x-9' };
  const { number } = (await caio.call('POST', '/api/v1/items/password', item)).json as { number: number };
  const { id } = await addKey(caio, { name: 'Probe', readOnly: true, addresses: ['10.0.0.0/8'] });
  await stories.visit({ as: 'caio', path: `/access-keys/${id}`, width: widths.phone }, async (page) => {
    await page.getByRole('combobox', { name: 'Item' }).fill('rout');
    await page.getByRole('option', { name: 'Router' }).click();
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.locator('strong', { hasText: 'No, for this reason' }).waitFor();
    await page.getByText('The key may not be used from this address.').waitFor();
    await inspect(page, 'access-keys', 'simulator');
    await page.getByLabel('From the address').fill('10.1.2.3');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.locator('strong', { hasText: 'Yes, it would work' }).waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    assert.ok(number > 0);
  });
});
