/** Debian's Chromium, as the tests and the screenshots start it. */
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

/** Where Debian's package puts it. */
const CHROMIUM = '/usr/bin/chromium';

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

/** Call it in `beforeAll`, and `close()` in `afterAll`. */
export function launchBrowser(...options: string[]): Promise<Browser> {
  // Chromium has no sandbox for root, which is what tests often run as.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', ...options] : options;
  return chromium.launch({ executablePath: CHROMIUM, args });
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
