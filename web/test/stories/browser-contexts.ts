import type { Browser, BrowserContext } from 'playwright-core';

type Contexts = {
  /** One where nobody has been, or whose visitor left nothing but the app's files. */
  take: (locale: string) => Promise<BrowserContext>;
  /** Its pages are closed and what they kept is cleared. */
  giveBack: (context: BrowserContext, origin: string) => Promise<void>;
};

/**
 * What a browser keeps of a visit is cleared after it, but for the app's own files: to fetch and to read these again took
 * a good part of every story's time. Several visits may be open at once.
 */
export function openContexts(browser: Browser): Contexts {
  const resting = new Map<string, BrowserContext[]>();
  const localeOf = new WeakMap<BrowserContext, string>();
  return {
    async take(locale) {
      const kept = resting.get(locale)?.pop();
      if (kept !== undefined) return kept;
      const permissions = ['clipboard-read', 'clipboard-write'];
      const context = await browser.newContext({ locale, reducedMotion: 'reduce', permissions });
      localeOf.set(context, locale);
      return context;
    },
    async giveBack(context, origin) {
      for (const page of context.pages()) await page.close();
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      const storageTypes = 'cookies,local_storage,indexeddb,cache_storage,service_workers';
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
      await context.clearCookies();
      await page.close();
      const locale = localeOf.get(context) ?? '';
      resting.set(locale, [...(resting.get(locale) ?? []), context]);
    },
  };
}
