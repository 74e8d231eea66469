/**
 * Every kind of change leaves in the audit who made it, what it was, on whom, from where, and what was before and after: one after
 * the other, and none is missing here that the core can write. What the doors add is shown in `test/own/audit.test.ts`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { type TOTP, URI } from 'otpauth';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ANOTHER_SECRET, SECRET } from '../../src/core/audit/audit.ts';
import type { Invocation } from '../../src/core/command.ts';
import type { Core } from '../../src/core/core.ts';
import { WEBHOOK_TYPES } from '../../src/core/webhooks/types.ts';
import { deliverWebhooks } from '../../src/jobs/deliver-webhooks.ts';
import { compareLedgers, fetchLedgers } from '../../src/jobs/reconcile.ts';
import { Outgoing } from '../../src/outgoing/outgoing.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const PASSWORD = 'a-good-password';
const NEW_PASSWORD = 'a-better-password';
const ADDRESS = '198.51.100.9';
const BY: Invocation = {
  actor: { name: 'key:key_test', accountId: null, door: 'admin-api', address: ADDRESS },
};
const SYSTEM = { actor: 'system', door: 'job', address: null };
const WEEKLY = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 } as const;
const PERIOD = { from: new Date('2026-06-01'), to: new Date('2026-06-08') };
const BYTES = 1_000_000n;

const clock = new ManualClock('2026-06-10T00:00:00.000Z');
let api: TestApi;
let core: Core;
let receiver: WebhookReceiver;
let store: { accountId: bigint; id: string };
/** What was handed out or given, and must not be found in the audit. */
const secrets = new Set([PASSWORD, NEW_PASSWORD]);
/** Made by one case, and used by those after it. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await createTestApi({ clock });
  core = api.core;
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await api.close();
});

interface Entry {
  actor: string;
  door: string;
  address: string | null;
  action: string;
  subject: string;
  details: Record<string, unknown>;
}

interface Case {
  action: string;
  work: () => Promise<unknown>;
  /** How its subject begins. */
  on: string;
  /** What details must hold; of an act, which changes nothing, neither `before` nor `after`. */
  details: Record<string, unknown>;
  /** Who it was, where it is not the caller. */
  by?: Partial<Entry>;
}

const keep = (name: string, value: string) => {
  ids[name] = value;
};
const secret = <T extends string>(value: T): T => {
  secrets.add(value);
  return value;
};
const job = async (which: typeof fetchLedgers) => {
  const outgoing = new Outgoing(['127.0.0.0/8']);
  await which.run(core, { outgoing, ending: new AbortController().signal });
};
/** What the authenticator shows at the clock's time. */
const code = () => (URI.parse(ids.otpauth!) as TOTP).generate({ timestamp: clock.now().getTime() });
const origin = { address: ADDRESS, userAgent: 'test' };
const person = () => ({ actor: `person:${ids.person}`, door: 'console', address: ADDRESS });
const aPassword = { before: { password: SECRET }, after: { password: ANOTHER_SECRET } };

