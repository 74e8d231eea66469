/** An installation with one reseller and a person of it, signed in to the console: what its pages' tests begin with. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchBrowser, openContext } from './browser.ts';
import { createInstallation, type Installation, type ServerProcess } from './server-process.ts';

export interface ResellerConsole {
  installation: Installation;
  server: ServerProcess;
  browser: Browser;
  storeCode: string;
  /** Of the person, for pages that begin signed in. */
  state: BrowserContextOptions['storageState'];
  /** A key with these scopes; answers its secret. */
  mintKey(name: string, scopes: string): Promise<string>;
  topUp(what: { residentialMb?: number; mobileMb?: number; usd?: number }): Promise<void>;
  close(): Promise<void>;
}

const STORE_CODE = 'ACME';
const EMAIL = 'shop@example.com';

/** Call it in `beforeAll`, and `close()` in `afterAll`. */
export async function openResellerConsole(): Promise<ResellerConsole> {
  const installation = createInstallation({ HEADGATE_OUTGOING_ALLOW: '127.0.0.0/8' });
  const server = await installation.start();
  const cli = async <T>(...args: string[]) => (await installation.cli(...args, '--json')).json<T>();
  await cli(
    'reseller',
    'create',
    '--store-code',
    STORE_CODE,
    '--store-name',
    'Acme Proxies',
    '--email',
    EMAIL,
  );
  const person = ['--email', 'ann@example.com', '--name', 'Ann', '--reseller', STORE_CODE];
  const { password } = await cli<{ password: string }>('person', 'create', ...person);
  const browser = await launchBrowser();

  const context = await openContext(browser);
  const page = await context.newPage();
  await page.goto(`${server.apiUrl}/sign-in`);
  await page.getByLabel('Email').fill('ann@example.com');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  const state = await context.storageState();
  await context.close();

  return {
    installation,
    server,
    browser,
    storeCode: STORE_CODE,
    state,
    async mintKey(name, scopes) {
      const made = await cli<{ secret: string }>(
        'key',
        'create',
        '--owner',
        EMAIL,
        '--name',
        name,
        '--scopes',
        scopes,
      );
      return made.secret;
    },
    async topUp({ residentialMb, mobileMb, usd }) {
      const add = (...amount: string[]) => cli('reseller', 'topup', STORE_CODE, ...amount);
      if (residentialMb) await add('--product', 'residential', '--mb', String(residentialMb));
      if (mobileMb) await add('--product', 'mobile', '--mb', String(mobileMb));
      if (usd) await add('--usd', String(usd));
    },
    async close() {
      await browser.close();
      await installation.remove();
    },
  };
}
