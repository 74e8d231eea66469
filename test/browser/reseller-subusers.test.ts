/** A reseller's first day in the console: from nothing to a subuser whose bytes are on the chart, and many subusers out of a file. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import { curl } from '../support/proxy-clients.ts';
import { openResellerConsole, type ResellerConsole } from '../support/reseller-console.ts';

const TEST_MS = 180_000;
const TRAFFIC_MS = 60_000;

let shop: ResellerConsole;
let origin: Origin;

beforeAll(async () => {
  [shop, origin] = await Promise.all([openResellerConsole(), startOrigin()]);
}, TEST_MS);
afterAll(async () => {
  await origin?.close();
  await shop?.close();
}, TEST_MS);

test('an empty reseller makes a subuser, sends traffic by its connection string, and sees the bytes', {
  timeout: TEST_MS,
}, async () => {
  // What is refused on purpose is logged by the browser.
  const page = await shop.open('/subusers', { expected: /status of 422|status of 409|status of 402/ });
  await page.getByText('No subusers yet').waitFor();
  await page.getByRole('button', { name: 'New subuser' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Username').fill('anna');
  await dialog.getByRole('textbox', { name: 'Residential' }).fill('50 MB');
  await dialog.getByRole('button', { name: 'Create' }).click();
  // Nothing was bought yet.
  await dialog.getByRole('alert').waitFor();
  await shop.topUp({ residentialMb: 1000, mobileMb: 500 });
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByText('ACME_anna is ready').waitFor();

  const connection = dialog.getByRole('region', { name: 'HTTP' });
  const url = new URL((await connection.innerText()).trim());
  expect(url.username).toBe('ACME_anna');
  expect(url.port).toBe(new URL(shop.server.gatewayUrl).port);
  await dialog.getByText('SOCKS5').click();
  const socks = (await dialog.getByRole('region', { name: 'SOCKS5' }).innerText()).trim();
  expect(socks).toBe(`socks5h://ACME_anna:${url.password}@${url.host}`);

  // The string as it stands, given to a program.
  for (const proxy of [url.href, socks]) {
    const answer = await curl(`${origin.http}/bytes/2000000`, { gatewayUrl: proxy });
    expect(answer).toMatchObject({ exitCode: 0, status: 200, bodyBytes: 2_000_000 });
  }

  await dialog.getByRole('link', { name: 'Open its page' }).click();
  await page.getByRole('heading', { name: 'ACME_anna', level: 1 }).waitFor();
  await page.getByRole('figure', { name: 'Residential' }).getByText('4 MB', { exact: true }).waitFor({
    timeout: TRAFFIC_MS,
  });
  await page.getByText('Hour', { exact: true }).click();
  await page.getByRole('button', { name: 'Show the figures' }).click();
  await page
    .getByRole('table')
    .getByText(/^(2|4) MB$/)
    .first()
    .waitFor({ timeout: TRAFFIC_MS });
});

test('bandwidth is allocated and taken back, the password shown and renewed, addresses let in', {
  timeout: TEST_MS,
}, async () => {
  await shop.topUp({ residentialMb: 500, mobileMb: 100 });
  const page = await shop.open('/subusers');
  await page.getByRole('button', { name: 'New subuser' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Username').fill('otto');
  await dialog.getByRole('textbox', { name: 'Mobile' }).fill('20 MB');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await dialog.getByRole('link', { name: 'Open its page' }).click();
  await page.getByRole('heading', { name: 'ACME_otto', level: 1 }).waitFor();

  const mobile = page.getByRole('figure', { name: 'Mobile' });
  await page.getByRole('button', { name: 'Allocate: Mobile' }).click();
  await dialog.getByLabel('Amount').fill('30 MB');
  await dialog.getByRole('button', { name: 'Allocate' }).click();
  await mobile.getByText('50 MB', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Take back: Mobile' }).click();
  await dialog.getByLabel('Amount').fill('15 MB');
  await dialog.getByRole('button', { name: 'Take back' }).click();
  await mobile.getByText('35 MB', { exact: true }).waitFor();

  const connection = page.getByRole('region', { name: 'HTTP', exact: true });
  expect(await connection.innerText()).toContain('ACME_otto:PASSWORD@');
  await page.getByRole('button', { name: 'Show password' }).click();
  await page.getByRole('button', { name: 'Hide password' }).waitFor();
  const before = new URL((await connection.innerText()).trim()).password;
  await page.getByRole('button', { name: 'New password' }).click();
  await dialog.getByText('The old password stops working at once').waitFor();
  await dialog.getByRole('button', { name: 'New password' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(async () => new URL((await connection.innerText()).trim()).password).not.toBe(before);

  // Parameters stand behind the username, as docs/connecting.md says.
  await page.getByRole('combobox', { name: 'Country' }).fill('Germ');
  await page.getByRole('option', { name: 'Germany' }).click();
  await page.getByRole('switch', { name: 'Keep one exit' }).click();
  await page.getByLabel('At least, minutes').fill('30');
  await expect
    .poll(async () => new URL((await connection.innerText()).trim()).username)
    .toMatch(/^ACME_otto-country-de-session-[A-Z2-9]{8}-lifetime-30$/);

  await page.getByLabel('Address or range').fill('203.0.113.0/24');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: 'Remove 203.0.113.0/24' }).click();
  await dialog.getByRole('button', { name: 'Take off' }).click();
  await page.getByText('None yet.').waitFor();

  await page.getByRole('button', { name: 'Delete' }).click();
  const remove = dialog.getByRole('button', { name: 'Delete' });
  expect(await remove.isDisabled()).toBe(true);
  await dialog.getByLabel('Type ACME_otto to confirm').fill('ACME_otto');
  await remove.click();
  await page.getByRole('heading', { name: 'Subusers', level: 1 }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'ACME_otto' }).count()).toBe(0);
});

test('a file of subusers is shown first, made in chunks, and comes back with what became of each line', {
  timeout: TEST_MS,
}, async () => {
  await shop.topUp({ residentialMb: 10_000 });
  const page = await shop.open('/subusers/bulk');
  const lines = Array.from({ length: 450 }, (_, index) => `bulk${index},,,1 MB,`);
  lines[10] = 'bulk10,,,a lot,';
  lines[449] = 'bulk3,,,1 MB,';
  await page.locator('input[type=file]').setInputFiles({
    name: 'customers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`username,email,password,residential,mobile\n${lines.join('\n')}\n`),
  });
  await page.getByText('448 MB will come out of your pool').or(page.getByText('449 MB will come')).waitFor();
  await page.getByText('residential cannot be read').waitFor();
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/subusers/bulk', (route) => held.then(() => route.continue()));
  await page.getByRole('button', { name: 'Make 449 subusers' }).click();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('dialog').getByText('the result file').waitFor();
  await page.getByRole('button', { name: 'Stay' }).click();
  go();
  await page.getByRole('heading', { name: 'Done' }).waitFor({ timeout: TRAFFIC_MS });
  await page.getByText('449 of 449 sent').waitFor();
  await page.getByText('is taken').waitFor();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the result' }).click(),
  ]);
  const result = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
  expect(result).toHaveLength(451);
  expect(result[1]).toMatch(/^2,ACME_bulk0,made,\S{8,},$/);
  expect(result[11]).toBe('12,bulk10,unreadable,,residential');
  expect(result[450]).toMatch(/^451,bulk3,refused,,/);

  await page.getByRole('link', { name: 'Subusers' }).first().click();
  await page.getByRole('searchbox').fill('bulk44');
  await page.getByRole('link', { name: 'ACME_bulk448' }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'ACME_bulk1', exact: true }).count()).toBe(0);
});

test('a file that is none of subusers is named as such', { timeout: TEST_MS }, async () => {
  const page = await shop.open('/subusers/bulk');
  await page.locator('input[type=file]').setInputFiles({
    name: 'other.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('name,amount\nanna,1\n'),
  });
  await page.getByText('Its first line has no column named username.').waitFor();
  // Mended, it can be chosen once more: a browser tells of a choice only when it is another than before.
  expect(await page.locator('input[type=file]').inputValue()).toBe('');
});