const cases: Case[] = [
  {
    action: 'owner.create',
    work: () => core.accounts.ensureOwner(BY, 'owner@example.com', PASSWORD),
    on: 'account:acc_',
    details: { before: null, after: { email: 'owner@example.com' } },
  },
  {
    action: 'reseller.create',
    work: async () => {
      const email = 'store@example.com';
      const made = { storeCode: 'STORE', storeName: 'Store', email, password: PASSWORD };
      const { id } = await core.accounts.createReseller(BY, made);
      store = { id, accountId: (await core.accounts.find('STORE')).id };
    },
    on: 'account:acc_',
    details: { before: null, after: { email: 'store@example.com', storeCode: 'STORE', storeName: 'Store' } },
  },
  {
    action: 'reseller.topup',
    work: async () => {
      await core.accounts.topUp(BY, 'STORE', 'usd', 100_000n);
      await core.administration.moveStock(BY, store.id, 'residential', 100n * BYTES, 'a gift');
    },
    on: 'account:acc_',
    details: {
      asset: 'residential',
      note: 'a gift',
      before: { balance: '0' },
      after: { balance: '100000000' },
    },
  },
  {
    action: 'reseller.take-back',
    work: () => core.administration.moveStock(BY, store.id, 'usd', -500n, null),
    on: 'account:acc_',
    details: { amount: '-500', before: { balance: '100000' }, after: { balance: '99500' } },
  },
  {
    action: 'key.mint',
    work: async () => {
      const scopes = ['reseller:read', 'reseller:credit'];
      const minted = await core.keys.mint(BY, { accountId: store.accountId, name: 'panel', scopes });
      keep('key', minted.id);
      secret(minted.secret);
    },
    on: 'key:key_',
    details: { before: null, after: { name: 'panel', scopes: ['reseller:read', 'reseller:credit'] } },
  },
  {
    action: 'key.rotate',
    work: async () => {
      const minted = await core.keys.rotate(BY, ids.key!, 3600_000);
      secret(minted.secret);
      keep('successor', minted.id);
    },
    on: 'key:key_',
    details: {
      before: { expiresAt: null, successor: null },
      after: { expiresAt: '2026-06-10T01:00:00.000Z', successor: expect.stringMatching(/^key_/) },
    },
  },
  {
    action: 'key.revoke',
    work: () => core.keys.revoke(BY, ids.key!),
    on: 'key:key_',
    details: { before: { revokedAt: null }, after: { revokedAt: '2026-06-10T00:00:00.000Z' } },
  },
  {
    action: 'node.create',
    work: async () => {
      const node = await core.nodes.create(BY, { name: 'gw1' });
      secret(node.secret);
    },
    on: 'node:node_',
    details: { before: null, after: { name: 'gw1', expiresAt: null } },
  },
  {
    action: 'node.rotate',
    work: async () => secret((await core.nodes.rotate(BY, 'gw1', 3600_000)).secret),
    on: 'node:node_',
    details: {
      name: 'gw1',
      before: { token: expect.stringMatching(/^hg_node_.{4}$/) },
      after: {
        token: expect.stringMatching(/^hg_node_.{4}$/),
        oldTokensEndAt: '2026-06-10T01:00:00.000Z',
      },
    },
  },
  {
    action: 'node.revoke',
    work: () => core.nodes.revoke(BY, 'gw1'),
    on: 'node:node_',
    details: { before: { revokedAt: null }, after: { revokedAt: '2026-06-10T00:00:00.000Z' } },
  },
  {
    action: 'exit.create',
    work: () =>
      core.exits.create(BY, {
        name: 'up',
        kind: 'http',
        host: 'upstream.example.com',
        port: 8080,
        username: 'login',
        password: secret('upstream-secret'),
        passwordTemplate: secret('literal-in-a-template-{password}'),
      }),
    on: 'exit:exit_',
    details: { before: null, after: { name: 'up', host: 'upstream.example.com', login: SECRET } },
  },
  {
    action: 'exit.update',
    work: () => core.exits.update(BY, 'up', { weight: 7, password: secret('upstream-secret-2') }),
    on: 'exit:exit_',
    details: { before: { weight: 1, login: SECRET }, after: { weight: 7, login: ANOTHER_SECRET } },
  },
  {
    action: 'exit.remove',
    work: () => core.exits.remove(BY, 'up'),
    on: 'exit:exit_',
    details: { before: { name: 'up', weight: 7, login: SECRET }, after: null },
  },
  {
    action: 'webhook.create',
    work: async () => {
      // Its messages are never taken: it is switched off for that.
      receiver.answer = 410;
      const made = await core.webhooks.create(BY, store.accountId, { url: `${receiver.url}/in` });
      keep('webhook', made.id);
      secret(made.secret);
    },
    on: 'webhook:wh_',
    details: { before: null, after: { description: '', types: [], enabled: true } },
  },
  {
    action: 'webhook.update',
    work: () => core.webhooks.update(BY, store.accountId, ids.webhook!, { types: ['key.revoked'] }),
    on: 'webhook:wh_',
    details: { before: { types: [] }, after: { types: ['key.revoked'] } },
  },
  {
    action: 'webhook.rotate-secret',
    work: async () =>
      secret((await core.webhooks.rotateSecret(BY, store.accountId, ids.webhook!, 3600_000)).secret),
    on: 'webhook:wh_',
    details: {
      before: { secret: SECRET },
      after: { secret: ANOTHER_SECRET, previousSecretUntil: '2026-06-10T01:00:00.000Z' },
    },
  },
  {
    action: 'webhook.test',
    work: () => core.webhooks.test(BY, store.accountId, ids.webhook!),
    on: 'webhook:wh_',
    details: { eventId: expect.stringMatching(/^evt_/) },
  },
  {
    action: 'webhook.switch-off',
    work: () => job(deliverWebhooks),
    on: 'webhook:wh_',
    details: { reason: 'it answered 410 Gone', before: { enabled: true }, after: { enabled: false } },
    by: SYSTEM,
  },
  {
    action: 'webhook.replay',
    work: async () => {
      const { rows } = await core.webhooks.deliveries(store.accountId, ids.webhook!, { limit: 1 });
      await core.webhooks.replay(BY, store.accountId, ids.webhook!, rows[0]!.id);
    },
    on: 'webhook:wh_',
    details: { deliveryId: expect.stringMatching(/^dlv_/) },
  },
  {
    action: 'webhook.replay-failed',
    work: () => core.webhooks.replayFailed(BY, store.accountId, ids.webhook!, PERIOD.from),
    on: 'webhook:wh_',
    details: { since: PERIOD.from.toISOString(), count: 0 },
  },
  {
    action: 'webhook.delete',
    work: () => core.webhooks.delete(BY, store.accountId, ids.webhook!),
    on: 'webhook:wh_',
    details: { before: { types: ['key.revoked'], enabled: false }, after: null },
  },
  {
    action: 'subuser.create',
    work: async () => {
      const email = 'a@example.com';
      const fee = { feeBytes: BYTES, product: 'residential', bytes: 5n * BYTES } as const;
      const made = await core.subusers.create(BY, store.accountId, { username: 'ann', email, ...fee });
      keep('subuser', made.id);
      secret(made.password);
    },
    on: 'subuser:subuser-',
    details: {
      feeBytes: '1000000',
      before: null,
      after: {
        username: 'STORE_ann',
        email: 'a@example.com',
        bytes: { residential: '5000000', mobile: '0' },
      },
    },
  },
  {
    action: 'subuser.create',
    work: async () => {
      const items = [{ username: 'bob', bytes: { residential: BYTES } }];
      const [made] = await core.subusers.createMany(BY, store.accountId, items);
      if (made?.ok) secret(made.subuser.password);
    },
    on: 'subuser:subuser-',
    details: { before: null, after: { username: 'STORE_bob', bytes: { residential: '1000000' } } },
  },
  {
    action: 'subuser.show-credentials',
    work: () => core.subusers.showCredentials(BY, store.accountId, ids.subuser!),
    on: 'subuser:subuser-',
    details: { username: 'STORE_ann' },
  },
  {
    action: 'subuser.set-password',
    work: () =>
      core.subusers.setPassword(BY, store.accountId, ids.subuser!, secret('another-proxy-password')),
    on: 'subuser:subuser-',
    details: { username: 'STORE_ann', ...aPassword },
  },
  {
    action: 'subuser.set-password',
    work: async () => secret((await core.subusers.resetPassword(BY, store.accountId, ids.subuser!)).password),
    on: 'subuser:subuser-',
    details: { username: 'STORE_ann', ...aPassword },
  },
  {
    action: 'subuser.whitelist-add',
    work: async () => {
      await core.subusers.addAddress(BY, store.accountId, ids.subuser!, '203.0.113.1');
      await core.subusers.addAddress(BY, store.accountId, ids.subuser!, '203.0.113.64/30');
    },
    on: 'subuser:subuser-',
    details: {
      username: 'STORE_ann',
      before: { whitelist: ['203.0.113.1'] },
      after: { whitelist: ['203.0.113.1', '203.0.113.64/30'] },
    },
  },
  {
    action: 'subuser.whitelist-remove',
    work: () => core.subusers.removeAddress(BY, store.accountId, ids.subuser!, '203.0.113.1'),
    on: 'subuser:subuser-',
    details: {
      before: { whitelist: ['203.0.113.1', '203.0.113.64/30'] },
      after: { whitelist: ['203.0.113.64/30'] },
    },
  },
  {
    action: 'subuser.bandwidth-add',
    work: () =>
      // In one batch: each says what it found and left.
      Promise.all(
        [2n, 3n].map((mb) =>
          core.subusers.moveBandwidth(BY, store.accountId, ids.subuser!, 'residential', 'ADD', mb * BYTES),
        ),
      ),
    on: 'subuser:subuser-',
    details: {
      username: 'STORE_ann',
      product: 'residential',
      bytes: '3000000',
      before: { poolBytes: '91000000', balanceBytes: '7000000' },
      after: { poolBytes: '88000000', balanceBytes: '10000000' },
    },
  },
  {
    action: 'subuser.bandwidth-remove',
    work: () =>
      core.subusers.moveBandwidth(BY, store.accountId, ids.subuser!, 'residential', 'REMOVE', 4n * BYTES),
    on: 'subuser:subuser-',
    details: {
      bytes: '4000000',
      before: { poolBytes: '88000000', balanceBytes: '10000000' },
      after: { poolBytes: '92000000', balanceBytes: '6000000' },
    },
  },
  {
    action: 'limits.set-installation',
    work: () => core.limits.setInstallationLimits(BY, { deny: ['*:25'] }),
    on: 'installation',
    details: { before: { deny: [] }, after: { deny: ['*:25'] } },
  },
  {
    action: 'limits.set-reseller',
    work: () => core.limits.setResellerLimits(BY, 'STORE', { deny: ['*:465'] }),
    on: 'account:acc_',
    details: { before: { deny: [] }, after: { deny: ['*:465'] } },
  },
  {
    action: 'limits.set-subuser',
    work: () => core.limits.setSubuserLimits(BY, store.accountId, ids.subuser!, { maxTunnels: 5 }),
    on: 'subuser:subuser-',
    details: { username: 'STORE_ann', before: { maxTunnels: null }, after: { maxTunnels: 5 } },
  },
  {
    action: 'tunnels.cut',
    work: () => core.tunnels.cut(BY, { subuser: 'STORE_ann' }),
    on: 'tunnels',
    details: { subuser: 'STORE_ann' },
  },
  {
    action: 'subuser.delete',
    work: () => core.subusers.remove(BY, store.accountId, ids.subuser!),
    on: 'subuser:subuser-',
    details: { returnedBytes: { residential: '6000000' }, before: { username: 'STORE_ann' }, after: null },
  },
  {
    action: 'plan.set-price',
    work: () => core.plans.setPrice(BY, WEEKLY, 2500n),
    on: 'plan:',
    details: { before: { grossCents: '2000' }, after: { grossCents: '2500' } },
  },
  {
    action: 'plan.set-tax-rate',
    work: () => core.plans.setTaxRate(BY, 700),
    on: 'plan:all',
    details: { before: expect.anything(), after: { taxBasisPoints: 700 } },
  },
  {
    action: 'subscription.create',
    work: async () => {
      const { id } = await core.subscriptions.create(BY, store.accountId, WEEKLY);
      keep('subscription', id);
    },
    on: 'subscription:su_',
    details: { grossCents: '2500', before: null, after: { ...WEEKLY, status: 'ACTIVE' } },
  },
  {
    action: 'limits.set-subscription',
    work: () =>
      core.limits.setSubscriptionLimits(BY, store.accountId, ids.subscription!, { tunnelsPerSecond: 9 }),
    on: 'subscription:su_',
    details: { before: { tunnelsPerSecond: null }, after: { tunnelsPerSecond: 9 } },
  },
  {
    action: 'subscription.bind',
    work: () => core.subscriptions.bind(BY, store.accountId, ids.subscription!, '203.0.113.9'),
    on: 'subscription:su_',
    details: { before: null, after: { address: '203.0.113.9' } },
  },
  {
    action: 'subscription.unbind',
    work: () => core.subscriptions.unbind(BY, store.accountId, ids.subscription!, '203.0.113.9'),
    on: 'subscription:su_',
    details: { before: { address: '203.0.113.9' }, after: null },
  },
  {
    action: 'subscription.suspend',
    work: () => core.subscriptions.suspend(BY, store.accountId, ids.subscription!),
    on: 'subscription:su_',
    details: { before: { status: 'ACTIVE' }, after: { status: 'SUSPENDED' } },
  },
  {
    action: 'subscription.resume',
    work: () => core.subscriptions.resume(BY, store.accountId, ids.subscription!),
    on: 'subscription:su_',
    details: { before: { status: 'SUSPENDED' }, after: { status: 'ACTIVE' } },
  },
  {
    action: 'subscription.auto-renewal',
    work: () => core.subscriptions.setAutoRenewal(BY, store.accountId, ids.subscription!, true),
    on: 'subscription:su_',
    details: { before: { autoRenewal: false }, after: { autoRenewal: true } },
  },
  {
    action: 'subscription.update',
    work: () =>
      core.subscriptions.update(BY, store.accountId, ids.subscription!, { ...WEEKLY, authentications: 2 }),
    on: 'subscription:su_',
    details: { before: { authentications: 1 }, after: { authentications: 2 } },
  },
  {
    action: 'subscription.cancel',
    work: () => core.subscriptions.cancel(BY, store.accountId, ids.subscription!),
    on: 'subscription:su_',
    details: { before: { canceled: false }, after: { canceled: true } },
  },
  {
    action: 'subscription.expire',
    work: async () => {
      clock.advance(8 * 24 * 3600_000);
      await core.subscriptions.expireDue(BY);
    },
    on: 'subscription:su_',
    details: {
      renewed: false,
      before: { status: 'ACTIVE', periodEnd: '2026-06-17T00:00:00.000Z' },
      after: { status: 'TERMINATED' },
    },
  },
  {
    action: 'subscription.renew',
    work: async () => {
      const { id } = await core.subscriptions.create(BY, store.accountId, WEEKLY);
      clock.advance(8 * 24 * 3600_000);
      await core.subscriptions.expireDue(BY);
      await core.subscriptions.renew(BY, store.accountId, id);
    },
    on: 'subscription:su_',
    details: { before: { status: 'STOPPED' }, after: { status: 'ACTIVE' } },
  },
  {
    action: 'credit-log.make-key',
    work: () => core.creditLog.sign(),
    on: 'credit-log',
    details: { before: null, after: { vkey: expect.stringMatching(/^headgate\/credit-log\//) } },
    by: SYSTEM,
  },
  {
    action: 'credit-log.rotate-key',
    work: () => core.creditLog.rotateKey(BY),
    on: 'credit-log',
    details: { before: { vkey: expect.any(String) }, after: { vkey: expect.any(String) } },
  },
  {
    action: 'credit-event.record',
    work: () => recordEvent(2500n),
    on: 'credit-event:ev_',
    details: { before: null, after: { seq: '0', kind: 'topup', cents: '2500', externalRef: 'order-1' } },
  },
  {
    action: 'credit-event.record',
    work: () => recordEvent(2400n),
    on: 'credit-event:ev_',
    details: {
      reported: { kind: 'topup', cents: '2400' },
      before: { kind: 'topup', cents: '2500' },
      after: { kind: 'topup', cents: '2500' },
    },
  },
  {
    action: 'review.resolve',
    work: async () => {
      const { rows } = await core.reviews.list({ limit: 1, isOpen: true });
      await core.reviews.resolve(BY, rows[0]!.id, 'A typing error.');
    },
    on: 'review:rev_',
    details: { note: 'A typing error.', before: { standing: 'under_review' }, after: { standing: 'good' } },
  },
  {
    action: 'review.open',
    work: () => recordEvent(2300n),
    on: 'review:rev_',
    details: {
      cause: expect.stringMatching(/^credit-event:ev_/),
      before: { standing: 'good' },
      after: { standing: 'under_review' },
    },
  },
  {
    action: 'reconciliation.settings',
    work: () => core.reconciliationSettings.change(BY, { reviewFrom: 3 }),
    on: 'installation',
    details: { before: { reviewFrom: 1 }, after: { reviewFrom: 3 } },
  },
  {
    action: 'reconciliation.begin',
    work: async () => {
      const { id } = await core.reconciliations.begin(BY, store.accountId, PERIOD);
      keep('reconciliation', id);
    },
    on: 'reconciliation:rec_',
    details: { before: null, after: { source: 'upload', status: 'waiting' } },
  },
  {
    action: 'reconciliation.receive',
    work: () =>
      core.reconciliations.receive(
        BY,
        store.accountId,
        ids.reconciliation!,
        Readable.from(['external_ref,kind,amount_usd,at\nx,topup,1.00,2026-06-03T10:00:00Z\n']),
        'csv',
      ),
    on: 'reconciliation:rec_',
    details: { format: 'csv', before: { status: 'waiting' }, after: { status: 'reading', attempt: 1 } },
  },
  {
    action: 'reconciliation.finish',
    work: () => job(compareLedgers),
    on: 'reconciliation:rec_',
    details: { before: { status: 'matching' }, after: { status: 'done', missing_here: '1' } },
    by: SYSTEM,
  },
  {
    action: 'reconciliation-source.set',
    work: async () => {
      const source = { url: `${receiver.url}/ledger`, everyHours: 24, enabled: true };
      const made = await core.ledgerSources.set(BY, store.accountId, source);
      secret(made.secret!);
      const again = { ...source, everyHours: 12, newSecret: true };
      secret((await core.ledgerSources.set(BY, store.accountId, again)).secret!);
    },
    on: 'account:acc_',
    details: {
      before: { everyHours: 24, secret: SECRET },
      after: { everyHours: 12, enabled: true, secret: ANOTHER_SECRET },
    },
  },
  {
    action: 'reconciliation.fail',
    work: () => job(fetchLedgers),
    on: 'reconciliation:rec_',
    details: { before: { status: 'waiting' }, after: { status: 'failed', error: 'answered 410' } },
    by: SYSTEM,
  },
  {
    action: 'reconciliation-source.remove',
    work: () => core.ledgerSources.remove(BY, store.accountId),
    on: 'account:acc_',
    details: { before: { everyHours: 12 }, after: null },
  },
  {
    action: 'setting.change',
    work: () => core.settings.change(BY, 'lowPoolDays', 42n),
    on: 'setting:lowPoolDays',
    details: { before: { value: expect.any(String) }, after: { value: '42' } },
  },
  {
    action: 'account.sign-up',
    work: async () => {
      const email = 'c@example.com';
      const minted = await core.keys.mint(BY, {
        accountId: store.accountId,
        name: 'shop',
        scopes: ['reseller:signup'],
      });
      const via = (await core.keys.authenticate(secret(minted.secret)))!.keyId;
      await core.accounts.signUp(BY, { email, name: 'C', password: PASSWORD }, via);
      keep('customer', (await core.accounts.find(email)).publicId);
    },
    on: 'account:acc_',
    details: { before: null, after: { email: 'c@example.com', name: 'C' } },
  },
  {
    action: 'account.set-password',
    work: () => core.accounts.setPassword(BY, 'c@example.com', NEW_PASSWORD),
    on: 'account:acc_',
    details: { email: 'c@example.com', ...aPassword },
  },
  {
    action: 'user-token.issue',
    work: async () => {
      const issue = () => core.accounts.issueUserToken(BY, 'c@example.com', NEW_PASSWORD);
      secret((await issue())!.secret);
      clock.advance(3600_000);
      secret((await issue())!.secret);
    },
    on: 'account:acc_',
    details: {
      before: { token: expect.stringMatching(/^key_/) },
      after: { token: expect.stringMatching(/^key_/) },
    },
    by: { actor: expect.stringMatching(/^account:acc_/) },
  },
  {
    action: 'account.update',
    work: () => core.administration.update(BY, ids.customer!, { name: 'Carla' }),
    on: 'account:acc_',
    details: { before: { name: 'C' }, after: { name: 'Carla' } },
  },
  {
    action: 'account.promote',
    work: () => core.administration.promote(BY, ids.customer!, 'CARLA', 'Carla’s'),
    on: 'account:acc_',
    details: { before: { tier: 'STANDARD' }, after: { tier: 'RESELLER', storeCode: 'CARLA' } },
  },
  {
    action: 'credits.grant',
    work: () => core.credits.grant(BY, 'c@example.com', 700n, 'sorry'),
    on: 'account:acc_',
    details: { note: 'sorry', before: { balanceCents: '0' }, after: { balanceCents: '700' } },
  },
  {
    action: 'voucher.create',
    work: async () => {
      const vouchers = { cents: 300n, count: 1, maxUses: 2, expiresAt: null };
      const made = await core.vouchers.create(BY, vouchers);
      keep('voucher', made.ids[0]!);
      keep('code', secret(made.codes[0]!));
    },
    on: 'voucher:',
    details: { before: null, after: { cents: '300', maxUses: 2, expiresAt: null } },
  },
  {
    action: 'voucher.redeem',
    work: () => core.vouchers.redeem(BY, store.accountId, ids.code!),
    on: 'voucher:',
    details: { cents: '300', before: { uses: 0 }, after: { uses: 1, balanceCents: expect.any(String) } },
  },
  {
    action: 'voucher.disable',
    work: () => core.vouchers.disable(BY, ids.voucher!),
    on: 'voucher:',
    details: { before: { disabledAt: null }, after: { disabledAt: expect.any(String) } },
  },
  {
    action: 'credits.freeze',
    work: () => core.credits.setFrozen(BY, 'c@example.com', true),
    on: 'account:acc_',
    details: { before: { frozen: false }, after: { frozen: true } },
  },
  {
    action: 'person.create',
    work: async () => {
      const accountId = await core.accounts.ownerId();
      const made = { accountId, email: 'p@example.com', name: 'P', role: 'viewer' } as const;
      keep('person', (await core.people.create(BY, made, PASSWORD)).id);
    },
    on: 'person:prs_',
    details: { before: null, after: { email: 'p@example.com', role: 'viewer' } },
  },
  {
    action: 'person.invite',
    work: async () => {
      const accountId = await core.accounts.ownerId();
      const made = { accountId, email: 'q@example.com', name: 'Q', role: 'viewer' } as const;
      const { person, token } = await core.people.invite(BY, made);
      keep('invited', person.id);
      secret(token);
    },
    on: 'person:prs_',
    details: { before: null, after: { email: 'q@example.com' } },
  },
  {
    action: 'person.renew-invitation',
    work: async () => keep('token', secret((await core.people.renewInvitation(BY, ids.invited!)).token)),
    on: 'person:prs_',
    details: { before: { expiresAt: expect.any(String) }, after: { expiresAt: expect.any(String) } },
  },
  {
    action: 'person.take-up-invitation',
    work: () => core.people.takeUpInvitation(origin, ids.token!, PASSWORD),
    on: 'person:prs_',
    details: {
      before: { state: 'invited', password: null },
      after: { state: 'active', password: ANOTHER_SECRET },
    },
    by: { actor: 'invitation', door: 'console' },
  },
  {
    action: 'person.change-role',
    work: () => core.people.changeRole(BY, ids.invited!, 'manager'),
    on: 'person:prs_',
    details: { before: { role: 'viewer' }, after: { role: 'manager' } },
  },
  {
    action: 'person.disable',
    work: () => core.people.setDisabled(BY, ids.invited!, true),
    on: 'person:prs_',
    details: { before: { state: 'active' }, after: { state: 'disabled' } },
  },
  {
    action: 'person.enable',
    work: () => core.people.setDisabled(BY, ids.invited!, false),
    on: 'person:prs_',
    details: { before: { state: 'disabled' }, after: { state: 'active' } },
  },
  {
    action: 'person.unlock',
    work: async () => {
      await core.sessions.signIn(origin, 'p@example.com', secret('a-wrong-password')).catch(() => {});
      await core.people.unlock(BY, ids.person!);
    },
    on: 'person:prs_',
    details: { before: { wrongGuesses: 1 }, after: { wrongGuesses: 0 } },
  },
  {
    action: 'session.sign-in',
    work: async () => keep('session', (await signIn()).sessionId),
    on: 'person:prs_',
    details: { before: null, after: { session: expect.stringMatching(/^ses_/), secondFactorDue: false } },
    get by() {
      return person();
    },
  },
  {
    action: 'person.change-password',
    work: async () => {
      const { identity } = await signIn();
      await core.sessions.changePassword(BY, identity, PASSWORD, NEW_PASSWORD);
    },
    on: 'person:prs_',
    details: { otherSessions: 'ended', ...aPassword },
  },
  {
    action: 'second-factor.enrol',
    work: async () => {
      const made = await core.secondFactor.enrol(BY, ids.person!);
      keep('otpauth', made.otpauthUri);
      secret(made.secret);
    },
    on: 'person:prs_',
    details: { before: { authenticator: null }, after: { authenticator: ANOTHER_SECRET } },
  },
  {
    action: 'second-factor.confirm',
    work: async () => {
      for (const one of await core.secondFactor.confirm(BY, ids.person!, ids.session!, code())) secret(one);
    },
    on: 'person:prs_',
    details: { before: { hasSecondFactor: false }, after: { hasSecondFactor: true } },
  },
  {
    action: 'second-factor.renew-recovery-codes',
    work: async () => {
      for (const one of await core.secondFactor.renewRecoveryCodes(BY, ids.person!)) secret(one);
    },
    on: 'person:prs_',
    details: { before: { recoveryCodes: SECRET }, after: { recoveryCodes: ANOTHER_SECRET } },
  },
  {
    action: 'session.give-code',
    work: async () => {
      const { token } = await core.sessions.signIn(origin, 'p@example.com', NEW_PASSWORD);
      // A code is good once.
      clock.advance(60_000);
      const signedIn = await core.sessions.giveCode(origin, secret(token), secret(code()));
      keep('session', (await core.sessions.recognise(secret(signedIn.token)))!.sessionId);
    },
    on: 'person:prs_',
    details: { used: 'authenticator', before: null, after: { secondFactorDue: false } },
    get by() {
      return person();
    },
  },
  {
    action: 'session.end',
    work: () => core.sessions.end(BY, ids.person!, ids.session!),
    on: 'person:prs_',
    details: { before: { session: expect.stringMatching(/^ses_/) }, after: null },
  },
  {
    action: 'second-factor.disable',
    work: () => core.secondFactor.disable(BY, ids.person!, 'ses_none'),
    on: 'person:prs_',
    details: { before: { hasSecondFactor: true }, after: { hasSecondFactor: false } },
  },
  {
    action: 'person.remove-second-factor',
    work: () => core.people.removeSecondFactor(BY, ids.person!),
    on: 'person:prs_',
    details: { before: { hasSecondFactor: false }, after: { hasSecondFactor: false } },
  },
];

async function recordEvent(cents: bigint) {
  const { accountId } = store;
  const [key] = await api.database.sql<{ keyId: bigint }[]>`
    SELECT id AS "keyId" FROM api_key WHERE public_id = ${ids.successor!}`;
  const event = { kind: 'topup', cents, externalRef: 'order-1', meta: null };
  await core.creditEvents.record(BY, { keyId: key!.keyId, accountId }, event);
}

async function signIn() {
  const { token } = await core.sessions.signIn(origin, 'p@example.com', PASSWORD);
  const identity = (await core.sessions.recognise(secret(token)))!;
  return { identity, sessionId: identity.sessionId };
}

it.each(cases)('$action', async ({ action, work, on, details, by }) => {
  const [{ last }] = (await api.database
    .sql`SELECT coalesce(max(id), 0) AS last FROM audit_entry`) as unknown as [{ last: bigint }];
  await work();
  const entries = await api.database.sql<Entry[]>`
    SELECT actor, door, host(address) AS address, action, subject, details
      FROM audit_entry WHERE id > ${last} AND action = ${action} ORDER BY id`;
  expect(entries.length).toBeGreaterThan(0);
  const who = { actor: 'key:key_test', door: 'admin-api', address: ADDRESS, ...by };
  for (const entry of entries) {
    expect(entry).toMatchObject(who);
    const states = Object.keys(entry.details).filter((name) => name === 'before' || name === 'after');
    expect(states).toHaveLength('before' in details ? 2 : 0);
  }
  const isOn = entries.filter(({ subject }) => subject.startsWith(on));
  expect(isOn.map((entry) => entry.details)).toContainEqual(expect.objectContaining(containing(details)));
});

/** Objects hold at least this, at every depth. */
function containing(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const isPlain = part !== null && Object.getPrototypeOf(part) === Object.prototype;
      return [name, isPlain ? expect.objectContaining(containing(part as Record<string, unknown>)) : part];
    }),
  );
}

