import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { inBrowser, inspect, openStories } from './open-page.ts';

const stories = openStories();
const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();
const step = (page: Page, name: string) => page.getByRole('heading', { level: 2, name }).waitFor();

test('what was begun is found again, and can be begun anew', inBrowser, async () => {
  await stories.visit({ as: 'lea', path: '/access-keys/new' }, async (page) => {
    await page.getByLabel('Name').fill('Half done');
    await next(page);
    await page.getByLabel('Allowed addresses').fill('10.0.0.0/8');
    await page.getByRole('link', { name: 'Access keys' }).first().click();
    await page.getByRole('heading', { name: 'No access keys yet' }).waitFor();
    await page.getByRole('link', { name: 'Add access key' }).click();
    await page.getByText('This is what you began earlier.').waitFor();
    assert.equal(await page.getByLabel('Name').inputValue(), 'Half done');
    await next(page);
    assert.equal(await page.getByLabel('Allowed addresses').inputValue(), '10.0.0.0/8');
    await page.getByRole('button', { name: 'Start over' }).click();
    await step(page, 'Application');
    assert.equal(await page.getByLabel('Name').inputValue(), '');
    await page.getByText('This is what you began earlier.').waitFor({ state: 'detached' });
  });
});

test(
  'a certificate is read from its file in the browser, and an encrypted key has its private key',
  inBrowser,
  async () => {
    await stories.visit({ as: 'max', path: '/access-keys/new' }, async (page) => {
      await page.getByLabel('Name').fill('Terminal');
      await next(page);
      const choose = async (content: string) => {
        const chooser = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Read it from a certificate file' }).click();
        await (await chooser).setFiles({
          name: 'client.pem',
          mimeType: 'application/x-pem-file',
          buffer: Buffer.from(content),
        });
      };
      const der = Buffer.concat([Buffer.from([0x30, 0x06, 0x30, 0x04]), Buffer.alloc(4, 1)]);
      await choose(`-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`);
      await page.getByText('That is a private key. Keep it to yourself').waitFor();
      await choose(`-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`);
      await page.getByText('That is a private key').waitFor({ state: 'detached' });
      assert.match(await page.getByLabel('Client certificate').inputValue(), /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
      await page.getByLabel('Client certificate').fill('');
      await page.getByText('With JWE').click();
      await next(page);
      await page.getByText('Everything that I can see').click();
      await page.getByText('Read and change').click();
      await next(page);
      await next(page);
      await page.getByText('This key opens all that you can open, from anywhere').waitFor();
      await inspect(page, 'access-keys', 'wizard-5-wide');
      await page.getByRole('button', { name: 'Add access key' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download .key' }).click();
      const file = await download;
      assert.match(file.suggestedFilename(), /^[0-9a-f]+\.key$/);
      const pieces: Buffer[] = [];
      for await (const piece of await file.createReadStream()) pieces.push(piece as Buffer);
      assert.match(
        Buffer.concat(pieces).toString(),
        /^-----BEGIN PRIVATE KEY-----\n[\s\S]+-----END PRIVATE KEY-----\n$/,
      );
      await page.getByText('Private key of Terminal downloaded').waitFor();
    });
  },
);

test('whom the policy lets add no keys sees why, and who may', inBrowser, async () => {
  const root = await stories.safe.signIn('root', 'admin');
  const made = await root.call('POST', '/api/v1/user-groups', { name: 'Operations', members: [] });
  assert.equal(made.status, 201, made.text);
  const change = (keyMakers: object) => root.call('PATCH', '/api/v1/policy', { keyMakers });
  assert.equal((await change({ everyone: false, users: [], groups: ['Operations'] })).status, 200);
  try {
    await stories.visit({ as: 'nora', path: '/access-keys' }, async (page) => {
      await page.getByText('You cannot add access keys').waitFor();
      await page.getByText('such as the members of Operations').waitFor();
      assert.equal(await page.getByRole('link', { name: 'Add access key' }).count(), 0);
      await inspect(page, 'access-keys', 'may-not');
      await page.goto(`${stories.safe.url}/access-keys/new`);
      await page.getByRole('heading', { name: 'You cannot add access keys' }).waitFor();
      await inspect(page, 'access-keys', 'may-not-add');
    });
  } finally {
    await change({ everyone: true, users: [], groups: [] });
  }
});
