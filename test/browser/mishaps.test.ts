/** What goes wrong while people use a console: stray clicks, lost answers, refusals, browsers without a clipboard. */
import type { Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectReadable } from '../support/browser.ts';
import { type Consoles, OWNER, PATIENTLY_MS, startConsoles } from '../support/consoles.ts';
import { choose, dialog, heading } from '../support/page-parts.ts';

const NARROW = { width: 360, height: 800 };
const LOST = /ERR_FAILED/;

let owner: Consoles;
let demoId: string;
beforeAll(async () => {
  owner = await startConsoles();
  demoId = (await owner.admin('GET', '/resellers')).body.data[0].id;
}, 3 * PATIENTLY_MS);
afterAll(() => owner?.close());

const focused = (page: Page) => page.locator(':focus');
/** Nothing of it is cut off at its side. */
async function expectWhole(place: Locator): Promise<void> {
  // As text: the tests are not compiled with the browser's types.
  const isWhole = new Function('place', 'return place.scrollWidth <= place.clientWidth');
  expect(await place.evaluate(isWhole as (place: unknown) => boolean)).toBe(true);
}
const refusal = (status: number, detail: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ status, detail, title: detail, code: 'made_up' }),
});

describe('a dialog', { timeout: 4 * PATIENTLY_MS }, () => {
  it('keeps what was written, and what is shown once, from a stray click and Escape', async () => {
    const page = await owner.open('/owner/gateways');
    const besideIt = () => page.mouse.click(5, 5);
    const add = page.getByRole('button', { name: 'Add a node' }).first();
    await add.click();
    await dialog(page).waitFor();
    await besideIt();
    await dialog(page).waitFor({ state: 'hidden' });
    await add.click();
    await dialog(page).getByLabel('Name').fill('berlin-1');
    await besideIt();
    await dialog(page).getByRole('button', { name: 'Add a node' }).click();
    const secret = (await dialog(page).locator('pre').textContent())!;
    await besideIt();
    await page.keyboard.press('Escape');
    expect(await dialog(page).locator('pre').textContent()).toBe(secret);
    await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    await expect.poll(() => focused(page).textContent()).toBe('Add a node');
    // The next one is any dialog again.
    await add.click();
    await dialog(page).waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
  });

  it('copies without TLS, where browsers have no clipboard to give', async () => {
    const page = await owner.open('/owner');
    await page.addInitScript('delete Navigator.prototype.clipboard');
    await page.goto(`${owner.server.apiUrl}/owner/gateways`);
    await page.getByRole('button', { name: 'Add a node' }).first().click();
    const name = dialog(page).getByLabel('Name');
    await name.fill('berlin-2');
    await dialog(page).getByRole('button', { name: 'Add a node' }).click();
    const secret = (await dialog(page).locator('pre').textContent())!;
    await dialog(page).getByRole('button', { name: 'Copy' }).click();
    await dialog(page).getByRole('button', { name: 'Copied' }).waitFor();
    await expect.poll(() => focused(page).textContent()).toMatch(/Cop/);
    await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
    await page.getByRole('button', { name: 'Add a node' }).first().click();
    await name.press('Control+V');
    expect(await name.inputValue()).toBe(secret);
  });
});

describe('an action', { timeout: 4 * PATIENTLY_MS }, () => {
  it('whose answers were lost is done once, however often it is asked for', async () => {
    const page = await owner.open(`/owner/resellers/${demoId}`, { expected: LOST });
    const usd = async () => (await owner.admin('GET', `/resellers/${demoId}`)).body.balances.usd;
    const before: number = await usd();
    const isTopUp = '**/top-up';
    await page.route(isTopUp, async (route: Route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Top up' }).click();
    await dialog(page).getByLabel('What').selectOption('US dollars');
    await dialog(page).getByLabel('Amount').fill('250');
    const topUp = dialog(page).getByRole('button', { name: 'Top up' });
    await topUp.dblclick();
    await dialog(page).getByText('The server cannot be reached.').waitFor();
    expect(await usd()).toBe(before + 25_000);
    await page.unroute(isTopUp);
    await topUp.click();
    await dialog(page).waitFor({ state: 'hidden' });
    expect(await usd()).toBe(before + 25_000);
    // Another one is another one.
    await page.getByRole('button', { name: 'Top up' }).click();
    await dialog(page).getByLabel('What').selectOption('US dollars');
    await dialog(page).getByLabel('Amount').fill('250');
    await topUp.click();
    await dialog(page).waitFor({ state: 'hidden' });
    expect(await usd()).toBe(before + 50_000);
  });

  it('is done once by a double click', async () => {
    const person = { email: 'ann@example.com', name: 'Ann', role: 'reseller', reseller: 'DEMO' } as const;
    const { state } = await owner.invite(person);
    const page = await owner.open('/reseller/subscriptions', { state });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/subscriptions$/.test(request.url()) && request.method() === 'POST') asked.push(request.url());
    });
    await page.getByRole('button', { name: 'Buy a subscription' }).first().click();
    await dialog(page)
      .getByRole('button', { name: /^Buy for/ })
      .dblclick();
    await page.getByText('Slots and addresses').waitFor();
    expect(asked.length).toBe(1);
    expect((await owner.admin('GET', '/subscriptions')).body.data.length).toBe(1);
  });

  it('of a mere button says why it was refused', async () => {
    const page = await owner.open('/owner/webhooks', { expected: /status of 429/ });
    await page.getByRole('button', { name: 'Add an endpoint' }).first().click();
    await dialog(page)
      .getByLabel('Address')
      .fill(`https://hooks.example.com/${'headgate'.repeat(30)}`);
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await expectWhole(dialog(page).getByRole('alert'));
    await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
    await page.route('**/test', (route) => route.fulfill(refusal(429, 'Too many requests: wait')));
    await choose(page, /^What to do with https/, 'Send a test');
    await page.getByRole('alert').getByText('Too many requests: wait').waitFor();
    await expectReadable(page);
    await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);

    // What is opened from a row's menu gives the keyboard back to it.
    await choose(page, /^What to do with https/, 'Edit');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page).getAttribute('aria-label')).toMatch(/^What to do with https/);
    await page.getByRole('button', { name: /^https:/ }).click();
    await page.getByRole('button', { name: 'Send failed ones again' }).click();
    await expectWhole(page.locator('main section').last());
    await dialog(page).getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Sent again: 0').waitFor();
  });
});

