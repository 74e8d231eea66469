/** Debian's Chromium, driven against a real server. What the browser complains of fails the test that saw it. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished, vi } from 'vitest';
import { openContext, type PageOptions } from './chromium.ts';

// A browser, a server and a database at once take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const WAIT_MS = 30_000;

export { launchBrowser, openContext, type PageOptions, PHONE } from './chromium.ts';

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

/** Nothing that axe calls serious or critical is on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`,
    );
  expect(grave).toEqual([]);
}

/** The page is no wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // As text: the tests are not compiled with the browser's types.
  const { scrollWidth, clientWidth } = await page.evaluate<{ scrollWidth: number; clientWidth: number }>(
    '(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))(document.documentElement)',
  );
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
}
