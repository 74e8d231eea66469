import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAX_DELIVERY_ATTEMPTS } from '../../src/core/webhooks/deliveries.ts';
import { watchExpiring, watchQuotas } from '../../src/core/webhooks/watch.ts';
import { deliverWebhooks } from '../../src/jobs/deliver-webhooks.ts';
import { Outgoing } from '../../src/outgoing/outgoing.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { JOB, WEEK_MS, WEEKLY } from '../support/subscriptions.ts';
import { type Received, startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const DAY_MS = 24 * 3600_000;
const LOOPBACK = ['127.0.0.0/8'];

let api: TestApi;
const clock = new ManualClock('2026-06-01T00:00:00.000Z');
let receiver: WebhookReceiver;
let reseller: TestReseller;
let ownerKey: string;

beforeAll(async () => {
  api = await createTestApi({ clock });
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-good-password');
  const { id } = await api.core.accounts.find('owner@example.com');
  ownerKey = await api.mintKey(id, ['admin:read', 'admin:write']);
});
afterAll(() => api.close());
beforeEach(async () => {
  receiver = await startReceiver();
  reseller = await api.reseller({ mb: 1000 });
});
afterEach(async () => {
  await api.database.sql`UPDATE webhook_endpoint SET enabled = false`;
  await receiver.close();
});

async function ask(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
  key = reseller.key,
) {
  const prefix = key === ownerKey ? '/api/admin' : '/api/account';
  const response = await api.app.inject({
    method,
    url: `${prefix}${path}`,
    headers: { authorization: `Bearer ${key}` },
    ...(payload && { payload }),
  });
  return { status: response.statusCode, body: response.json() };
}

async function endpoint(types?: string[], key = reseller.key): Promise<{ id: string; secret: string }> {
  const { status, body } = await ask(
    'POST',
    '/webhooks',
    { url: `${receiver.url}/in`, ...(types && { types }) },
    key,
  );
  expect(status).toBe(201);
  return body;
}

/** Sends what is due, as the job does. */
async function deliver(allow = LOOPBACK): Promise<void> {
  await deliverWebhooks.run(api.core, {
    outgoing: new Outgoing(allow),
    ending: new AbortController().signal,
  });
}

async function deliveries(id: string) {
  return (await ask('GET', `/webhooks/${id}/deliveries`)).body.data;
}

async function subuser(mb = 10): Promise<{ id: string; username: string }> {
  return api.core.subusers.create(api.operator, reseller.accountId, {
    username: `u${Math.random().toString(36).slice(2, 10)}`,
    email: 'u@example.com',
    product: 'residential',
    bytes: BigInt(mb) * 1_000_000n,
  });
}

/** Throws unless the library of the specification accepts it. */
function verify(secret: string, { headers, body }: Received): void {
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now() });
  try {
    new Webhook(secret).verify(body, headers);
  } finally {
    vi.useRealTimers();
  }
}

const types = () => receiver.received.map(({ body }) => JSON.parse(body).type);

