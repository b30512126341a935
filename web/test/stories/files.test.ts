// A file is brought, seen, downloaded and replaced, by hand and by keyboard.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inBrowser, inspect, openStories } from './open-page.ts';
import { toast } from './save-items.ts';

const stories = openStories();

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
  });
});
