// A file is brought, seen, downloaded and replaced, by hand and by keyboard.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { upload } from '../../../server/test/files/upload.ts';
import { inBrowser, inspect, openStories } from './open-page.ts';
import { toast } from './save-items.ts';

const stories = openStories();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const parts = '**/api/v1/uploads/*/parts/*';
const large = { name: 'large.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(4_000_000, 7) };

test('a file is chosen, uploaded, previewed, downloaded and replaced', inBrowser, async () => {
  await stories.visit({ as: 'fay', path: '/files' }, async (page) => {
    await page.getByRole('link', { name: 'New file' }).first().click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Choose a file first.').or(page.getByText('Give it a name')).first().waitFor();
    const text = 'First line\nSecond line\n';
    const chosen = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from(text) };
    await page.locator('input[type=file]').setInputFiles(chosen);
    await page.getByText('plan.txt, 23 bytes').waitFor();
    await inspect(page, 'files', 'new');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await toast(page, 'File saved').waitFor();
    await page.getByRole('heading', { level: 1, name: 'plan.txt' }).waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('region', { name: 'Preview of plan.txt' }).getByText('Second line').waitFor();
    await inspect(page, 'files', 'preview');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'plan.txt');
    assert.equal(readFileSync(await download.path(), 'utf8'), text);
    const next = { name: 'next.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(3_000_000, 7) };
    await page.locator('input[type=file]').setInputFiles(next);
    await toast(page, 'New version saved').waitFor();
    await page.getByText('next.bin').first().waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('button', { name: /View.*version 1/i }).click();
    const [former] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('dialog').getByRole('button', { name: 'Download' }).click(),
    ]);
    assert.equal(readFileSync(await former.path(), 'utf8'), text);
  });
});

test('a file is dropped onto the form as from the desktop', inBrowser, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'arca-drop-'));
  const path = join(folder, 'dropped.txt');
  writeFileSync(path, 'dropped here\n');
  try {
    await stories.visit({ as: 'gil', path: '/files/new' }, async (page) => {
      const zone = page.getByText('drop it here', { exact: false }).first();
      const { x = 0, y = 0, width = 0, height = 0 } = (await zone.boundingBox()) ?? {};
      const mouse = await page.context().newCDPSession(page);
      const data = { items: [], files: [path], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await mouse.send('Input.dispatchDragEvent', { type, x: x + width / 2, y: y + height / 2, data });
      }
      await page.getByText('dropped.txt, 13 bytes').waitFor();
      await button(page, 'Save').click();
      await page.getByRole('heading', { level: 1, name: 'dropped.txt' }).waitFor();
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test(
  'an upload under way is cancelled, and its room is free; the same form can save afterwards',
  inBrowser,
  async () => {
    const hugo = await stories.safe.signIn('hugo');
    const open = async () =>
      ((await hugo.call('GET', '/api/v1/uploads')).json as { uploads: { id: string }[] }).uploads.length;
    await stories.visit({ as: 'hugo', path: '/files/new', expected: /net::ERR/ }, async (page) => {
      const held = Promise.withResolvers<void>();
      await page.route(parts, async (route) => {
        await held.promise;
        await route.abort().catch(() => undefined); // it was cancelled by then
      });
      await page.locator('input[type=file]').setInputFiles(large);
      await button(page, 'Save').click();
      await page.getByRole('progressbar', { name: 'Uploading large.bin' }).waitFor();
      await inspect(page, 'files', 'uploading');
      assert.equal(await open(), 1);
      await page.locator('#main').getByRole('button', { name: 'Cancel upload' }).click();
      await page.getByRole('progressbar', { name: 'Uploading large.bin' }).waitFor({ state: 'detached' });
      held.resolve();
      await page.unroute(parts);
      for (let tries = 0; tries < 100 && (await open()) > 0; tries += 1) await page.waitForTimeout(50);
      assert.equal(await open(), 0);
      await button(page, 'Save').click();
      await page.getByRole('heading', { level: 1, name: 'large.bin' }).waitFor();
    });
  },
);

test('an upload that broke off is gone on with where it stopped', inBrowser, async () => {
  await stories.visit({ as: 'iris', path: '/files/new', expected: /net::ERR/ }, async (page) => {
    const sent: number[] = [];
    page.on('request', (request) => {
      const [, at] = /\/parts\/(\d+)$/.exec(request.url()) ?? [];
      if (at !== undefined) sent.push(Number(at));
    });
    await page.route(parts, (route) =>
      route.request().url().endsWith('/parts/0') ? route.continue() : route.abort('connectionreset'),
    );
    await page.locator('input[type=file]').setInputFiles(large);
    await button(page, 'Save').click();
    await button(page, 'Resume').waitFor({ timeout: 30_000 });
    await inspect(page, 'files', 'broken-off');
    await page.unroute(parts);
    sent.length = 0;
    await button(page, 'Resume').click();
    await page.getByRole('heading', { level: 1, name: 'large.bin' }).waitFor();
    assert.ok(sent.length > 0 && sent.every((at) => at > 0), sent.join());
  });
});

test('a picture is shown as the dots that it has, drawn anew', inBrowser, async () => {
  const joana = await stories.safe.signIn('joana');
  // One red dot.
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
    'base64',
  );
  const id = await upload(joana, png, png.length, 'dot.png', 'image/png');
  const { json } = await joana.call('POST', '/api/v1/items/file', { name: 'A dot', upload: id });
  const { number } = json as { number: number };
  await stories.visit({ as: 'joana', path: `/files/${number}` }, async (page) => {
    await button(page, 'Preview').click();
    const picture = page.getByRole('img', { name: 'Preview of dot.png' });
    await picture.waitFor();
    const dot = await picture.evaluate((canvas) => {
      const drawn = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 1, 1).data ?? [];
      return [canvas.tagName, ...drawn];
    });
    assert.deepEqual(dot, ['CANVAS', 255, 0, 0, 255]);
    await inspect(page, 'files', 'picture');
    await button(page, 'Hide preview').click();
    await picture.waitFor({ state: 'detached' });
    const { entries } = (await joana.call('GET', `/api/v1/audit?item=file:${number}&event=item.revealed`)).json as {
      entries: unknown[];
    };
    assert.equal(entries.length, 1);
  });
});