describe('a message', () => {
  test('is signed so that the library of the specification accepts it, and told once', async () => {
    const { secret } = await endpoint();
    const { id, username } = await subuser();
    await deliver();
    await deliver();
    expect(receiver.received).toHaveLength(1);
    const [{ headers, body, path }] = receiver.received as [WebhookReceiver['received'][0]];
    expect(path).toBe('/in');
    expect(headers['content-type']).toBe('application/json');
    verify(secret, receiver.received[0]!);
    expect(JSON.parse(body)).toEqual({
      type: 'subuser.created',
      timestamp: clock.now().toISOString(),
      data: {
        subuser: { id, username, email: 'u@example.com' },
        allocatedBytes: { residential: 10_000_000, mobile: 0 },
      },
    });
    expect(body).not.toContain('password');
  });

  test('is told of each subuser that is made in one call', async () => {
    await endpoint(['subuser.created']);
    const items = [{ username: 'one', bytes: { mobile: 0n, residential: 1_000n } }, { username: 'two' }];
    await api.core.subusers.createMany(api.operator, reseller.accountId, items);
    await deliver();
    const told = receiver.received.map(({ body }) => JSON.parse(body).data);
    expect(told.map(({ subuser: { username } }) => username).sort()).toEqual([
      `${reseller.storeCode}_one`,
      `${reseller.storeCode}_two`,
    ]);
    expect(told.map(({ allocatedBytes }) => allocatedBytes.residential).sort()).toEqual([0, 1_000]);
  });

  test('is for the types that were chosen, for the account it is about, and for the owner', async () => {
    await endpoint(['key.revoked']);
    await endpoint([], ownerKey);
    const other = await api.reseller({ mb: 10 });
    await subuser();
    await deliver();
    expect(types()).toEqual(['subuser.created']);
    await api.core.subusers.create(api.operator, other.accountId, {
      username: 'theirs',
      email: null,
      product: 'residential',
      bytes: 0n,
    });
    await deliver();
    expect(types()).toEqual(['subuser.created', 'subuser.created']);
    const key = (await api.core.keys.list(reseller.accountId))[0]!;
    await api.core.keys.revoke(api.operator, key.id);
    await deliver();
    expect(types().slice(2)).toEqual(['key.revoked', 'key.revoked']);
    expect(JSON.parse(receiver.received[2]!.body).data).toEqual({
      key: { id: key.id, name: key.name, hint: key.hint },
      by: 'command-line',
    });
  });

  test('is not there when what it tells was undone', async () => {
    await endpoint();
    await expect(subuser(1001)).rejects.toMatchObject({ code: 'InsufficientBalance' });
    await deliver();
    expect(receiver.received).toEqual([]);
  });

  test('is tried again with growing pauses, with the same id and bytes, and then has failed', async () => {
    const { id } = await endpoint();
    await subuser();
    receiver.answer = 500;
    let pauseMs = 0;
    for (let attempt = 1; attempt <= MAX_DELIVERY_ATTEMPTS; attempt++) {
      await deliver();
      expect(receiver.received).toHaveLength(attempt);
      const [delivery] = await deliveries(id);
      expect(delivery).toMatchObject({ attempts: attempt, answerStatus: 500, error: 'answered 500' });
      if (attempt === MAX_DELIVERY_ATTEMPTS) break;
      const nextMs = new Date(delivery.nextAttemptAt).getTime() - clock.now().getTime();
      expect(nextMs).toBeGreaterThan(pauseMs);
      pauseMs = nextMs;
      clock.advance(nextMs - 1);
      await deliver();
      expect(receiver.received).toHaveLength(attempt);
      clock.advance(1);
    }
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect((await deliveries(id))[0]).toMatchObject({ status: 'failed', nextAttemptAt: null });
    expect((await ask('GET', `/webhooks/${id}`)).body).toMatchObject({
      enabled: false,
      disabledReason: expect.stringContaining('could not be delivered'),
    });
    const { rows } = await api.core.auditLog.page(
      { subject: `webhook:${id}`, action: 'webhook.switch-off' },
      { limit: 2 },
    );
    expect(rows).toMatchObject([
      { door: 'job', details: { before: { enabled: true }, after: { enabled: false } } },
    ]);
  });

  test('can be sent again: one, or all that failed since a time', async () => {
    const { id } = await endpoint();
    const since = clock.now().toISOString();
    await subuser();
    await deliver();
    const [first] = await deliveries(id);
    expect((await ask('POST', `/webhooks/${id}/deliveries/${first.id}/replay`)).status).toBe(200);
    await deliver();
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[1]!.headers['webhook-id']).toBe(first.eventId);

    receiver.answer = 410;
    await subuser();
    await subuser();
    await deliver();
    expect((await ask('GET', `/webhooks/${id}`)).body).toMatchObject({
      disabledReason: 'it answered 410 Gone',
    });
    receiver.answer = 200;
    await ask('PATCH', `/webhooks/${id}`, { enabled: true });
    expect((await ask('POST', `/webhooks/${id}/replay-failed`, { since })).body).toEqual({ count: 2 });
    receiver.received.length = 0;
    await deliver();
    expect(receiver.received).toHaveLength(2);
    expect((await ask('GET', `/webhooks/${id}`)).body).toMatchObject({ enabled: true, disabledReason: null });
  });

  test('does not wait for an endpoint that says nothing', async () => {
    const silent = await startReceiver();
    silent.answer = 'silence';
    await ask('POST', '/webhooks', { url: silent.url });
    await endpoint();
    await subuser();
    const ending = new AbortController();
    const run = deliverWebhooks.run(api.core, { outgoing: new Outgoing(LOOPBACK), ending: ending.signal });
    await expect.poll(() => [silent.received.length, receiver.received.length]).toEqual([1, 1]);
    await subuser();
    // The silent one is still being waited for.
    await expect.poll(() => receiver.received.length).toBe(2);
    expect(silent.received).toHaveLength(1);
    ending.abort();
    await silent.close();
    await run;
  });

  test('is sent by one of two processes', async () => {
    await endpoint();
    for (let index = 0; index < 20; index++) await subuser(1);
    await Promise.all([deliver(), deliver(), deliver()]);
    await deliver();
    expect(receiver.received).toHaveLength(20);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(20);
  });
});

