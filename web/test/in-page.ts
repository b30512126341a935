import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { galleryFolder, type Preview, startPreview } from '../preview.ts';
import { noBrowser, openBrowser } from './browser.ts';

/** For every test that opens a page. */
export const inBrowser = { skip: noBrowser };

let browser: Browser;
let preview: Preview;

/** Serves the gallery, as `npm test` built it once for all files, under the policy of the app; for the tests of one file. */
export function openGallery(): void {
  before(async () => {
    if (noBrowser) return;
    if (!existsSync(join(galleryFolder, 'index.html'))) throw new Error('Nothing is built: npm run gallery -w web');
    preview = await startPreview(galleryFolder);
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await preview?.stop();
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

type Look = { isCovered?: boolean; rules?: 'all' | 'colors' };

/**
 * What axe finds, in a line each. While something is open over the page (`isCovered`), the page itself is hidden from
 * screen readers, and the rules that look for its landmarks would not find them. `colors`: of a page that was looked at
 * in another theme only what the theme changes.
 */
export async function findings(page: Page, { isCovered = false, rules = 'all' }: Look = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return await page.evaluate(
    async ({ isCovered, rules }) => {
      type Found = { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] };
      const { axe: inside } = globalThis as unknown as {
        axe: { run: (context: { exclude: string[] }, options: object) => Promise<Found> };
      };
      // What React Aria announced stays for some seconds, named by elements that may be gone by then.
      const silent = { exclude: ['[data-live-announcer]'] };
      const ofPage = ['landmark-one-main', 'page-has-heading-one', 'region'];
      const all = {
        rules: Object.fromEntries(ofPage.map((rule) => [rule, { enabled: !isCovered }])),
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      };
      const colors = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
      // Only what is found is of interest: the rest need not be described.
      const { violations } = await inside.run(silent, {
        ...(rules === 'all' ? all : colors),
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 300)} ${failureSummary?.slice(0, 300)}`),
      );
    },
    { isCovered, rules },
  );
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

/** Presses Tab until the named control has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await focusedName(page)).trim() === name) return;
  }
  assert.fail(`Tab does not reach ${name}`);
}
