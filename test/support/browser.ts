/** Debian's Chromium, driven against a real server. What the browser complains of fails the test that saw it. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page, Request } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { DESK, openContext, type PageOptions, PHONE } from './chromium.ts';

const WAIT_MS = 60_000;

export { launchForPages, openContext, type PageOptions, PHONE } from './chromium.ts';

/** What each page waits for. */
const underWay = new WeakMap<Page, Set<Request>>();

/**
 * A page of its own, closed when the test ends. The test fails when the browser logged an error or a script threw; what a test brings
 * about on purpose is named in `expected`.
 */
export async function openPage(
  browser: Browser,
  baseUrl: string,
  options: PageOptions & { expected?: RegExp } = {},
): Promise<Page> {
  const context = await openContext(browser, options);
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const asked = new Set<Request>();
  underWay.set(page, asked);
  page.on('request', (request) => asked.add(request));
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
  const complaints: string[] = [];
  const note = (text: string) => {
    if (!options.expected?.test(text)) complaints.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      note(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => note(String(error)));
  onTestFinished(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await page.goto(baseUrl);
  return page;
}

/** The page has what it asked for: nothing is under way, and nothing is drawn in its place. */
export async function settled(page: Page): Promise<void> {
  const drawn = page.locator('.mantine-Loader-root, .mantine-Skeleton-root');
  await expect.poll(async () => [underWay.get(page)!.size, await drawn.count()]).toEqual([0, 0]);
}

/** Nothing that axe calls serious or critical is on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  // There are no frames, for which axe would need a page of its own.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`,
    );
  expect(grave, page.url()).toEqual([]);
}

/** The page is no wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // As text: the tests are not compiled with the browser's types.
  const { scrollWidth, clientWidth } = await page.evaluate<{ scrollWidth: number; clientWidth: number }>(
    '(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))(document.documentElement)',
  );
  expect(scrollWidth, page.url()).toBeLessThanOrEqual(clientWidth);
}

/** In the light on a desk, as a page is opened: what is on it now can be read and used by everybody. */
export async function expectReadable(page: Page): Promise<void> {
  await settled(page);
  await expectAccessible(page);
}

/** The same in the dark on a phone. The page is on a desk again afterwards, where its navigation is. */
export async function expectReadableOnPhone(page: Page): Promise<void> {
  await page.setViewportSize(PHONE);
  await settled(page);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.setViewportSize(DESK);
}