it('pages stay while the server is away, and the one gone to comes with it', {
  timeout: 4 * PATIENTLY_MS,
}, async () => {
  const page = await owner.open('/owner/gateways', { expected: /ERR_FAILED|ApiError/ });
  await page.getByRole('button', { name: 'Add a node' }).first().waitFor();
  await page.route('**/*', (route) => route.abort());
  // Near its link a page's code is fetched.
  await page.getByRole('link', { name: 'Vouchers' }).hover();
  await page.getByText('The server does not answer.').waitFor();
  await page.getByRole('button', { name: 'Add a node' }).first().waitFor();
  await page.getByRole('link', { name: 'Plans and prices' }).click();
  await page.getByText('This could not be loaded').waitFor();
  await page.unroute('**/*');
  await heading(page, 'Plans and prices');
  await page.getByRole('link', { name: 'Vouchers' }).click();
  await heading(page, 'Vouchers');
});

describe('a list', { timeout: 4 * PATIENTLY_MS }, () => {
  it('says that its next rows could not be loaded, and loads them when asked', async () => {
    const page = await owner.open('/owner', { expected: /status of 500/ });
    let asked = 0;
    await page.route('**/api/admin/resellers?*', async (route) => {
      if (route.request().url().includes('cursor=')) {
        asked += 1;
        return route.fulfill(
          asked === 1 ? refusal(500, 'It broke') : { json: { data: [], nextCursor: null } },
        );
      }
      const first = await route.fetch();
      return route.fulfill({ response: first, json: { ...(await first.json()), nextCursor: 'further' } });
    });
    await page.getByRole('link', { name: 'Resellers' }).first().click();
    await page.getByText('More rows could not be loaded: It broke').waitFor();
    await page.getByRole('link', { name: 'Demo Store' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('1 row', { exact: true }).waitFor();
    expect(asked).toBe(2);
  });

  it('leaves the keyboard in the filter that was set', async () => {
    const page = await owner.open('/owner/audit');
    await page.getByLabel('Who', { exact: true }).fill('nobody');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing matches').waitFor();
    expect(await focused(page).getAttribute('aria-label')).toBe('Who');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    await page.getByRole('table').waitFor();
  });

  it('shows names beside figures whole on the narrowest phone', async () => {
    const person = { email: 'bea@example.com', name: 'Bea', role: 'reseller', reseller: 'DEMO' } as const;
    const { state } = await owner.invite(person);
    const page = await owner.open('/profile', { state, viewport: NARROW, language: 'de-DE' });
    const use = { product: 'residential', usedBytes: 304_000_000_000, remainingBytes: 68_700_000_000 };
    await page.route('**/api/account/overview', async (route) => {
      const answer = await route.fetch();
      const topSubusers = [{ id: 'subuser-1', username: 'DEMO_a_name_of_some_length', ...use }];
      return route.fulfill({ response: answer, json: { ...(await answer.json()), topSubusers } });
    });
    await page.goto(`${owner.server.apiUrl}/reseller`);
    await page.getByText('304 GB verbraucht, 68,7 GB übrig').waitFor();
    await expectWhole(page.getByRole('listitem').filter({ hasText: '304 GB' }).locator('span').first());
  });

  it('shows its period whole on the narrowest phone', async () => {
    const page = await owner.open('/owner/audit', { viewport: NARROW, language: 'de-DE' });
    const last = page.locator('input[type=date]').last();
    const panel = page.locator('main section').filter({ has: last });
    const [field, place] = [(await last.boundingBox())!, (await panel.boundingBox())!];
    expect(field.x + field.width).toBeLessThan(place.x + place.width);
  });
});

it('a second factor need not be set up after all', { timeout: 4 * PATIENTLY_MS }, async () => {
  const page = await owner.open('/profile');
  await heading(page, 'Profile and security');
  const panel = page.getByRole('region', { name: 'Second factor' });
  await panel.getByRole('button', { name: 'Set it up' }).click();
  await panel.getByLabel('Current password', { exact: true }).fill(OWNER.password);
  await panel.getByRole('button', { name: 'Set it up' }).click();
  await panel.getByRole('img', { name: /QR code/ }).waitFor();
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await panel.getByRole('button', { name: 'Set it up' }).waitFor();
  expect(await panel.getByRole('img').count()).toBe(0);
});
