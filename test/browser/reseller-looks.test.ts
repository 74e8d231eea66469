/** Every page of the reseller's console: nothing grave for axe in light and dark, no wider than a phone, in both languages. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  openPage,
  type PageOptions,
  PHONE,
} from '../support/browser.ts';
import { OwnClient } from '../support/own-api.ts';
import { openResellerConsole, type ResellerConsole } from '../support/reseller-console.ts';

const TEST_MS = 240_000;

let shop: ResellerConsole;
const ids = { subuser: '', subscription: '', reconciliation: '' };

beforeAll(async () => {
  shop = await openResellerConsole();
  await shop.topUp({ residentialMb: 1000, usd: 500 });
  const key = await shop.mintKey('panel', 'reseller:read,reseller:write,reseller:credit');
  const client = new OwnClient(`${shop.server.apiUrl}/api/account`, key);
  ids.subuser = (
    await client.ok('POST', '/subusers', { username: 'anna', bytes: { residential: 10_000_000 } })
  ).id;
  await client.ok('POST', `/subusers/${ids.subuser}/whitelist`, { address: '203.0.113.7' });
  const { billingCycle, connections, authentications } = (await client.ok('GET', '/plans')).data[0];
  ids.subscription = (
    await client.ok('POST', '/subscriptions', { billingCycle, connections, authentications })
  ).id;
  await client.ok('POST', '/webhooks', { url: 'http://127.0.0.1:9/hook' });
  ids.reconciliation = (
    await client.ok('POST', '/reconciliations', {
      from: '2026-05-01T00:00:00Z',
      to: '2026-06-01T00:00:00Z',
    })
  ).id;
}, TEST_MS);
afterAll(() => shop?.close(), TEST_MS);

const PAGES: [name: string, path: () => string][] = [
  ['overview', () => ''],
  ['subusers', () => '/subusers'],
  ['a subuser', () => `/subusers/${ids.subuser}`],
  ['import', () => '/subusers/bulk'],
  ['subscriptions', () => '/subscriptions'],
  ['a subscription', () => `/subscriptions/${ids.subscription}`],
  ['statement', () => '/statement'],
  ['credit events', () => '/credit-events'],
  ['reconciliations', () => '/reconciliations'],
  ['a reconciliation', () => `/reconciliations/${ids.reconciliation}`],
  ['keys', () => '/keys'],
  ['webhooks', () => '/webhooks'],
  ['reference', () => '/reference'],
];

async function openAt(path: string, options: PageOptions) {
  const page = await openPage(shop.browser, `${shop.server.apiUrl}/reseller${path}`, {
    state: shop.state,
    ...options,
  });
  await page.getByRole('heading', { level: 1 }).waitFor();
  // Whatever is still being asked for is drawn afterwards.
  await page.waitForLoadState('networkidle');
  await expect.poll(() => page.getByRole('status', { name: /^(Loading|Wird geladen)$/ }).count()).toBe(0);
  return page;
}

describe.each(PAGES)('%s', (_name, path) => {
  test('in light', { timeout: TEST_MS }, async () => {
    await expectAccessible(await openAt(path(), { colours: 'light' }));
  });
  test('in the dark, on a phone, in German', { timeout: TEST_MS }, async () => {
    const page = await openAt(path(), { colours: 'dark', viewport: PHONE, language: 'de-DE' });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});

test('what cannot be loaded says so, and can be asked for again', { timeout: TEST_MS }, async () => {
  const page = await openPage(shop.browser, `${shop.server.apiUrl}/reseller`, {
    state: shop.state,
    expected: /status of 500|ERR_/,
  });
  await page.getByRole('heading', { level: 1 }).waitFor();
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
});
