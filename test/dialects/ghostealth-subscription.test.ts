/** Ghostealth's contract, field by field: what can be done with one subscription. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { expectError, ghostealthClient, HEX_24, WEEKLY_100 as WEEKLY } from '../support/ghostealth.ts';
import { WEEK_MS } from '../support/subscriptions.ts';

// The instant of the source's example.
const clock = new ManualClock(new Date(1_773_124_248_080));
let api: TestApi;
let client: ReturnType<typeof ghostealthClient>;

beforeAll(async () => {
  api = await createTestApi({ clock });
  client = ghostealthClient(api);
});

// Another minute, another ten calls.
beforeEach(() => clock.advance(60_000));

afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

describe('one subscription', () => {
  test('is changed: credit, full charge, a new period, the same shape', async () => {
    const reseller = await client.seller();
    const id = await client.bought(reseller.key);
    clock.advance(WEEK_MS / 4);
    const { status, body } = await client.call(reseller.key, 'POST', `/resellers/subscriptions/${id}`, {
      billingCycle: 'MONTHLY',
      connections: 100,
      authentications: 2,
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      id,
      status: 'ACTIVE',
      type: 'STANDARD',
      canceled: false,
      period: { start: { timestamp: clock.now().getTime() } },
      plan: {
        description: 'Monthly billing',
        billingCycle: 'MONTHLY',
        configuration: { connections: 100, authentications: 2 },
      },
    });
    expect(body.data.slots).toHaveLength(2);
    expect(await client.balanceOf(reseller)).toBe(10_000 - 2000 + 1500 - 8800);
  });

  test('is renewed', async () => {
    const reseller = await client.seller();
    const id = await client.bought(reseller.key);
    const { status, text } = await client.call(reseller.key, 'PUT', `/resellers/subscriptions/${id}`);
    expect(status).toBe(200);
    expect(text).toBe('{"success":true,"message":"Subscription renewed successfully."}');
    expect(await client.balanceOf(reseller)).toBe(6000);
  });

  test('answers {} to changes of state, again and again', async () => {
    const { key } = await client.seller();
    const id = await client.bought(key);
    const at = `/resellers/subscriptions/${id}`;
    for (const action of ['suspend', 'suspend', 'resume', 'resume', 'cancel', 'cancel']) {
      const { status, text } = await client.call(key, 'PUT', `${at}/${action}`, undefined, {
        headers: { 'content-type': 'application/json' },
      });
      expect([status, text]).toEqual([200, '{}']);
    }
    const [listed] = (await client.call(key, 'GET', '/resellers/subscriptions')).body.data;
    expect(listed).toMatchObject({ id, status: 'ACTIVE', canceled: true });
  });

  test('renews itself when asked to', async () => {
    const reseller = await client.seller();
    const id = await client.bought(reseller.key);
    const at = `/resellers/subscriptions/${id}/autorenewal`;
    const { status, text } = await client.call(reseller.key, 'PUT', at, { autoRenewal: true });
    expect([status, text]).toEqual([200, '{}']);
    for (const [body, code] of [
      [{ autoRenewal: 'true' }, 'INVALID_FIELD'],
      [{ autoRenewal: 1 }, 'INVALID_FIELD'],
      [{}, 'MISSING_FIELDS'],
    ] as const) {
      const answer = await client.call(reseller.key, 'PUT', at, body);
      expectError(answer, 400, code);
      expect(answer.body.message).toContain('true or false');
    }
    clock.advance(WEEK_MS);
    await api.core.subscriptions.expireDue({ actor: { name: 'system', accountId: null, door: 'job' } });
    expect(await client.balanceOf(reseller)).toBe(6000);
    expect((await client.call(reseller.key, 'PUT', at, { autoRenewal: false })).text).toBe('{}');
  });

  test('has slots, bound and unbound by address', async () => {
    const { key } = await client.seller();
    const id = await client.bought(key, { ...WEEKLY, authentications: 2 });
    const at = `/resellers/subscriptions/${id}`;
    expect((await client.call(key, 'PUT', `${at}/whitelist`, { ip: '2001:DB8::0:1' })).text).toBe('{}');
    expect((await client.call(key, 'PUT', `${at}/whitelist`, { ip: '2001:db8::1' })).text).toBe('{}');
    const { status, body } = await client.call(key, 'GET', `${at}/slots`);
    expect(status).toBe(200);
    const slot = {
      id: expect.stringMatching(`^sl_${HEX_24}$`),
      status: 'ENABLED',
      synchronization: 'SYNCED',
      type: 'IP',
    };
    expect(body).toEqual({
      data: [
        { ...slot, state: 'BOUND', ip: '2001:db8::1' },
        { ...slot, state: 'UNBOUND' },
      ],
    });
    expect(body.data.map(Object.keys)).toEqual([
      ['id', 'status', 'state', 'synchronization', 'type', 'ip'],
      ['id', 'status', 'state', 'synchronization', 'type'],
    ]);
    expect((await client.call(key, 'PUT', `${at}/whitelist`, { ip: '203.0.113.1' })).text).toBe('{}');
    expectError(await client.call(key, 'PUT', `${at}/whitelist`, { ip: '203.0.113.2' }), 409, 'NO_FREE_SLOT');
    const other = await client.bought(key);
    expectError(
      await client.call(key, 'PUT', `/resellers/subscriptions/${other}/whitelist`, { ip: '203.0.113.1' }),
      409,
      'IP_IN_USE',
    );
    expect((await client.call(key, 'PUT', `${at}/blacklist`, { ip: '203.0.113.1' })).text).toBe('{}');
    expect((await client.call(key, 'PUT', `${at}/blacklist`, { ip: '203.0.113.1' })).text).toBe('{}');
    for (const ip of ['203.0.113.0/24', 'example.com', '', 7]) {
      const answer = await client.call(key, 'PUT', `${at}/blacklist`, { ip });
      expectError(answer, 400, 'INVALID_FIELD');
      expect(answer.body.message).toMatch(/^ip must be /);
    }
    expectError(await client.call(key, 'PUT', `${at}/whitelist`, {}), 400, 'MISSING_FIELDS');
  });

  test('refuses what its state does not allow', async () => {
    const reseller = await client.seller(50_000n);
    const { key } = reseller;
    const at = `/resellers/subscriptions/${await client.bought(key, { ...WEEKLY, authentications: 2 })}`;
    await client.call(key, 'PUT', `${at}/whitelist`, { ip: '203.0.113.10' });
    await client.call(key, 'PUT', `${at}/whitelist`, { ip: '203.0.113.11' });
    expectError(await client.call(key, 'POST', at, WEEKLY), 409, 'SLOTS_IN_USE');
    await client.call(key, 'PUT', `${at}/cancel`);
    const balance = await client.balanceOf(reseller);
    expectError(await client.call(key, 'PUT', at), 409, 'STATE_CONFLICT');
    expectError(await client.call(key, 'POST', at, WEEKLY), 409, 'STATE_CONFLICT');
    clock.advance(WEEK_MS);
    for (const action of ['', '/suspend', '/resume']) {
      expectError(await client.call(key, 'PUT', `${at}${action}`), 409, 'STATE_CONFLICT');
    }
    expectError(
      await client.call(key, 'PUT', `${at}/whitelist`, { ip: '203.0.113.12' }),
      409,
      'STATE_CONFLICT',
    );
    expect((await client.call(key, 'PUT', `${at}/cancel`)).text).toBe('{}');
    expect(await client.balanceOf(reseller)).toBe(balance);
    const [listed] = (await client.call(key, 'GET', '/resellers/subscriptions')).body.data;
    expect(listed.status).toBe('TERMINATED');
  });

  test('of another reseller is as unknown as one that never was', async () => {
    const [mine, theirs] = [await client.seller(), await client.seller()];
    const id = await client.bought(theirs.key);
    const calls = [
      ['POST', '', WEEKLY],
      ['PUT', '', undefined],
      ['PUT', '/suspend', undefined],
      ['PUT', '/resume', undefined],
      ['PUT', '/cancel', undefined],
      ['PUT', '/autorenewal', { autoRenewal: true }],
      ['GET', '/slots', undefined],
      ['PUT', '/whitelist', { ip: '203.0.113.20' }],
      ['PUT', '/blacklist', { ip: '203.0.113.20' }],
    ] as const;
    for (const [method, action, body] of calls) {
      const answers: string[] = [];
      for (const unknown of [id, 'su_0123456789abcdef01234567', 'nonsense']) {
        const answer = await client.call(
          mine.key,
          method,
          `/resellers/subscriptions/${unknown}${action}`,
          body,
        );
        expectError(answer, 404, 'SUBSCRIPTION_NOT_FOUND');
        answers.push(answer.text);
      }
      expect(new Set(answers).size).toBe(1);
    }
    expect(await client.balanceOf(mine)).toBe(10_000);
    expect((await client.call(mine.key, 'GET', '/resellers/subscriptions')).body.totalElements).toBe(0);
  });
});
