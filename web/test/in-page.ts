import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { type Preview, startPreview } from '../preview.ts';
import { noBrowser, openBrowser } from './browser.ts';

/** For every test that opens a page. */
export const inBrowser = { skip: noBrowser };

const folder = mkdtempSync(join(tmpdir(), 'arca-pages-'));
let browser: Browser;
let preview: Preview;

/** Builds the app or the gallery and serves it under the policy of the app, for the tests of one file. */
export function openBuild(config: 'vite.config.ts' | 'gallery/vite.config.ts'): void {
  before(async () => {
    if (noBrowser) return;
    const configFile = join(import.meta.dirname, '..', config);
    await build({ configFile, logLevel: 'error', build: { outDir: folder } });
    preview = await startPreview(folder);
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await preview?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
}

export type View = { width: number; height: number; locale?: string; hasClock?: boolean };

/** Looks at a page; afterwards nothing may have broken the policy or reported an error but the expected ones. */
export async function inPage(
  query: string,
  view: View,
  look: (page: Page, errors: string[]) => Promise<void>,
  expected = /^$/,
): Promise<void> {
  const { width, height, locale = 'en-US', hasClock = false } = view;
  const context = await browser.newContext({
    viewport: { width, height },
    locale,
    reducedMotion: 'reduce',
    bypassCSP: false,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    if (hasClock) await page.clock.install();
    await page.goto(`${preview.url}/${query === '' ? '' : `?${query}`}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    await look(page, errors);
    assert.deepEqual(
      errors.filter((error) => !expected.test(error)),
      [],
    );
  } finally {
    await context.close();
  }
}

/**
 * What axe finds, in a line each. While something is open over the page, the page itself is hidden from screen readers,
 * and the rules that look for its landmarks would not find them.
 */
export async function findings(page: Page, isCovered = false): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async (isCovered) => {
    type Found = { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] };
    const { axe: inside } = globalThis as unknown as {
      axe: { run: (context: { exclude: string[] }, options: object) => Promise<Found> };
    };
    // What React Aria announced stays for some seconds, named by elements that may be gone by then.
    const silent = { exclude: ['[data-live-announcer]'] };
    const ofPage = ['landmark-one-main', 'page-has-heading-one', 'region'];
    const { violations } = await inside.run(silent, {
      rules: Object.fromEntries(ofPage.map((rule) => [rule, { enabled: !isCovered }])),
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 300)} ${failureSummary?.slice(0, 300)}`),
    );
  }, isCovered);
}

export async function focusedName(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    const labels = (element?.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
    return (
      element?.getAttribute('aria-label') ?? label ?? (labels[0] ? labels[0].textContent : element?.textContent) ?? ''
    );
  });
}
