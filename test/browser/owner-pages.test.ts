/** Every page of the owner's console: with and without the light, on a phone, in German, and when the server answers nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, PHONE } from '../support/browser.ts';
import { heading, type OwnerConsole, PATIENTLY_MS, startOwnerConsole } from '../support/owner-console.ts';

const PAGES: readonly [path: string, title: string][] = [
  ['/owner/resellers', 'Resellers'],
  ['/owner/subscriptions', 'Subscriptions'],
  ['/owner/plans', 'Plans and prices'],
  ['/owner/vouchers', 'Vouchers'],
  ['/owner/credit-events', 'Credit events'],
  ['/owner/reconciliations', 'Reconciliations'],
  ['/owner/reviews', 'Reviews'],
  ['/owner/audit', 'Audit'],
  ['/owner/gateways', 'Gateways'],
  ['/owner/tunnels', 'Live tunnels'],
  ['/owner/exits', 'Exits'],
  ['/owner/settings', 'Settings'],
  ['/owner/keys', 'API keys'],
  ['/owner/people', 'People'],
  ['/owner/webhooks', 'Webhooks'],
];
const TABS = [
  'Pools and money',
  'Subusers',
  'Subscriptions',
  'Keys',
  'Credit events',
  'Standing',
  'Statement',
  'Limits',
  'People',
  'Audit',
];

let owner: OwnerConsole;
beforeAll(async () => {
  owner = await startOwnerConsole();
}, 3 * PATIENTLY_MS);
afterAll(() => owner?.close());

describe.each([
  { name: 'in the light', options: {} },
  { name: 'in the dark', options: { colours: 'dark' as const } },
  { name: 'on a phone', options: { viewport: PHONE } },
])('$name', ({ options }) => {
  it('every page can be read and used', { timeout: 10 * PATIENTLY_MS }, async () => {
    const page = await owner.open('/owner', options);
    for (const [path, title] of PAGES) {
      await page.goto(owner.server.apiUrl + path);
      await heading(page, title);
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    }
  });

  it('every tab of a reseller can be read and used', { timeout: 10 * PATIENTLY_MS }, async () => {
    const page = await owner.open('/owner/resellers', {
      ...options,
      // Where no ledger is fetched from, the server says so with this.
      expected: /status of 404.*ledger-source/,
    });
    await page.getByRole('link', { name: 'Demo Store' }).click();
    await heading(page, 'Demo Store');
    for (const name of TABS) {
      await page.getByRole('tab', { name }).click();
      await page.getByRole('tabpanel').waitFor();
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    }
  });
});

it('speaks German', { timeout: 4 * PATIENTLY_MS }, async () => {
  const page = await owner.open('/owner/plans', { language: 'de-DE' });
  await heading(page, 'Tarife und Preise');
  await page
    .getByText(/\d,\d\d\s\$/)
    .first()
    .waitFor();
});

it('says what failed, and tries again when asked', { timeout: 4 * PATIENTLY_MS }, async () => {
  const page = await owner.open('/owner', { expected: /status of 500/ });
  await page.route('**/api/admin/vouchers*', (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/json',
      body: '{"status":500,"detail":"It broke"}',
    }),
  );
  await page.getByRole('link', { name: 'Vouchers' }).click();
  await page.getByText('It broke').waitFor();
  await page.unroute('**/api/admin/vouchers*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('No voucher yet').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});
