/** What an owner does in the console: reconciling a ledger, exits, nodes, people, settings. */
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { settled } from '../support/browser.ts';
import { type Consoles, OWNER, PATIENTLY_MS, startConsoles } from '../support/consoles.ts';
import { startOrigin } from '../support/origin.ts';
import { OwnClient } from '../support/own-api.ts';
import { choices, choose, dialog, go, heading } from '../support/page-parts.ts';
import { Tunnel } from '../support/proxy-clients.ts';

let owner: Consoles;
beforeAll(async () => {
  owner = await startConsoles();
}, 3 * PATIENTLY_MS);
afterAll(() => owner?.close());

describe('the owner', { timeout: 4 * PATIENTLY_MS }, () => {
  it('reconciles a ledger from a CSV, and closes the review with a note', async () => {
    for (const [externalRef, amount] of [
      ['txn_1', 25],
      ['txn_2', 10],
    ]) {
      const reported = await fetch(`${owner.server.apiUrl}/api/v1/reseller/credit-event`, {
        method: 'POST',
        headers: { authorization: `Bearer ${owner.demoKey}`, 'content-type': 'application/json' },
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
    const page = await owner.open('/owner/exits', { expected: /status of 4/ });
    await page.getByRole('button', { name: 'New exit' }).click();
    await dialog(page).getByLabel('Name', { exact: true }).fill('berlin-1');
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await expect.poll(() => dialog(page).getByText('Needed here').count()).toBe(2);
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

  it('limits one subuser, sees what it has open, and cuts it', async () => {
    const origin = await startOrigin();
    onTestFinished(() => origin.close());
    const [{ id: resellerId }] = (await owner.admin('GET', '/resellers')).body.data;
    const bytes = { residential: 100_000_000 };
    const made = (await owner.admin('POST', '/subusers', { resellerId, username: 'ines', bytes })).body;
    const login = (await owner.admin('GET', `/subusers/${made.id}/credentials`)).body;
    const connect = () => Tunnel.open(owner.server.gatewayUrl, login, origin.authority);

    const page = await owner.open(`/owner/resellers/${resellerId}?tab=subusers`);
    await page.getByRole('link', { name: 'DEMO_ines' }).click();
    await heading(page, 'DEMO_ines');
    await page.getByLabel('Most tunnels').fill('1');
    await page.getByLabel('Speed, a second').fill('12.5 MB');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    const limits = (await owner.admin('GET', `/subusers/${made.id}/limits`)).body;
    expect(limits).toEqual({
      maxTunnels: 1,
      tunnelsPerSecond: null,
      bytesPerSecond: 12_500_000,
      allow: [],
      deny: [],
    });

    const tunnel = await connect();
    expect(tunnel.status).toBe(200);
    await expect.poll(async () => (await connect()).status, { timeout: PATIENTLY_MS }).toBe(429);
    await go(page, '/owner/tunnels');
    await page.getByRole('button', { name: 'What to do with this tunnel of DEMO_ines' }).click();
    await page.getByRole('menuitem', { name: 'Cut', exact: true }).click();
    await dialog(page).getByText('Cut this tunnel to 127.0.0.1?').waitFor();
    await dialog(page).getByRole('button', { name: 'Cut' }).click();
    await tunnel.closed;
    await page.getByText('No tunnel is open').waitFor();
  });

  it('limits one subscription', async () => {
    const demo = new OwnClient(`${owner.server.apiUrl}/api/account`, owner.demoKey);
    const [plan] = (await demo.ok('GET', '/plans')).data;
    const { billingCycle, connections, authentications } = plan;
    const { id } = await demo.ok('POST', '/subscriptions', { billingCycle, connections, authentications });
    const page = await owner.open('/owner/subscriptions');
    await choose(page, `What to do with ${id}`, 'Limits');
    await dialog(page).getByLabel('New tunnels a second').fill('50');
    await dialog(page).getByLabel('Denied').fill('*:25');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page).getByText('Saved').waitFor();
    expect((await owner.admin('GET', `/subscriptions/${id}/limits?reseller=DEMO`)).body).toEqual({
      tunnelsPerSecond: 50,
      bytesPerSecond: null,
      allow: [],
      deny: ['*:25'],
    });
  });

  it('has a ledger fetched on a schedule, and no more', async () => {
    const page = await owner.open('/owner/resellers');
    await page.getByRole('link', { name: 'Demo Store' }).click();
    await page.getByRole('tab', { name: 'Standing' }).click();
    await page.getByText('It is not fetched').waitFor();
    await page.getByRole('button', { name: 'Fetch it on a schedule' }).click();
    await dialog(page).getByLabel('Address').fill('https://ledger.invalid/books.csv');
    await dialog(page).getByLabel('Every so many hours').fill('6');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    expect(await dialog(page).locator('pre').innerText()).toMatch(/^whsec_/);
    await dialog(page).getByRole('button', { name: 'I have saved it' }).click();
    await page.getByText('https://ledger.invalid/books.csv').waitFor();
    await page.getByText('6 hours').waitFor();
    await page.getByRole('button', { name: 'Fetch no more' }).click();
    await dialog(page).getByText('Fetch the ledger of DEMO no more?').waitFor();
    await dialog(page).getByRole('button', { name: 'Fetch no more' }).click();
    await page.getByText('It is not fetched').waitFor();
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

  it('removes the second factor of somebody who has lost it', async () => {
    const { person } = await owner.invite({ email: 'noa@example.com', name: 'Noa', role: 'manager' });
    const ask = (path: string, body: object) => person.ask('POST', `/api/session/second-factor${path}`, body);
    const { body: enrolment } = await ask('/enrol', { password: OWNER.password });
    const code = new TOTP({ secret: Secret.fromBase32(enrolment.secret) }).generate();
    expect((await ask('/confirm', { code })).status).toBe(200);
    const steps = async () => (await person.signIn('noa@example.com', OWNER.password)).body.step;
    expect(await steps()).toBe('second-factor');

    const page = await owner.open('/owner/people');
    await choose(page, 'What to do with noa@example.com', 'Remove the second factor');
    await dialog(page).getByText('Remove the second factor of noa@example.com?').waitFor();
    await dialog(page).getByRole('button', { name: 'Remove the second factor' }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    expect(await steps()).toBe('signed-in');
    // There is none to remove any more.
    expect(await choices(page, 'What to do with noa@example.com')).not.toContain('Remove the second factor');
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

/** Everything that is offered to change something on a page: buttons, but for those of filters and the frame. */
async function offers(page: Page, path: string, ...names: string[]): Promise<string[]> {
  await go(page, path);
  await heading(page, /./);
  await settled(page);
  const main = page.locator('main');
  const counts = await Promise.all(names.map((name) => main.getByRole('button', { name }).count()));
  return names.filter((_, index) => counts[index]! > 0);
}
/** Where something can be changed, and what offers it: what a manager may as well comes first. */
const CHANGES: readonly [path: string, managers: string[], owners: string[]][] = [
  ['/owner/resellers', ['New reseller'], []],
  ['/owner/plans', ['Change the tax rate', 'What to do with'], []],
  ['/owner/vouchers', ['Make vouchers'], []],
  ['/owner/reconciliations', ['Reconcile a ledger'], []],
  ['/owner/webhooks', ['Add an endpoint'], []],
  ['/owner/gateways', [], ['Add a node']],
  ['/owner/exits', [], ['New exit', 'Save']],
  ['/owner/settings', [], ['Save']],
  ['/owner/keys', [], ['Mint a key', 'What to do with']],
  ['/owner/people', [], ['Invite somebody', 'What to do with']],
];

describe.each(['manager', 'viewer'] as const)('a %s', (role) => {
  it('is offered what the role may do, and refused the rest', { timeout: 4 * PATIENTLY_MS }, async () => {
    const { person, state } = await owner.invite({ email: `${role}@example.com`, name: role, role });
    const page = await owner.open('/owner', { state });
    for (const [path, managers, owners] of CHANGES) {
      const found = await offers(page, path, ...managers, ...owners);
      expect(found, path).toEqual(role === 'manager' ? managers : []);
    }
    await go(page, '/owner/resellers');
    await page.getByRole('link', { name: 'Demo Store' }).click();
    await heading(page, 'Demo Store');
    const mayMove = role === 'manager' ? 1 : 0;
    expect(await page.getByRole('button', { name: 'Top up' }).count()).toBe(mayMove);
    expect(await page.getByRole('button', { name: 'Freeze the money' }).count()).toBe(mayMove);
    await page.getByRole('tab', { name: 'Standing' }).click();
    await page.getByText('It is not fetched').waitFor();
    expect(await page.getByRole('button', { name: 'Fetch it on a schedule' }).count()).toBe(0);

    const post = async (path: string, body: object) =>
      (await person.ask('POST', `/api/admin${path}`, body)).status;
    const reseller = { storeCode: `${role.toUpperCase()}S`, storeName: role, email: `${role}s@example.com` };
    expect(await post('/resellers', reseller)).toBe(role === 'manager' ? 201 : 403);
    expect(await post('/keys', { owner: 'DEMO', name: 'mine', scopes: ['reseller:read'] })).toBe(403);
    const friend = { email: 'friend@example.com', name: 'Friend', role: 'owner' };
    expect(await post('/people', friend)).toBe(403);
    const source = { url: 'https://ledger.invalid/', everyHours: 1 };
    const set = await person.ask('PUT', '/api/admin/resellers/DEMO/ledger-source', source);
    expect(set.status).toBe(403);
  });
});