it('writes no secret', async () => {
  const [{ text }] = (await api.database
    .sql`SELECT string_agg(e::text, ' ') AS text FROM audit_entry e`) as unknown as [{ text: string }];
  expect(secrets.size).toBeGreaterThan(30);
  expect([...secrets].filter((one) => text.includes(one))).toEqual([]);
});

/** Words in the core that look like an action and are none: what webhooks tell, and the ledger's reasons. */
const NO_ACTIONS = new Set<string>([
  ...WEBHOOK_TYPES.filter((type) => type !== ('webhook.test' as string)),
  'lease.grant',
  'lease.late',
  'lease.return',
  'lease.settle',
  'credits.voucher',
  'subscription.charge',
  'subscription.charge-tax',
  'subscription.credit',
  'subscription.credit-tax',
  'subuser.allocate',
  'subuser.creation-fee',
  'subuser.withdraw',
  'ipaddr.js',
  'master.key',
]);

it('leaves out no action that the core knows', () => {
  const folder = path.resolve(import.meta.dirname, '../../src/core');
  const words = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(path.join(folder, file), 'utf8').matchAll(
        /'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/g,
      ),
    ])
    .map((match) => match[1]!);
  const actions = [...new Set(words)].filter((word) => !NO_ACTIONS.has(word));
  expect(actions.toSorted()).toEqual([...new Set(cases.map(({ action }) => action))].toSorted());
});
