/** The owner's console in a browser, against a real installation. */
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openContext, openPage, type PageOptions } from './browser.ts';
import { OwnClient } from './own-api.ts';
import { createInstallation, type Installation, type ServerProcess } from './server-process.ts';

const PASSWORD = 'a river has two banks';
/** The machine may be busy; what is waited for comes all the same. */
export const PATIENTLY_MS = 60_000;

export interface OwnerConsole {
  server: ServerProcess;
  installation: Installation;
  /** A page of its own for a test, with the owner signed in. */
  open: (path: string, options?: PageOptions & { expected?: RegExp }) => Promise<Page>;
  /** A program of a reseller. */
  client: (key: string) => OwnClient;
  close: () => Promise<void>;
}

/** Call it in `beforeAll`, and `close()` in `afterAll`. */
export async function startOwnerConsole(): Promise<OwnerConsole> {
  const installation = createInstallation({ HEADGATE_OWNER_PASSWORD: PASSWORD });
  const [server, browser]: [ServerProcess, Browser] = await Promise.all([
    installation.start(),
    launchBrowser(),
  ]);
  const context = await openContext(browser);
  context.setDefaultTimeout(PATIENTLY_MS);
  const page = await context.newPage();
  await page.goto(`${server.apiUrl}/sign-in`);
  await page.getByLabel('Email').fill('owner@localhost');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await heading(page, 'Overview');
  const state = await context.storageState();
  await context.close();
  return {
    server,
    installation,
    async open(path, options = {}) {
      const opened = await openPage(browser, server.apiUrl + path, { state, ...options });
      opened.setDefaultTimeout(PATIENTLY_MS);
      return opened;
    },
    client: (key) => new OwnClient(`${server.apiUrl}/api/account`, key),
    async close() {
      await browser.close();
      await installation.remove();
    },
  };
}

export async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** The dialog that is open. */
export function dialog(page: Page) {
  return page.getByRole('dialog');
}

/** Chooses from the menu of a row that is found by its name. */
export async function choose(page: Page, menu: string | RegExp, item: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitem', { name: item }).click();
}