describe('a secret', () => {
  test('is rotated with an overlap in which both sign', async () => {
    const { id, secret } = await endpoint();
    const { body } = await ask('POST', `/webhooks/${id}/rotate-secret`, { overlapSeconds: 60 });
    expect(body.secret).not.toBe(secret);
    expect(body.previousSecretUntil).toBe(new Date(clock.now().getTime() + 60_000).toISOString());
    await subuser();
    await deliver();
    verify(secret, receiver.received[0]!);
    verify(body.secret, receiver.received[0]!);
    clock.advance(60_000);
    await subuser();
    await deliver();
    verify(body.secret, receiver.received[1]!);
    expect(() => verify(secret, receiver.received[1]!)).toThrow();
  });

  test('is in no other answer and not in the database', async () => {
    const { id, secret } = await endpoint();
    expect(JSON.stringify((await ask('GET', `/webhooks/${id}`)).body)).not.toContain(secret);
    const [row] = await api.database.sql`SELECT * FROM webhook_endpoint WHERE public_id = ${id}`;
    expect(Buffer.from(row!.secret_sealed).includes(secret.slice(6))).toBe(false);
  });
});

describe('targets', () => {
  test.each([
    'http://127.0.0.1:9/',
    'https://127.0.0.1:9/',
    'https://[::1]:9/',
    'https://[::ffff:127.0.0.1]:9/',
    'https://localhost:9/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/',
    'https://0x7f.1/',
  ])('%s is not called', async (url) => {
    const { body } = await ask('POST', '/webhooks', { url });
    await subuser();
    await deliver([]);
    expect((await deliveries(body.id))[0]).toMatchObject({
      status: 'pending',
      answerStatus: null,
      error: expect.stringMatching(/private|only https/),
    });
  });

  test('that redirect are not followed', async () => {
    const { id } = await endpoint();
    receiver.answer = 'redirect';
    await subuser();
    await deliver();
    expect(receiver.received.map(({ path }) => path)).toEqual(['/in']);
    expect((await deliveries(id))[0]).toMatchObject({ status: 'pending', answerStatus: 302 });
  });

  test.each([
    [{}, 'url'],
    [{ url: 'ftp://example.com' }, 'url'],
    [{ url: 'https://user:pass@example.com' }, 'url'],
    [{ url: 'nothing' }, 'url'],
    [{ url: 'https://example.com', types: ['no.such'] }, 'types'],
    [{ url: 'https://example.com', description: 'a\u0000b' }, 'description'],
    [{ url: 'https://example.com', secret: 'mine' }, 'secret'],
  ])('%j is refused', async (body, field) => {
    const answer = await ask('POST', '/webhooks', body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toContain(field);
  });

  test('of another account do not exist', async () => {
    const { id } = await endpoint();
    const other = await api.reseller();
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/test'],
      ['GET', '/deliveries'],
    ] as const) {
      expect(await ask(method, `/webhooks/${id}${path}`, undefined, other.key)).toMatchObject({
        status: 404,
        body: { code: 'webhook_not_found' },
      });
    }
    expect((await ask('GET', '/webhooks', undefined, other.key)).body).toEqual({ data: [] });
  });

  test('are at most twenty', async () => {
    const urls = Array.from({ length: 25 }, (_, index) => ({ url: `https://example.com/${index}` }));
    const answers = await Promise.all(urls.map((body) => ask('POST', '/webhooks', body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
  });

  test('are tested on request, and hear no more when they are deleted', async () => {
    const { id } = await endpoint(['key.revoked']);
    await ask('POST', `/webhooks/${id}/test`);
    await deliver();
    expect(types()).toEqual(['webhook.test']);
    await ask('POST', `/webhooks/${id}/test`);
    expect((await ask('DELETE', `/webhooks/${id}`)).status).toBe(200);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect((await ask('DELETE', `/webhooks/${id}`)).status).toBe(404);
  });
});

describe('what no command does', () => {
  test('80 % and all of a quota are told once, and again when more was allocated', async () => {
    await endpoint(['quota.warning', 'quota.reached']);
    const { id, username } = await subuser(10);
    const { sql } = api.database;
    const [row] = await sql<{ id: bigint }[]>`SELECT id FROM subuser WHERE public_id = ${id}`;
    const sessionId = await api.core.leases.openSession('test', false);
    let used = 0n;
    const use = async (bytes: bigint) => {
      const request = {
        sessionId,
        subuserId: row!.id,
        product: 'residential' as const,
        knownGrantedBytes: 0n,
        usedUpBytes: 0n,
        usedDownBytes: 0n,
        wantBytes: bytes,
      };
      const answer = await api.core.leases.lease(request);
      if (answer.kind !== 'granted') throw new Error(answer.kind);
      used += bytes;
      const report = { leaseId: answer.leaseId, usedUpBytes: 0n, usedDownBytes: bytes, close: true };
      await api.core.leases.report(sessionId, [report]);
      await watchQuotas(sql, clock);
      await watchQuotas(sql, clock);
      await deliver();
    };
    await use(7_999_999n);
    expect(types()).toEqual([]);
    await use(1n);
    expect(types()).toEqual(['quota.warning']);
    await use(2_000_000n);
    expect(types()).toEqual(['quota.warning', 'quota.reached']);
    expect(JSON.parse(receiver.received[1]!.body).data).toEqual({
      subuser: { id, username },
      product: 'residential',
      allocatedBytes: 10_000_000,
      usedBytes: 10_000_000,
      percent: 100,
    });
    const { subusers } = api.core;
    await subusers.moveBandwidth(api.operator, reseller.accountId, id, 'residential', 'ADD', 1_000_000n);
    await use(1n);
    expect(types().slice(2)).toEqual(['quota.warning']);
    await use(999_999n);
    expect(types().slice(3)).toEqual(['quota.reached']);
    expect(used).toBe(11_000_000n);
  });

  test('is not looked for where nobody listens', async () => {
    await endpoint(['key.revoked']);
    const { sql } = api.database;
    await sql.begin(async (tx) => {
      // Whoever looks would wait for this to end.
      await tx`LOCK TABLE usage_series, subscription IN ACCESS EXCLUSIVE MODE`;
      await watchQuotas(sql, clock);
      await watchExpiring(sql, clock);
    });
  });

  test('a subscription: expiring, renewed, expired, each once', async () => {
    await endpoint();
    const { accountId, storeCode } = reseller;
    await api.core.accounts.topUp(api.operator, storeCode, 'usd', 4_000n);
    const as = { actor: { name: 'key:test', accountId, door: 'ghostealth' as const } };
    const { id, periodEnd } = await api.core.subscriptions.create(as, accountId, WEEKLY);
    await api.core.subscriptions.setAutoRenewal(as, accountId, id, true);
    const look = async () => {
      await watchExpiring(api.database.sql, clock);
      await watchExpiring(api.database.sql, clock);
      await api.core.subscriptions.expireDue(JOB);
      await deliver();
      return types();
    };
    clock.set(new Date(periodEnd.getTime() - 3 * DAY_MS - 1));
    expect(await look()).toEqual([]);
    clock.advance(1);
    expect(await look()).toEqual(['subscription.expiring']);
    clock.set(periodEnd);
    expect(await look()).toEqual(['subscription.expiring', 'subscription.renewed']);
    clock.advance(WEEK_MS);
    // The money is gone.
    expect((await look()).slice(2)).toEqual(['subscription.expired']);
    await api.core.subscriptions.cancel(as, accountId, id);
    expect((await look()).slice(3)).toEqual([]);
  });

  test('a credit event that comes again and differs', async () => {
    await endpoint();
    const key = await api.mintKey(reseller.accountId, ['reseller:credit']);
    const report = (amount_usd: number) =>
      api.app.inject({
        method: 'POST',
        url: '/api/v1/reseller/credit-event',
        headers: { authorization: `Bearer ${key}` },
        payload: { kind: 'topup', amount_usd, external_ref: 'txn_1' },
      });
    await report(25);
    await report(25);
    await deliver();
    expect(types()).toEqual([]);
    expect((await report(26)).json()).toMatchObject({ ok: true, duplicate: true });
    await deliver();
    expect(types()).toEqual(['credit_event.mismatch']);
    expect(JSON.parse(receiver.received[0]!.body).data).toMatchObject({
      event: { kind: 'topup', cents: 2500 },
      externalRef: 'txn_1',
      reported: { kind: 'topup', cents: 2600 },
    });
  });
});
