/** Subscriptions, keys, webhooks, credit events and reconciliation, as a reseller does them in the console. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openResellerConsole, type ResellerConsole } from '../support/reseller-console.ts';
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const TEST_MS = 180_000;
const DAY_MS = 86_400_000;

let shop: ResellerConsole;
let receiver: WebhookReceiver;

beforeAll(async () => {
  [shop, receiver] = await Promise.all([openResellerConsole(), startReceiver()]);
}, TEST_MS);
afterAll(async () => {
  await receiver?.close();
  await shop?.close();
}, TEST_MS);

test('a subscription: its price is shown, it is bought, bound, suspended, resumed, renewed and canceled', {
  timeout: TEST_MS,
}, async () => {
  await shop.topUp({ usd: 1000 });
  const page = await shop.open('/subscriptions');
  await page.getByText('No subscriptions yet').waitFor();
  await page.getByRole('button', { name: 'Buy a subscription' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('row', { name: /^To pay now/ }).waitFor();
  await dialog.getByRole('button', { name: /^Buy for \$/ }).click();
  await page.getByText('Slots and addresses').waitFor();

  await page.getByLabel('Address', { exact: true }).fill('198.51.100.4');
  await page.getByRole('button', { name: 'Bind' }).click();
  await page.getByRole('button', { name: 'Unbind 198.51.100.4' }).click();
  await dialog.getByRole('button', { name: 'Unbind' }).click();
  await page.getByText('free').first().waitFor();

  await page.getByRole('button', { name: 'Suspend' }).click();
  await dialog.getByText('Service stops at once').waitFor();
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  await page.getByText('Suspended', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByText('Active', { exact: true }).waitFor();

  await page.getByRole('switch', { name: 'Renew by itself' }).click();
  await expect.poll(() => page.getByRole('switch', { name: 'Renew by itself' }).isChecked()).toBe(true);

  await page.getByRole('button', { name: 'Renew', exact: true }).click();
  await dialog.getByRole('button', { name: 'Renew' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: 'Change the plan' }).click();
  await dialog.getByText('a new period begins now').waitFor();
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();

  await page.getByRole('button', { name: 'Cancel it' }).click();
  await dialog.getByRole('button', { name: 'Cancel it' }).click();
  await page.getByText('ends with its period').waitFor();

  await page.goto(`${shop.server.apiUrl}/reseller/statement?asset=usd`);
  await expect.poll(() => page.getByRole('row', { name: /Tax on a subscription/ }).count()).toBe(2);
  const csv = await page.request.get(
    new URL((await page.getByRole('link', { name: 'Save as CSV' }).getAttribute('href'))!, page.url()).href,
  );
  expect(await csv.text()).toContain('subscription.charge-tax');
});

test('a key is rotated, its successor works beside it, and is revoked', { timeout: TEST_MS }, async () => {
  const first = await shop.mintKey('panel', 'reseller:read', 'reseller:write');
  const answerTo = async (key: string) =>
    (await fetch(`${shop.server.apiUrl}/api/account/me`, { headers: { authorization: `Bearer ${key}` } }))
      .status;
  const page = await shop.open('/keys');
  await page.getByRole('button', { name: 'What to do with the key panel' }).click();
  await page.getByRole('menuitem', { name: 'Rotate' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  const second = (await dialog.locator('pre').innerText()).trim();
  expect([await answerTo(first), await answerTo(second)]).toEqual([200, 200]);
  await dialog.getByRole('button', { name: 'I have saved it' }).click();

  await page.getByRole('button', { name: 'What to do with the key panel' }).first().click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('cell', { name: 'Revoked' }).waitFor();
  await expect.poll(async () => [await answerTo(first), await answerTo(second)]).toContain(401);
});

test('the reference names the reseller’s own key', { timeout: TEST_MS }, async () => {
  await shop.mintKey('storefront', 'reseller:read', 'reseller:write');
  const page = await shop.open('/reference');
  await page.getByText('the secret of your key').waitFor();
  await page.getByRole('combobox', { name: 'Examples use the key' }).click();
  await page.getByRole('option', { name: /^storefront/ }).click();
  await page.getByText('the secret of your key storefront').waitFor();
  for (const name of ['EclipseProxy', 'InfiniteProxies', 'VPSCtrl', 'Ghostealth']) {
    await page.getByText(name, { exact: true }).click();
    const link = page.getByRole('link', { name: `Every call of ${name}` });
    expect(
      (await page.request.get(new URL((await link.getAttribute('href'))!, page.url()).href)).status(),
    ).toBe(200);
  }
  await page.getByText('Python', { exact: true }).click();
  await page.getByText('import requests').waitFor();
});

test('a webhook is added, tested, and sent again', { timeout: TEST_MS }, async () => {
  const page = await shop.open('/webhooks');
  await page.getByRole('button', { name: 'Add an endpoint' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(`${receiver.url}/hook`);
  await dialog.getByRole('button', { name: 'Create' }).click();
  expect(await dialog.locator('pre').innerText()).toMatch(/^whsec_/);
  await dialog.getByRole('button', { name: 'I have saved it' }).click();

  await page.getByRole('button', { name: `What to do with ${receiver.url}/hook` }).click();
  await page.getByRole('menuitem', { name: 'Send a test' }).click();
  await expect.poll(() => receiver.received.length, { timeout: 60_000 }).toBe(1);
  await page.getByRole('cell', { name: 'Delivered' }).waitFor();
  await page.getByRole('button', { name: 'What to do with webhook.test' }).click();
  await page.getByRole('menuitem', { name: 'Send again' }).click();
  await expect.poll(() => receiver.received.length, { timeout: 60_000 }).toBe(2);
});

test('credit events are listed, and a ledger is held against them', { timeout: TEST_MS }, async () => {
  const key = await shop.mintKey('books', 'reseller:credit');
  const report = await fetch(`${shop.server.apiUrl}/api/v1/reseller/credit-event`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'topup', amount_usd: 25, external_ref: 'txn_1' }),
  });
  expect(report.ok).toBe(true);
  const page = await shop.open('/credit-events');
  await page.getByText('txn_1').waitFor();
  await page.getByText('$25.00').waitFor();
  for (const name of ['Checkpoint', 'Log key', 'Your export']) {
    const link = page.getByRole('link', { name, exact: true });
    expect(
      (await page.request.get(new URL((await link.getAttribute('href'))!, page.url()).href)).status(),
    ).toBe(200);
  }

  await page.getByRole('link', { name: 'Reconciliations' }).click();
  await page.getByRole('button', { name: 'Reconcile a ledger' }).click();
  const dialog = page.getByRole('dialog');
  const day = (back: number) => new Date(Date.now() - back * DAY_MS).toISOString();
  await dialog.getByLabel('First day (UTC)').fill(day(9).slice(0, 10));
  await dialog.getByLabel('Last day (UTC)').fill(day(2).slice(0, 10));
  const lines = Array.from({ length: 3 }, (_, index) => `lost_${index},topup,10.00,${day(5)}`);
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'ledger.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`external_ref,kind,amount_usd,at\n${lines.join('\n')}\nbroken,topup,abc,\n`),
  });
  await dialog.getByRole('button', { name: 'Send and compare' }).click();
  await page.getByText('3 differences').waitFor({ timeout: 60_000 });
  await page.getByText('lost_2').waitFor();
  await page.getByText('Lines that could not be read').waitFor();
  const link = page.getByRole('link', { name: 'Differences as CSV' });
  const csv = await page.request.get(new URL((await link.getAttribute('href'))!, page.url()).href);
  expect(await csv.text()).toContain('missing_here,lost_0');
});
