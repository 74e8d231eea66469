/** A hundred thousand subusers: lists of them scroll, search and sort, and draw and ask for no more than is looked at. */
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPage } from '../support/browser.ts';
import { addManySubusers } from '../support/many-subusers.ts';
import { openResellerConsole, type ResellerConsole } from '../support/reseller-console.ts';

const COUNT = 100_000;
const TEST_MS = 240_000;
/** Rows in view, those kept ready above and below, and some more. */
const MOST_DRAWN = 80;

let shop: ResellerConsole;
/** By use, most first. */
let most: string[];
beforeAll(async () => {
  shop = await openResellerConsole();
  most = await shop.installation.query(async (sql) => {
    const [account] = await sql<
      { id: bigint }[]
    >`SELECT id FROM account WHERE store_code = ${shop.storeCode}`;
    await addManySubusers(sql, { accountId: account!.id, storeCode: shop.storeCode, count: COUNT });
    const rows = await sql<{ username: string }[]>`
      SELECT s.username FROM subuser_standing p JOIN subuser s ON s.id = p.subuser_id
        WHERE p.product = 'residential' ORDER BY p.used_bytes DESC, p.subuser_id DESC LIMIT 3`;
    return rows.map(({ username }) => username);
  });
}, TEST_MS);
afterAll(() => shop?.close(), TEST_MS);

const openAsReseller = () => shop.open('/subusers');

async function openAsOwner(): Promise<Page> {
  const { browser, server, ownerState } = shop;
  const page = await openPage(browser, `${server.apiUrl}/owner/resellers?search=${shop.storeCode}`, {
    state: ownerState,
  });
  await page.getByRole('link', { name: 'Acme Proxies' }).click();
  await page.getByRole('tab', { name: 'Subusers' }).click();
  return page;
}

const rows = (page: Page) => page.locator('main [role="rowgroup"] [role="row"]');
const nameOf = (number: number) => `${shop.storeCode}_many${String(number).padStart(6, '0')}`;

/** Notes what is asked for from now on. */
function watchRequests(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request: Request) => {
    if (new URL(request.url()).pathname.endsWith('/subusers')) asked.push(request.url());
  });
  return asked;
}

/** Its place and its text at one moment: the list may still be drawing what came last. */
const lastRowOf = (page: Page) =>
  rows(page)
    .last()
    .evaluate((element) => {
      // The tests are not compiled with the browser's types.
      const row = element as unknown as { getAttribute(name: string): string | null; textContent: string };
      return { place: Number(row.getAttribute('aria-rowindex')), text: row.textContent };
    });

/** Goes to the list's end again and again, until so many rows are there. */
async function scrollTo(page: Page, count: number): Promise<void> {
  const list = page.getByRole('table').locator('..');
  const lastRow = async () => {
    await list.press('End');
    return (await lastRowOf(page)).place;
  };
  await expect.poll(lastRow, { timeout: 60_000, interval: 50 }).toBeGreaterThan(count);
}

describe.each([
  ['the reseller', openAsReseller],
  ['the owner', openAsOwner],
])('%s', (_who, open) => {
  test('scrolls far, searches and sorts', { timeout: TEST_MS }, async () => {
    const page = await open();
    await rows(page).first().waitFor();
    expect(await rows(page).first().textContent()).toContain(nameOf(COUNT));

    const pages = watchRequests(page);
    await scrollTo(page, 5_000);
    expect(await rows(page).count()).toBeLessThan(MOST_DRAWN);
    const { place, text } = await lastRowOf(page);
    // A page of 500 for each 500 rows, and a few that are looked at again.
    expect(pages.length).toBeLessThan(place / 200);
    // The newest is in the first row, behind the head's.
    expect(text).toContain(nameOf(COUNT + 2 - place));

    const searches = watchRequests(page);
    const wanted = nameOf(54_321);
    await page.getByRole('searchbox').pressSequentially(wanted);
    await expect.poll(() => rows(page).count(), { timeout: 60_000 }).toBe(1);
    expect(await rows(page).first().textContent()).toContain(wanted);
    // Asked when the typing pauses, not for each letter.
    expect(searches.length).toBeLessThan(wanted.length / 2);

    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.getByRole('button', { name: 'Used' }).click();
    await page.getByRole('button', { name: 'Used' }).click();
    for (const [index, username] of most.entries())
      await expect.poll(() => rows(page).nth(index).textContent(), { timeout: 60_000 }).toContain(username);
    expect(await rows(page).count()).toBeLessThan(MOST_DRAWN);
  });
});
