/** Every page of the reseller's console: nothing grave for axe in light and dark, no wider than a phone, in both languages. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { expectReadable, expectReadableOnPhone } from '../support/browser.ts';
import { OwnClient } from '../support/own-api.ts';
import { heading } from '../support/page-parts.ts';
import { openResellerConsole, type ResellerConsole } from '../support/reseller-console.ts';

const TEST_MS = 240_000;

let shop: ResellerConsole;
let client: OwnClient;

beforeAll(async () => {
  shop = await openResellerConsole();
  await shop.topUp({ residentialMb: 1000, usd: 500 });
  const key = await shop.mintKey('panel', 'reseller:read', 'reseller:write', 'reseller:credit');
  client = new OwnClient(`${shop.server.apiUrl}/api/account`, key);
  const { id } = await client.ok('POST', '/subusers', {
    username: 'anna',
    bytes: { residential: 10_000_000 },
  });
  await client.ok('POST', `/subusers/${id}/whitelist`, { address: '203.0.113.7' });
  const { billingCycle, connections, authentications } = (await client.ok('GET', '/plans')).data[0];
  await client.ok('POST', '/subscriptions', { billingCycle, connections, authentications });
  await client.ok('POST', '/webhooks', { url: 'http://127.0.0.1:9/hook' });
  const period = { from: '2026-05-01T00:00:00Z', to: '2026-06-01T00:00:00Z' };
  await client.ok('POST', '/reconciliations', period);
}, TEST_MS);
afterAll(() => shop?.close(), TEST_MS);

/** Pages of the navigation, with the pages that are reached from them. */
const PAGES: [path: string, ...below: string[]][] = [
  [''],
  ['/tunnels'],
  ['/statement'],
  ['/credit-events'],
  ['/keys'],
  ['/webhooks'],
  ['/reference'],
  ['/subusers', '/subusers/bulk', '/subusers/subuser-'],
  ['/subscriptions', '/subscriptions/su_'],
  ['/reconciliations', '/reconciliations/rec_'],
];

async function visitAll(page: Page, look: (page: Page) => Promise<void>): Promise<void> {
  const visit = async (link: Locator) => {
    const path = await link.getAttribute('href');
    await link.click();
    await page.waitForURL((url) => url.pathname === path);
    await heading(page, /./);
    await look(page);
  };
  for (const [path, ...below] of PAGES) {
    const link = page.locator(`nav a[href="/reseller${path}"]`);
    await visit(link);
    for (const start of below) {
      await visit(page.locator(`main a[href^="/reseller${start}"]`).first());
      await link.click();
    }
  }
}

test('in the light', { timeout: TEST_MS }, async () => {
  await visitAll(await shop.open(''), expectReadable);
});

test('in the dark, on a phone, in German', { timeout: TEST_MS }, async () => {
  await visitAll(await shop.open('', { colours: 'dark', language: 'de-DE' }), expectReadableOnPhone);
});

test('what cannot be loaded says so, and so do a network and a server that are away', {
  timeout: TEST_MS,
}, async () => {
  const page = await shop.open('', { expected: /status of 500|ERR_/ });
  await heading(page, 'Overview');
  await page.route('**/api/account/keys**', (route) => route.fulfill({ status: 500, body: '' }));
  await page.getByRole('link', { name: 'API keys' }).click();
  await page.getByText('This could not be loaded').waitFor();
  await page.unroute('**/api/account/keys**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('panel', { exact: true }).waitFor();

  await page.context().setOffline(true);
  await page.getByText('You are offline').waitFor();
  await page.context().setOffline(false);
  await page.getByText('You are offline').waitFor({ state: 'hidden' });

  await page.route(/\/(api|healthz)/, (route) => route.abort('connectionrefused'));
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByText('The server does not answer').waitFor();
  // What was there before is still to be seen.
  await page.getByText('Residential').first().waitFor();
  await page.unroute(/\/(api|healthz)/);
  await page.getByText('The server does not answer').waitFor({ state: 'hidden' });
});
