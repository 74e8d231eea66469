/** Every call of a gateway, by every way to the core: the same answers, once however often a question comes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExitFields } from '../../src/core/exits/validate.ts';
import { CALL_NAMES } from '../../src/gateway/link/calls.ts';
import { linkOver, type Question } from '../../src/gateway/link/link.ts';
import { SessionOver } from '../../src/gateway/session-over.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { type ControlSide, heard, startControl } from '../support/control.ts';

const WAYS = ['in process', 'port', 'HTTPS'] as const;
const WEEK_MS = 7 * 24 * 3600_000;

const clock = new ManualClock('2026-06-01T00:00:00.000Z');
let api: TestApi;
let control: ControlSide;
let store: TestReseller;
let made = 0;

beforeAll(async () => {
  api = await createTestApi({ clock });
  control = await startControl(api);
  store = await api.reseller({ mb: 1_000_000 });
  await api.core.accounts.topUp(api.operator, store.storeCode, 'usd', 1_000_000n);
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

const asReseller = () => ({ actor: { ...api.operator.actor, accountId: store.accountId } });

async function subuser(bytes: bigint) {
  made += 1;
  const { username, password } = await api.core.subusers.create(asReseller(), store.accountId, {
    username: `u${made}`,
    email: 'u@example.com',
    bytes,
    product: 'residential',
  });
  const [row] = await api.database.sql<{ id: bigint }[]>`SELECT id FROM subuser WHERE username = ${username}`;
  const remaining = async () =>
    (await api.core.subusers.bandwidth(store.accountId, username, 'residential')).remainingBytes;
  return { username, password, subuserId: String(row!.id), remaining };
}

async function subscription(address: string): Promise<string> {
  const { id } = await api.core.subscriptions.create(asReseller(), store.accountId, {
    billingCycle: 'WEEKLY',
    connections: 100,
    authentications: 1,
  });
  await api.core.subscriptions.bind(asReseller(), store.accountId, id, address);
  const [row] = await api.database.sql<{ id: bigint }[]>`SELECT id FROM subscription WHERE public_id = ${id}`;
  return String(row!.id);
}

describe.each(WAYS)('%s', (way) => {
  test('carries every call of the table', async () => {
    const { carrier, close } = await control.ways[way]();
    const asked = new Set<string>();
    const link = linkOver({
      ...carrier,
      onEvent: (listener) => carrier.onEvent(listener),
      ask: (question) => {
        asked.add(question.call);
        return carrier.ask(question);
      },
    });
    const { username, password, subuserId, remaining } = await subuser(1_000_000n);
    const account = `account:${store.accountId}`;
    await expect(link.report([])).rejects.toThrow(SessionOver);
    const { sessionId, leaseValidForMs } = await link.open();
    expect(leaseValidForMs).toBe(15_000);

    expect(await link.authenticate(username, password)).toEqual({
      kind: 'known',
      identity: { kind: 'subuser', subuserId, account, username, product: 'residential' },
    });
    expect(await link.authenticate(username, 'wrong ☃ "\\')).toEqual({ kind: 'unknown' });
    expect(await link.identify('2001:db8::77')).toEqual({ kind: 'unknown' });

    const ask = { subuserId, product: 'residential' as const, usedUpBytes: 0, usedDownBytes: 0 };
    const first = await link.lease({ ...ask, knownGrantedBytes: 0, wantBytes: 400_000 });
    expect(first).toEqual({
      kind: 'granted',
      leaseId: expect.stringMatching(/^\d+$/),
      grantedBytes: 400_000,
    });
    const { leaseId } = first as { leaseId: string };
    const more = await link.lease({
      ...ask,
      leaseId,
      knownGrantedBytes: 400_000,
      usedDownBytes: 1_000,
      wantBytes: 5_000_000,
    });
    expect(more).toEqual({ kind: 'granted', leaseId, grantedBytes: 1_000_000 });
    const last = { ...ask, leaseId, knownGrantedBytes: 1_000_000, usedDownBytes: 1_000, wantBytes: 1 };
    expect(await link.lease(last)).toEqual({ kind: 'exhausted' });
    expect(await link.lease({ ...last, subuserId: '999999999' })).toEqual({ kind: 'revoked' });
    const used = { leaseId, usedUpBytes: 500, usedDownBytes: 2_000 };
    expect(await link.report([{ ...used, close: false }])).toEqual([]);
    expect(await remaining()).toBe(997_500n);
    expect(await link.report([{ ...used, close: true }])).toEqual([{ leaseId, kind: 'closed' }]);
    expect(await link.report([{ ...used, close: false }])).toEqual([{ leaseId, kind: 'ended' }]);

    const late = { sessionId, leaseId, usedUpBytes: 600, usedDownBytes: 2_000 };
    for (let times = 0; times < 2; times += 1)
      expect(await link.recover([late])).toEqual({ strangeSessionIds: [] });
    expect(await remaining()).toBe(997_400n);

    const address = `2001:db8::${made.toString(16)}:1`;
    const subscriptionId = await subscription(address);
    const terms = { admitsForMs: WEEK_MS, servesForMs: WEEK_MS };
    expect(await link.identify(address)).toEqual({
      kind: 'known',
      identity: { kind: 'subscription', subscriptionId, account, ...terms },
    });
    expect(await link.holdSeats({ subscriptionId, seats: 70 })).toEqual({
      kind: 'held',
      seats: 70,
      isRecalled: false,
    });
    expect(await link.holdSeats({ subscriptionId: '999999999', seats: 1 })).toEqual({ kind: 'over' });
    expect(
      await link.reportSubscriptions([
        { sessionId, subscriptionId, bytes: 10, requests: 1 },
        { sessionId, subscriptionId: '999999999', bytes: 10, requests: 1 },
      ]),
    ).toEqual([
      { kind: 'serving', subscriptionId, ...terms },
      { kind: 'over', subscriptionId: '999999999' },
    ]);
    const subject = `subuser:${subuserId}` as const;
    expect(await link.limitsOf([subject])).toEqual([null]);
    expect(await link.holdShare({ subject, what: 'tunnels', units: 5 })).toEqual({ kind: 'unlimited' });
    expect(await link.answerTunnels({ requestId: 'nobody-asked', total: 0, tunnels: [] })).toBeUndefined();
    expect(await link.exits()).toEqual([]);
    const exitReport = { exitId: 'exit_1', isHealthy: false, tunnels: 2, failures: 3 };
    expect(await link.reportExits([exitReport])).toBeUndefined();
    expect((await api.core.exitSightings.all()).get('exit_1')).toMatchObject([
      { isHealthy: false, tunnels: 2, failures: 3, at: clock.now() },
    ]);
    await link.close([]);
    await expect(link.report([])).rejects.toThrow(SessionOver);
    await expect(link.holdSeats({ subscriptionId, seats: 1 })).rejects.toThrow(SessionOver);

    const { sessionId: dead } = await link.open();
    const held = await link.lease({ ...ask, knownGrantedBytes: 0, wantBytes: 400_000 });
    const use = { sessionId: dead, leaseId: (held as { leaseId: string }).leaseId };
    await link.recover([{ ...use, usedUpBytes: 0, usedDownBytes: 400 }]);
    for (let times = 0; times < 2; times += 1)
      expect(await link.endSessions([dead, sessionId, '999999999'])).toBeUndefined();
    await expect(link.report([])).rejects.toThrow(SessionOver);
    await link.open();
    const rest = await link.lease({ ...ask, knownGrantedBytes: 0, wantBytes: 5_000_000 });
    expect(rest).toMatchObject({ grantedBytes: 997_000 });
    expect([...asked].sort()).toEqual([...CALL_NAMES].sort());
    close();
  });

  test('an answer that was lost is asked for again, and nothing happens twice', async () => {
    const { carrier, close } = await control.ways[way]();
    const { subuserId, remaining } = await subuser(1_000_000n);
    const subscriptionId = await subscription(`2001:db8::${made.toString(16)}:2`);
    const { sessionId } = (await carrier.ask({ call: 'open', sequence: 1, args: [] })) as {
      sessionId: string;
    };
    let sequence = 1;
    const twice = async (call: Question['call'], args: unknown[]) => {
      sequence += 1;
      const question = { call, sessionId, sequence, args };
      const answers = [await carrier.ask(question), await carrier.ask(question)];
      expect(answers[1]).toEqual(answers[0]);
      return answers[0];
    };
    const ask = { subuserId, product: 'residential', usedUpBytes: 0, usedDownBytes: 0 };
    const lease = (await twice('lease', [{ ...ask, knownGrantedBytes: 0, wantBytes: 100_000 }])) as {
      leaseId: string;
    };
    expect(lease).toMatchObject({ kind: 'granted', grantedBytes: 100_000 });
    const { leaseId } = lease;
    const again = [{ ...ask, leaseId, knownGrantedBytes: 100_000, usedUpBytes: 9, wantBytes: 50_000 }];
    expect(await twice('lease', again)).toMatchObject({ kind: 'granted', grantedBytes: 150_000 });
    const used = { leaseId, usedUpBytes: 10, usedDownBytes: 20 };
    expect(await twice('report', [[{ ...used, close: false }]])).toEqual([]);
    expect(await remaining()).toBe(999_970n);
    const consumed = { sessionId, subscriptionId, bytes: 77, requests: 3 };
    const standings = (bytes: number) =>
      carrier.ask({
        call: 'reportSubscriptions',
        sequence: 50,
        args: [[{ ...consumed, bytes }]],
      });
    await standings(77);
    await standings(77);
    await standings(70);
    const [figures] = await api.database.sql<{ bytes: bigint; requests: bigint }[]>`
      SELECT bytes, requests FROM subscription_consumption WHERE subscription_id = ${subscriptionId}`;
    expect(figures).toEqual({ bytes: 77n, requests: 3n });
    // A report that closes answers the second time that the lease is over: the gateway has forgotten it by then.
    const close1 = await carrier.ask({
      call: 'report',
      sessionId,
      sequence: 60,
      args: [[{ ...used, close: true }]],
    });
    expect(close1).toEqual([{ leaseId, kind: 'closed' }]);
    expect(await twice('close', [[]])).toBeUndefined();
    expect(await remaining()).toBe(999_970n);
    close();
  });

  test('questions for seats that arrive in another order than they were asked leave the newest in force', async () => {
    const { carrier, close } = await control.ways[way]();
    const subscriptionId = await subscription(`2001:db8::${made.toString(16)}:${WAYS.indexOf(way) + 3}`);
    made += 1;
    const { sessionId } = (await carrier.ask({ call: 'open', sequence: 1, args: [] })) as {
      sessionId: string;
    };
    const seats = (sequence: number, wanted: number) =>
      carrier.ask({ call: 'holdSeats', sessionId, sequence, args: [{ subscriptionId, seats: wanted }] });
    const held = (count: number) => ({ kind: 'held', seats: count, isRecalled: false });
    expect(await seats(5, 40)).toEqual(held(40));
    expect(await seats(7, 10)).toEqual(held(10));
    expect(await seats(6, 90)).toEqual(held(10));
    expect(await seats(7, 10)).toEqual(held(10));
    expect(await seats(8, 11)).toEqual(held(11));
    await carrier.ask({ call: 'close', sessionId, sequence: 9, args: [[]] });
    close();
  });

  test('carries exits whole, with the logins of upstreams, and news of them', async () => {
    const { carrier, close } = await control.ways[way]();
    const news = heard(carrier);
    if (way === 'HTTPS') await expect.poll(() => news.length).toBeGreaterThan(0);
    const link = linkOver(carrier);
    const upstream: ExitFields = {
      ...{ name: 'up', kind: 'socks5', products: ['mobile'], weight: 7, enabled: false, maxTunnels: 9 },
      ...{ country: 'de', state: 'b', city: 'berlin', isp: 'as1' },
      ...{ host: 'proxy.example.net', port: 1080, username: 'acme', password: 'top secret' },
      ...{ usernameTemplate: '{username}-{session}', passwordTemplate: '{password}' },
      ...{ resolve: 'remote', checkTarget: 'example.com:443' },
    };
    const direct = {
      ...({ name: 'here', kind: 'direct', checkTarget: '[2001:db8::9]:443' } as const),
      sourceAddresses: ['203.0.113.1', '2001:db8::1'],
    };
    await api.core.exits.create(api.operator, direct);
    await api.core.exits.create(api.operator, upstream);
    await expect.poll(() => news).toContainEqual({ kind: 'exits-changed' });
    const products = ['residential', 'mobile', 'subscription'];
    const id = expect.stringMatching(/^exit_/);
    expect(await link.exits()).toEqual([
      { ...direct, id, products, weight: 1, enabled: true },
      { ...upstream, id },
    ]);
    for (const { name } of [direct, upstream]) await api.core.exits.remove(api.operator, name);
    close();
  });

  test('news arrives, but not to the session that caused it', async () => {
    const [one, two] = await Promise.all([control.ways[way](), control.ways[way]()]);
    const heardByOne: unknown[] = [];
    const heardByTwo = heard(two.carrier);
    const link = linkOver(one.carrier);
    link.onEvent((event) => heardByOne.push(event));
    // The streams stand when they have said so.
    if (way === 'HTTPS') await expect.poll(() => heardByOne.length * heardByTwo.length).toBeGreaterThan(0);
    const { username, subuserId } = await subuser(100_000n);
    await link.open();
    const other = linkOver(two.carrier);
    await other.open();
    const ask = {
      ...{ subuserId, product: 'residential' as const, knownGrantedBytes: 0 },
      ...{ usedUpBytes: 0, usedDownBytes: 0, wantBytes: 100_000 },
    };
    await other.lease(ask);
    expect(await link.lease(ask)).toMatchObject({ kind: 'wait' });
    const recall = { kind: 'lease-recall', subuserId, product: 'residential' };
    await expect.poll(() => heardByTwo).toContainEqual(expect.objectContaining(recall));
    await api.core.subusers.setPassword(asReseller(), store.accountId, username, 'another-password');
    await expect
      .poll(() => heardByOne)
      .toContainEqual(expect.objectContaining({ kind: 'subuser-changed', subuserId }));
    expect(heardByOne).not.toContainEqual(expect.objectContaining(recall));
    await Promise.all([link.close([]), other.close([])]);
    one.close();
    two.close();
  });
});
