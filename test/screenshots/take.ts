/** `npm run screenshots [NAME…]`: see bin/screenshots.mjs. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser, openContext, type PageOptions, PHONE } from '../support/chromium.ts';
import { type Demo, startDemo } from './demo.ts';
import { PAGES, type Screen } from './pages.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/screenshots');
const LOOKS: { suffix: string; options: PageOptions }[] = [
  { suffix: '', options: {} },
  { suffix: '-dark', options: { colours: 'dark' } },
  { suffix: '-phone', options: { viewport: PHONE } },
];

const wanted = process.argv.slice(2);
const pages = PAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
mkdirSync(FOLDER, { recursive: true });
const demo = await startDemo();
const browser = await launchBrowser();
try {
  const states = {
    owner: await signIn(browser, demo, 'owner'),
    reseller: await signIn(browser, demo, 'reseller'),
  };
  for (const page of pages) {
    const state = page.who === 'nobody' ? undefined : states[page.who];
    for (const { suffix, options } of LOOKS) await take(page, suffix, { ...options, state });
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

async function take(screen: Screen, suffix: string, options: PageOptions): Promise<void> {
  const context = await openContext(browser, options);
  const page = await context.newPage();
  await page.goto(demo.apiUrl + screen.path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await screen.prepare?.(page);
  // What is still being asked for is drawn by then.
  await page.waitForLoadState('networkidle');
  const file = `${screen.name}${suffix}.png`;
  await page.screenshot({ path: path.join(FOLDER, file) });
  process.stdout.write(`docs/screenshots/${file}\n`);
  await context.close();
}
