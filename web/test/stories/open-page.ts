// A real safe with the app as it is shipped, and a person in front of it with a real browser.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { anyPassword, startSafe, type TestSafe } from '../../../server/test/start-safe.ts';
import { noBrowser, openBrowser } from '../browser.ts';
import { findings } from '../in-page.ts';
import { openContexts } from './browser-contexts.ts';

/** For every test that opens a page: `test('…', inBrowser, async () => { … })`. */
export const inBrowser = { skip: noBrowser };

export const widths = { desk: 1440, tablet: 768, phone: 390 } as const;
const { ARCA_TEST_PICTURES } = process.env;
const pages = join(import.meta.dirname, '../../dist');
const themes = ['light', 'dark'] as const;

type Visit = {
  /** Who is signed in (added unless there) as the page opens: no story waits for a form it is not about. Without it nobody is. */
  as?: string;
  role?: 'admin' | 'member';
  /** Where the visit begins, such as `/profile`. */
  path?: string;
  width?: number;
  locale?: string;
  /** The page's clock stands under `page.clock`. */
  hasClock?: boolean;
  /** Errors in the console that belong to the story. Refusals by the safe (4xx) always may. */
  expected?: RegExp;
};

export type Stories = {
  /** The safe of this test file. */
  readonly safe: TestSafe;
  /** Opens a page; afterwards nothing may have broken the policy or reported an error. */
  visit: (visit: Visit, act: (page: Page) => Promise<void>) => Promise<void>;
};

/** Starts a safe that serves the app as it was built, and a browser; for the tests of one file, and stopped after them. */
export function openStories(environment: Record<string, string> = {}): Stories {
  let safe: TestSafe;
  let browser: Browser;
  let contexts: ReturnType<typeof openContexts>;
  before(async () => {
    if (noBrowser) return;
    if (!existsSync(join(pages, 'index.html'))) throw new Error('Nothing is built: npm run build');
    safe = await startSafe('sqlite', { ARCA_PAGES_DIR: pages, ...environment });
    browser = await openBrowser();
    contexts = openContexts(browser);
  });
  after(async () => {
    await browser?.close();
    await safe?.close();
  });
  return {
    get safe() {
      return safe;
    },
    async visit(visit, act) {
      const { width = widths.desk, locale = 'en-US', path = '/', hasClock = false, expected = /^$/ } = visit;
      const context = await contexts.take(locale);
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const errors = listen(page);
      try {
        await page.setViewportSize({ width, height: heightOf(width) });
        if (hasClock) await page.clock.install();
        if (visit.as !== undefined) {
          await addUser(safe, visit.as, visit.role);
          await startSession(page, safe.url, visit.as);
        }
        await page.goto(`${safe.url}${path}`);
        if (visit.as !== undefined) await page.locator('main').filter({ visible: true }).waitFor();
        await act(page);
        assert.deepEqual(
          errors.filter((error) => !expected.test(error)),
          [],
        );
      } finally {
        // A clock that was taken in hand stays so for all pages of its context.
        await (hasClock ? context.close() : contexts.giveBack(context, safe.url));
      }
    },
  };
}

/** Unless he is there. Everybody's password is `anyPassword`. */
export async function addUser(safe: TestSafe, username: string, role: 'admin' | 'member' = 'member'): Promise<void> {
  const users = await safe.operator.run('user.list', undefined as never);
  if (users.some((user) => user.username === username)) return;
  await safe.operator.run('user.add', { username, password: anyPassword, role });
}

/** The session that the form would start, for the browser of this page. */
async function startSession(page: Page, url: string, username: string): Promise<void> {
  const agent = await page.evaluate(() => navigator.userAgent); // what the list of sessions names the browser by
  const headers = { 'user-agent': agent };
  const data = { username, password: anyPassword };
  const answer = await page.request.post(`${url}/api/v1/session`, { data, headers });
  assert.equal(answer.status(), 201, await answer.text());
}

/** By the form that stands on the page, in any language; done when the app is open. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.locator('input[autocomplete="username"]').fill(username);
  await page.locator('input[autocomplete="current-password"]').fill(anyPassword);
  await page.keyboard.press('Enter');
  await page.locator('input[autocomplete="current-password"]').waitFor({ state: 'detached' });
  await page.locator('main').filter({ visible: true }).waitFor();
}

/**
 * Axe finds nothing in light and dark. With ARCA_TEST_PICTURES set it also leaves pictures of all widths and themes as
 * .cache/pictures/<room>/<name>-<width>-<theme>.png. `isCovered`: a dialog is open over the page.
 */
export async function inspect(page: Page, room: string, name: string, { isCovered = false } = {}): Promise<void> {
  const before = page.viewportSize() ?? { width: widths.desk, height: heightOf(widths.desk) };
  const chosen = await page.evaluate(() => document.documentElement.dataset.theme);
  for (const theme of themes) {
    await setTheme(page, theme);
    const rules = theme === themes[0] ? 'all' : 'colors'; // the page is the same but for these
    assert.deepEqual(await lastingFindings(page, isCovered, rules), [], `${room}/${name} in ${theme}`);
    if (!ARCA_TEST_PICTURES) continue;
    await takePictures(page, room, `${name}`, theme);
    await page.setViewportSize(before);
  }
  await setTheme(page, chosen);
}

async function setTheme(page: Page, theme: string | undefined): Promise<void> {
  await page.evaluate((theme) => {
    if (theme === undefined) delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, theme);
}

async function takePictures(page: Page, room: string, name: string, theme: string): Promise<void> {
  const folder = join(import.meta.dirname, '../../../.cache/pictures', room);
  mkdirSync(folder, { recursive: true });
  for (const width of Object.values(widths)) {
    await page.setViewportSize({ width, height: heightOf(width) });
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`) });
  }
}

/** Colours move over and dialogs come in: what axe finds counts once it lasts. */
async function lastingFindings(page: Page, isCovered: boolean, rules: 'all' | 'colors'): Promise<string[]> {
  for (let tries = 10; ; tries -= 1) {
    await settled(page);
    const found = await findings(page, { isCovered, rules });
    if (found.length === 0 || tries === 0) return found;
    await page.waitForTimeout(150); // not by the page's clock, which may stand still
  }
}

/** Until nothing moves that is to end soon. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(50);
  await page.evaluate(async () => {
    const moving = document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 2_000);
    await Promise.allSettled(moving.map(({ finished }) => finished));
  });
}

function heightOf(width: number): number {
  return width < 700 ? 844 : 900;
}

/** What the console says: errors, warnings, and every break of the policy. */
function listen(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const isRefusal = /status of 4\d\d/.test(message.text()) && message.location().url.includes('/api/v1/');
    if (!isRefusal) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  return errors;
}
