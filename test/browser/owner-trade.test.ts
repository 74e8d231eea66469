/** What an owner does in the console: resellers, their keys, vouchers, prices, and what the audit says of it. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consoles, PATIENTLY_MS, startConsoles } from '../support/consoles.ts';
import { OwnClient } from '../support/own-api.ts';
import { choose, dialog, go, heading } from '../support/page-parts.ts';

let owner: Consoles;
beforeAll(async () => {
  owner = await startConsoles();
}, 3 * PATIENTLY_MS);
afterAll(() => owner?.close());

/** A program of a reseller. */
const clientOf = (key: string) => new OwnClient(`${owner.server.apiUrl}/api/account`, key);

describe('the owner', { timeout: 4 * PATIENTLY_MS }, () => {
  it('makes a reseller, tops it up, takes back, mints a key for it, and revokes the key', async () => {
    const page = await owner.open('/owner/resellers', { expected: /status of 401/ });
    await heading(page, 'Resellers');
    await page.getByRole('button', { name: 'New reseller' }).click();
    await dialog(page).getByLabel('Name').fill('River Proxies');
    // Refused at its field, with what was expected; what was written stays.
    await dialog(page).getByLabel('Store code').fill('RIVER');
    await dialog(page).getByLabel('Email').fill('river@example.com');
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await heading(page, 'River Proxies');

    await page.getByRole('button', { name: 'Top up' }).click();
    await dialog(page).getByLabel('Amount').fill('2.5 GB');
    await dialog(page).getByText('= 2,500,000,000 B').waitFor();
    await dialog(page).getByText('0 B now, 2.5 GB afterwards').waitFor();
    await dialog(page).getByRole('button', { name: 'Top up' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    await page
      .getByText(/^2\.5 GB/)
      .first()
      .waitFor();

    await page.getByRole('button', { name: 'Take back' }).click();
    await dialog(page).getByLabel('Amount').fill('500 MB');
    await dialog(page).getByRole('button', { name: 'Take back' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    await page.getByText(/^2 GB/).first().waitFor();

    await page.getByRole('tab', { name: 'Statement' }).click();
    const statement = page.getByRole('table', { name: 'Statement' });
    await statement.getByText('+2.5 GB').waitFor();
    await statement.getByText('-500 MB').waitFor();
    const csv = page.getByRole('link', { name: 'CSV' });
    const [download] = await Promise.all([page.waitForEvent('download'), csv.click()]);
    expect(await download.failure()).toBeNull();

    await page.getByRole('tab', { name: 'Keys' }).click();
    await page.getByRole('button', { name: 'Mint a key' }).click();
    await dialog(page).getByLabel('Name').fill('panel');
    await dialog(page).getByRole('button', { name: 'Mint a key' }).click();
    const secret = await dialog(page).locator('pre').innerText();
    expect(secret).toMatch(/^hg_live_/);
    await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
    const program = clientOf(secret);
    expect((await program.get('/subusers')).status).toBe(200);

    await choose(page, 'What to do with the key panel', 'Rotate');
    await dialog(page).getByRole('button', { name: 'Rotate' }).click();
    const successor = await dialog(page).locator('pre').innerText();
    await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
    expect((await program.get('/subusers')).status).toBe(200);
    expect((await clientOf(successor).get('/subusers')).status).toBe(200);

    // The newest is the first.
    await page.getByRole('button', { name: 'What to do with the key panel' }).first().click();
    await page.getByRole('menuitem', { name: 'Revoke' }).click();
    await dialog(page).getByText('Revoke the key panel?').waitFor();
    await dialog(page).getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('table').getByText('Revoked').waitFor();
    expect((await clientOf(successor).get('/subusers')).status).toBe(401);
    expect((await program.get('/subusers')).status).toBe(200);

    await go(page, '/owner/ledger');
    const ledger = page.getByRole('table', { name: 'Statement' });
    await ledger.getByRole('row', { name: /Taken back by the provider.*RIVER.*500 MB/ }).waitFor();
    const [books] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ]);
    expect(await readFile(await books.path(), 'utf8')).toContain('reseller.take-back,500000000');
    await ledger.getByRole('link', { name: 'RIVER' }).first().click();
    await heading(page, 'River Proxies');
  });

  it('makes a customer a reseller', async () => {
    const signedUp = await fetch(`${owner.server.apiUrl}/api/v1/reseller/signup`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${owner.demoKey}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ email: 'lake@example.com', name: 'Lake', password: 'correct-horse-42' }),
    });
    expect(signedUp.ok).toBe(true);
    const page = await owner.open('/owner/resellers', { expected: /status of (400|409|422)/ });
    await page.getByLabel('Kind of account').selectOption('Customers');
    await page.getByRole('link', { name: 'Lake' }).click();
    await heading(page, 'Lake');
    expect(await page.getByRole('tab', { name: 'Subusers' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Make it a reseller' }).click();
    await dialog(page).getByLabel('Name').fill('Lake Proxies');
    await dialog(page).getByLabel('Store code').fill('lake!');
    await dialog(page).getByRole('button', { name: 'Make it a reseller' }).click();
    await dialog(page).getByText('2 to 16 capital letters').waitFor();
    await dialog(page).getByLabel('Store code').fill('LAKE');
    await dialog(page).getByRole('button', { name: 'Make it a reseller' }).click();
    await heading(page, 'Lake Proxies');
    await page.getByRole('tab', { name: 'Subusers' }).waitFor();
  });

  it('finds, sorts and filters resellers, and keeps that in the address', async () => {
    const page = await owner.open('/owner/resellers');
    await page.getByRole('searchbox').fill('demo');
    await expect.poll(() => page.getByRole('row').count(), { timeout: PATIENTLY_MS }).toBe(2);
    await page.getByRole('button', { name: 'Balance' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('?search=demo&sort=usd');
    await page.reload();
    await page.getByRole('link', { name: 'Demo Store' }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('demo');
    await page.getByLabel('Standing').selectOption('under_review');
    await page.getByText('Nothing matches').waitFor();
  });

  it('says at the field what was refused', async () => {
    const page = await owner.open('/owner/resellers', { expected: /status of (400|409|422)/ });
    await page.getByRole('button', { name: 'New reseller' }).click();
    await dialog(page).getByLabel('Name').fill('Bad');
    await dialog(page).getByLabel('Store code').fill('not a code!');
    await dialog(page).getByLabel('Email').fill('bad@example.com');
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await expect
      .poll(() => dialog(page).getByLabel('Store code').getAttribute('aria-invalid'), {
        timeout: PATIENTLY_MS,
      })
      .toBe('true');
    expect(await dialog(page).getByLabel('Name').inputValue()).toBe('Bad');
  });

  it('makes vouchers and takes one out of use', async () => {
    const page = await owner.open('/owner/vouchers');
    await page.getByRole('button', { name: 'Make vouchers' }).first().click();
    await dialog(page).getByLabel('Amount').fill('25');
    await dialog(page).getByLabel('How many').fill('2');
    await dialog(page).getByRole('button', { name: 'Make vouchers' }).click();
    await dialog(page).getByText('2 codes').waitFor();
    expect((await dialog(page).locator('pre').innerText()).trim().split('\n')).toHaveLength(2);
    await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
    await page
      .getByRole('button', { name: /^What to do with vou_/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await dialog(page).getByText('Disable this voucher over $25.00?').waitFor();
    await dialog(page).getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('table').getByText('Disabled').waitFor();
  });

  it('changes what a plan costs', async () => {
    const page = await owner.open('/owner/plans');
    await choose(page, 'What to do with Monthly, 100 connections, 1 slot', 'Change the price');
    await dialog(page).getByLabel('Price').fill('123.45');
    await dialog(page).getByRole('button', { name: 'Change the price' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    await page.getByRole('table').getByText('$123.45').waitFor();
  });

  it('finds in the audit what was done, and what was before and after', async () => {
    const page = await owner.open('/owner/audit');
    await page.getByLabel('Action', { exact: true }).fill('plan.');
    await page.getByLabel('Action', { exact: true }).press('Enter');
    await page
      .getByRole('button', { name: /^plan\..*: show what changed/ })
      .first()
      .click();
    await dialog(page).getByText('12345').waitFor();
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
  });
});
