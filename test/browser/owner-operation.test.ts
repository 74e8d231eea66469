/** What an owner does in the console: reconciling a ledger, exits, nodes, people, settings. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consoles, PATIENTLY_MS, startConsoles } from '../support/consoles.ts';
import { choose, dialog, heading } from '../support/page-parts.ts';

let owner: Consoles;
beforeAll(async () => {
  owner = await startConsoles();
}, 3 * PATIENTLY_MS);
afterAll(() => owner?.close());

describe('the owner', { timeout: 4 * PATIENTLY_MS }, () => {
  it('reconciles a ledger from a CSV, and closes the review with a note', async () => {
    const { key } = owner.installation.firstRun;
    for (const [externalRef, amount] of [
      ['txn_1', 25],
      ['txn_2', 10],
    ]) {
      const reported = await fetch(`${owner.server.apiUrl}/api/v1/reseller/credit-event`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'topup', amount_usd: amount, external_ref: externalRef }),
      });
      expect(reported.ok).toBe(true);
    }
    // Without a grace: what was reported a moment ago is judged, too.
    const page = await owner.open('/owner/settings');
    await page.getByLabel('Grace, in seconds').fill('0');
    await page.getByRole('region', { name: 'Reconciliation' }).getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => page.getByLabel('Grace, in seconds').inputValue(), { timeout: PATIENTLY_MS })
      .toBe('0');

    await page.getByRole('link', { name: 'Reconciliations' }).click();
    await heading(page, 'Reconciliations');
    await page.getByRole('button', { name: 'Reconcile a ledger' }).click();
    await dialog(page).getByLabel('Reseller').click();
    await page.getByRole('option', { name: /DEMO/ }).click();
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    await dialog(page)
      .locator('input[type=file]')
      .setInputFiles({
        name: 'ledger.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          `external_ref,kind,amount_usd,at\ntxn_1,topup,25.00,${new Date().toISOString()}\ntxn_2,topup,11.00,${new Date().toISOString()}\ntxn_9,topup,5.00,${yesterday}\n`,
        ),
      });
    await dialog(page).getByRole('button', { name: 'Send and compare' }).click();
    await heading(page, 'Reconciliation of DEMO');
    await page.getByText('2 differences').waitFor();
    const differences = page.getByRole('table', { name: 'Differences' });
    await differences.getByText('txn_9').waitFor();
    await differences.getByText('Amount differs').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Differences as CSV' }).click(),
    ]);
    expect(await download.failure()).toBeNull();

    await page.getByRole('link', { name: 'Reviews' }).click();
    await heading(page, 'Reviews');
    await page.getByRole('button', { name: 'DEMO' }).click();
    await dialog(page).getByLabel('Note').fill('Told them; they correct txn_2.');
    await dialog(page).getByRole('button', { name: 'Resolve' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    await page.getByRole('table').getByText('Told them; they correct txn_2.').waitFor();

    await page.getByRole('link', { name: 'Credit events' }).click();
    await page.getByRole('button', { name: 'txn_2' }).waitFor();
    await page.getByText('headgate log verify').waitFor();
    const checkpoint = await (await fetch(`${owner.server.apiUrl}/log/checkpoint`)).text();
    await page.getByText(checkpoint.split('\n')[2]!).first().waitFor();
  });

  it('sets up an exit, switches it off, and removes it by its name', async () => {
    const page = await owner.open('/owner/exits');
    await page.getByRole('button', { name: 'New exit' }).click();
    await dialog(page).getByLabel('Name', { exact: true }).fill('berlin-1');
    await dialog(page).getByLabel('Host').fill('203.0.113.9');
    await dialog(page).getByLabel('Port').fill('8080');
    await dialog(page).getByLabel('Country').fill('de');
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    const enabled = page.getByRole('switch', { name: 'berlin-1 is enabled' });
    expect(await enabled.isChecked()).toBe(true);
    await enabled.press('Space');
    await expect.poll(() => enabled.isChecked(), { timeout: PATIENTLY_MS }).toBe(false);
    await choose(page, 'What to do with the exit berlin-1', 'Remove');
    const remove = dialog(page).getByRole('button', { name: 'Remove' });
    expect(await remove.isDisabled()).toBe(true);
    await dialog(page).getByLabel('Type berlin-1 to confirm').fill('berlin-1');
    await remove.click();
    await page.getByText('No exit').waitFor();
  });

  it('limits where everybody may go', async () => {
    const page = await owner.open('/owner/exits');
    await page.getByLabel('Denied').fill('blocked.example.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(
        () =>
          owner.installation
            .query((sql) => sql`SELECT count(*)::int AS n FROM audit_entry WHERE action LIKE 'limit%'`)
            .then(([row]) => row!.n),
        {
          timeout: PATIENTLY_MS,
        },
      )
      .toBe(1);
    await page.reload();
    await expect
      .poll(() => page.getByLabel('Denied').inputValue(), { timeout: PATIENTLY_MS })
      .toBe('blocked.example.com');
  });

  it('adds a node and revokes it', async () => {
    const page = await owner.open('/owner/gateways');
    await page.getByRole('button', { name: 'Add a node' }).click();
    await dialog(page).getByLabel('Name').fill('berlin-1');
    await dialog(page).getByRole('button', { name: 'Add a node' }).click();
    expect(await dialog(page).locator('pre').innerText()).not.toBe('');
    await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
    await choose(page, 'What to do with the node berlin-1', 'Revoke');
    await dialog(page).getByLabel('Type berlin-1 to confirm').fill('berlin-1');
    await dialog(page).getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('table', { name: 'Nodes' }).getByText('Revoked').waitFor();
  });

  it('invites somebody by a link, and disables them', async () => {
    const page = await owner.open('/owner/people');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await dialog(page).getByLabel('Name').fill('Mia');
    await dialog(page).getByLabel('Email').fill('mia@example.com');
    await dialog(page).getByLabel('Role').selectOption('manager');
    await dialog(page).getByRole('button', { name: 'Invite somebody' }).click();
    const link = await dialog(page).locator('pre').innerText();
    expect(link.startsWith(`${owner.server.apiUrl}/`)).toBe(true);
    await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
    await choose(page, 'What to do with mia@example.com', 'Disable');
    await dialog(page).getByText('Disable mia@example.com?').waitFor();
    await dialog(page).getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('table').getByText('Disabled').waitFor();
  });

  it('changes a setting and puts it back', async () => {
    const page = await owner.open('/owner/settings');
    const low = page.getByRole('region', { name: 'Low pools' });
    await low.getByLabel('Days').fill('14');
    await low.getByRole('button', { name: 'Save' }).click();
    await low.getByText('14 days').waitFor();
    await low.getByRole('button', { name: 'Back to the default' }).click();
    await low.getByText('7 days', { exact: true }).waitFor();
  });
});
