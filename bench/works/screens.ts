import { openBrowser } from '../../web/test/browser.ts';
import type { Bench } from '../bench.ts';
import { password } from '../filled-safe.ts';
import { figureOf } from '../measure.ts';
import type { Row } from '../row.ts';

type Browser = Awaited<ReturnType<typeof openBrowser>>;
type Page = Awaited<ReturnType<Browser['newPage']>>;

const items = 10_000;
/** Some 180 rows a second go by. */
const pixelsPerSecond = 8000;
const secondsOfScrolling = 4;

/**
 * The screens in a real browser that has nothing of them yet: what the home fetches until it is there, when it is, and how
 * long a frame stood at the most while somebody scrolls through the list.
 */
export async function measureScreens(bench: Bench): Promise<Row[]> {
  const { engine, options } = bench;
  const filled = await bench.filled(items, 'reads only');
  const safe = await bench.serve(filled, 'screens');
  const browser = await openBrowser();
  const visits: Visit[] = [];
  try {
    for (let round = 0; round < options.pairs; round += 1) visits.push(await visit(browser, safe.url));
  } finally {
    await browser.close();
  }
  await safe.stop();
  const common = { engine, against: 'absolute', sides: {} } as const;
  const of = (figure: keyof Visit) => figureOf(visits.map((one) => one[figure]));
  return [
    { ...common, ...of('scriptBytes'), what: 'screens, script of a first load', unit: 'kB', reach: { atMost: 200 } },
    { ...common, ...of('seconds'), what: 'screens, first load to usable', unit: 's', reach: { atMost: 1 } },
    {
      ...common,
      ...of('longestFrame'),
      what: `screens, longest frame of a scroll over ${items.toLocaleString('en')} rows`,
      unit: 'ms',
      reach: { atMost: 50 },
    },
  ];
}

type Visit = { scriptBytes: number; seconds: number; longestFrame: number };

/** Somebody who is signed in opens the home with a browser that was never here, and then the list, which he scrolls. */
async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const signedIn = await page.request.post(`${url}/api/v1/session`, { data: { username: 'owner', password } });
  if (signedIn.status() !== 201) throw new Error(`the sign-in was answered ${signedIn.status()}`);
  const fetched = await watchScripts(page);
  // Told by the page itself: whoever asks it from outside waits until it has nothing else to do.
  await page.addInitScript(tellWhenThere, firstItem);
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator(firstItem).first().waitFor();
  const seconds = (await page.evaluate(() => (globalThis as unknown as Told).usable)) / 1000;
  const scriptBytes = fetched(seconds * 1000);
  await page.goto(`${url}/passwords`);
  await page.locator('[role="row"][data-index="0"]').waitFor();
  const longestFrame = await scroll(page);
  await context.close();
  return { scriptBytes: scriptBytes / 1000, seconds, longestFrame };
}

const firstItem = 'main a[href^="/passwords/"]';
type Frames = { longest: number; count: number };
/** What our own functions that run in the page leave there. */
type Told = { usable: number; frames: Frames };
/** What they take of a browser, whose names are none of this program's. */
type InPage = {
  document: { querySelector(selector: string): unknown };
  MutationObserver: new (act: () => void) => { observe(what: unknown, how: object): void; disconnect(): void };
  requestAnimationFrame(act: (now: number) => void): void;
};

/** Runs in the page. Milliseconds from the beginning of the visit until such an element was drawn. */
function tellWhenThere(selector: string): void {
  const { document, MutationObserver, requestAnimationFrame } = globalThis as unknown as InPage;
  const observer = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    observer.disconnect();
    requestAnimationFrame(() => Object.assign(globalThis, { usable: performance.now() }));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Gives the bytes of script that had come so many milliseconds after the visit began, as they came over the line. */
async function watchScripts(page: Page): Promise<(milliseconds: number) => number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const scripts = new Set<string>();
  const ends: { at: number; bytes: number }[] = [];
  let begun: number | undefined;
  devtools.on('Network.requestWillBeSent', ({ timestamp }) => {
    begun ??= timestamp;
  });
  devtools.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength, timestamp }) => {
    if (scripts.has(requestId)) ends.push({ at: (timestamp - (begun ?? timestamp)) * 1000, bytes: encodedDataLength });
  });
  return (milliseconds) => ends.filter(({ at }) => at <= milliseconds).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Milliseconds of the longest frame while a hand scrolls, once the list has all of its rows. */
async function scroll(page: Page): Promise<number> {
  const list = page.getByRole('grid');
  for (let reached = 0; reached < items; ) {
    reached = await list.evaluate(async (grid) => {
      grid.scrollTop = grid.scrollHeight;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return Number([...grid.querySelectorAll('[role="row"][data-index]')].at(-1)?.getAttribute('data-index')) + 1;
    });
  }
  await list.evaluate((grid) => {
    grid.scrollTop = grid.scrollHeight / 2;
  });
  await page.evaluate(() => {
    const { requestAnimationFrame } = globalThis as unknown as InPage;
    const frames = { longest: 0, count: 0, last: performance.now() };
    Object.assign(globalThis, { frames });
    const next = (now: number) => {
      frames.longest = Math.max(frames.longest, now - frames.last);
      frames.last = now;
      frames.count += 1;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  const box = await list.boundingBox();
  if (!box) throw new Error('there is no list');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.synthesizeScrollGesture', {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: -pixelsPerSecond * secondsOfScrolling,
    speed: pixelsPerSecond,
    gestureSourceType: 'mouse',
  });
  const { longest, count } = await page.evaluate(() => (globalThis as unknown as Told).frames);
  if (count < 10 * secondsOfScrolling) throw new Error(`a scroll of ${secondsOfScrolling} s had ${count} frames`);
  return longest;
}
