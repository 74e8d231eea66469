/** Debian's Chromium, as the tests and the screenshots start it. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

/** Where Debian's packages put it: the browser that people have, and the same without windows, which takes half the time. */
const CHROMIUM = '/usr/bin/chromium';
const WINDOWLESS = '/usr/bin/chromium-headless-shell';

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1360, height: 900 };

export interface PageOptions {
  viewport?: { width: number; height: number };
  colours?: 'light' | 'dark';
  language?: string;
  timeZone?: string;
  /** Cookies and storage of another page, to be signed in as there. */
  state?: BrowserContextOptions['storageState'];
}

/** The browser that people have. Call it in `beforeAll`, and `close()` in `afterAll`. */
export function launchBrowser(...options: string[]): Promise<Browser> {
  return launch(CHROMIUM, options);
}

/** For pages alone, which are the same in both: without windows, where that is installed. */
export function launchForPages(): Promise<Browser> {
  return launch(existsSync(WINDOWLESS) ? WINDOWLESS : CHROMIUM, []);
}

function launch(executablePath: string, options: string[]): Promise<Browser> {
  // Chromium has no sandbox for root, which is what tests often run as.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...options] : options;
  return chromium.launch({ executablePath, args });
}

export async function openContext(browser: Browser, options: PageOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    viewport: options.viewport ?? DESK,
    colorScheme: options.colours ?? 'light',
    locale: options.language ?? 'en-US',
    timezoneId: options.timeZone ?? 'UTC',
    reducedMotion: 'reduce',
    ...(options.state && { storageState: options.state }),
  });
}
