/** Every page of the owner's console: in the light, in the dark on a phone in German, and when the server answers nothing. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectReadable, expectReadableOnPhone, settled } from '../support/browser.ts';
import { type Consoles, PATIENTLY_MS, startConsoles } from '../support/consoles.ts';
import { go, heading } from '../support/page-parts.ts';

const PAGES: readonly [path: string, title: string, german: string][] = [
  ['/owner', 'Overview', 'Übersicht'],
  ['/owner/subscriptions', 'Subscriptions', 'Abonnements'],
  ['/owner/plans', 'Plans and prices', 'Tarife und Preise'],
  ['/owner/vouchers', 'Vouchers', 'Gutscheine'],
  ['/owner/credit-events', 'Credit events', 'Gutschriften'],
  ['/owner/reconciliations', 'Reconciliations', 'Abgleiche'],
  ['/owner/reviews', 'Reviews', 'Prüfungen'],
  ['/owner/ledger', 'Ledger', 'Hauptbuch'],
  ['/owner/audit', 'Audit', 'Protokoll'],
  ['/owner/gateways', 'Gateways', 'Gateways'],
  ['/owner/tunnels', 'Live tunnels', 'Offene Tunnel'],
  ['/owner/exits', 'Exits', 'Ausgänge'],
  ['/owner/settings', 'Settings', 'Einstellungen'],
  ['/owner/keys', 'API keys', 'API-Schlüssel'],
  ['/owner/people', 'People', 'Personen'],
  ['/owner/webhooks', 'Webhooks', 'Webhooks'],
  ['/owner/resellers', 'Resellers', 'Reseller'],
];
const TABS = 10;

let owner: Consoles;
beforeAll(async () => {
  owner = await startConsoles();
  const [demo] = (await owner.admin('GET', '/resellers')).body.data;
  const subuser = { resellerId: demo.id, username: 'anna', bytes: { residential: 1_000_000 } };
  await owner.admin('POST', '/subusers', subuser);
}, 3 * PATIENTLY_MS);
afterAll(() => owner?.close());

/** Every page, by the navigation and the links on it; each tab of a reseller, and a subuser. */
async function visitAll(page: Page, look: (page: Page) => Promise<void>, titleAt: 1 | 2): Promise<void> {
  for (const entry of PAGES) {
    await go(page, entry[0]);
    await heading(page, entry[titleAt]);
    await look(page);
  }
  await page.getByRole('link', { name: 'Demo Store' }).click();
  await heading(page, 'Demo Store');
  const tabs = page.getByRole('tab');
  expect(await tabs.count()).toBe(TABS);
  for (let index = 0; index < TABS; index++) {
    await tabs.nth(index).click();
    await look(page);
  }
  await tabs.nth(1).click();
  await page.getByRole('link', { name: 'DEMO_anna' }).click();
  await heading(page, 'DEMO_anna');
  await look(page);
}

it('can be read and used in the light', { timeout: 10 * PATIENTLY_MS }, async () => {
  await visitAll(await owner.open('/owner'), expectReadable, 1);
});

it('can be read and used in the dark, on a phone, in German', { timeout: 10 * PATIENTLY_MS }, async () => {
  const page = await owner.open('/owner', { colours: 'dark', language: 'de-DE' });
  await visitAll(page, expectReadableOnPhone, 2);
  await go(page, '/owner/plans');
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
  await go(page, '/owner/vouchers');
  await page.getByText('It broke').waitFor();
  await page.unroute('**/api/admin/vouchers*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('No voucher yet').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await settled(page);
});
