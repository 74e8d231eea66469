/** `npm run screenshots [NAME…]`: see bin/screenshots.mjs. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser, openContext, type PageOptions, PHONE } from '../support/chromium.ts';
import { type Demo, startDemo } from './demo.ts';
import { PAGES, type Screen } from './pages.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/screenshots');
/** The machine may be busy. */
const PATIENTLY_MS = 600_000;
const LOOKS: { suffix: string; options: PageOptions }[] = [
  { suffix: '', options: {} },
  { suffix: '-dark', options: { colours: 'dark' } },
  { suffix: '-phone', options: { viewport: PHONE } },
];

const wanted = process.argv.slice(2);
const known = new Set(PAGES.map(({ name }) => name));
const unknown = wanted.filter((name) => !known.has(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(', ')}. There are: ${[...known].join(', ')}\n`);
  process.exit(2);
}
mkdirSync(FOLDER, { recursive: true });
const demo = await startDemo();
const browser = await launchBrowser();
try {
  const states = {
    nobody: undefined,
    owner: await signIn(browser, demo, 'owner'),
    reseller: await signIn(browser, demo, 'reseller'),
  };
  for (const { suffix, options } of LOOKS) {
    for (const who of Object.keys(states) as (keyof typeof states)[]) {
      const context = await openContext(browser, { ...options, state: states[who] });
      context.setDefaultTimeout(PATIENTLY_MS);
      const theirs = PAGES.filter(
        (page) => page.who === who && (wanted.length === 0 || wanted.includes(page.name)),
      );
      for (const page of theirs) await take(context, page, suffix);
      await context.close();
    }
  }
} finally {
  await browser.close();
  await demo.close();
}

async function signIn(browser: Browser, { apiUrl, ...logins }: Demo, who: 'owner' | 'reseller') {
  const context = await openContext(browser);
  const page = await context.newPage();
  await page.goto(`${apiUrl}/sign-in`);
  await page.getByLabel('Email').fill(logins[who].email);
  await page.getByLabel('Password', { exact: true }).fill(logins[who].password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

async function take(context: BrowserContext, screen: Screen, suffix: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(demo.apiUrl + screen.path);
  await page.getByRole('heading').first().waitFor();
  await screen.prepare?.(page);
  // What is still being asked for is drawn by then.
  await page.waitForLoadState('networkidle');
  // As if the window were as tall as the page, so that what stands beside it is, too. Tables would grow with it.
  const tallPx = await page.evaluate<number>(
    'document.querySelector("main [role=table]") ? 0 : document.documentElement.scrollHeight',
  );
  const window = page.viewportSize()!;
  if (tallPx > window.height) await page.setViewportSize({ ...window, height: tallPx });
  const file = `${screen.name}${suffix}.png`;
  await page.screenshot({
    path: path.join(FOLDER, file),
    fullPage: true,
    animations: 'disabled',
    timeout: 0,
  });
  process.stdout.write(`docs/screenshots/${file}\n`);
  await page.close();
}
