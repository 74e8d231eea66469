/** Subscriptions from the purchase to the last byte: the core on a real database, two gateways, and the resellers' API. */
import net from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inProcessCarrier } from '../../src/api/control/in-process.ts';
import { LEASE_LAPSE_MS } from '../../src/core/leases/leases.ts';
import { createGateway, type Gateway } from '../../src/gateway/gateway.ts';
import { linkOver } from '../../src/gateway/link/link.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { ALLOW_LOOPBACK, basic, eventually } from '../support/gateway/harness.ts';
import { type Origin, startEcho } from '../support/gateway/origins.ts';
import { RawClient } from '../support/gateway/raw-client.ts';
import { ghostealthClient } from '../support/ghostealth.ts';
import { JOB } from '../support/subscriptions.ts';

const IN_FORCE_WITHIN_MS = 2_000;
/** Of the smallest plan. */
const CONNECTIONS = 100;

const clock = new ManualClock('2026-06-01T00:00:00.000Z');
let api: TestApi;
let ghostealth: ReturnType<typeof ghostealthClient>;
let echo: Origin;
let gateways: TestGateway[];
let clients: RawClient[] = [];
let lastAddress = 1;

interface TestGateway {
  readonly gateway: Gateway;
  readonly port: number;
  /** The process is gone: nobody hears from it again. */
  kill(): void;
}

async function startGateway(name: string): Promise<TestGateway> {
  // A link whose end can come without a word.
  let isDead = false;
  const carrier = inProcessCarrier(api.core, { name, ownsName: false });
  const link = linkOver({
    ...carrier,
    ask: async (question) => {
      if (isDead) throw new Error('the process is dead');
      return carrier.ask(question);
    },
  });
  const gateway = createGateway({ host: '127.0.0.1', port: 0, allow: ALLOW_LOOPBACK, link });
  const { port } = await gateway.start();
  return {
    gateway,
    port,
    kill() {
      isDead = true;
      gateway.cut();
    },
  };
}

beforeAll(async () => {
  api = await createTestApi({ clock });
  ghostealth = ghostealthClient(api);
  echo = await startEcho();
  gateways = await Promise.all([startGateway('one'), startGateway('two')]);
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  await eventually(() => {
    for (const { gateway } of gateways) expect(gateway.stats().clientConnections).toBe(0);
  });
});

afterAll(async () => {
  await Promise.all(gateways.map(({ gateway }) => gateway.stop()));
  await echo.close();
  await api.assertLedgerHolds();
  await api.close();
});

interface Sold {
  reseller: TestReseller;
  id: string;
  /** Bound to its slot. */
  address: string;
  put(action: string, body?: object): Promise<void>;
}

/** A weekly subscription with one bound address, all of it over the API. */
async function sold(): Promise<Sold> {
  const reseller = await ghostealth.seller();
  const id = await ghostealth.bought(reseller.key);
  lastAddress += 1;
  const address = `127.0.1.${lastAddress}`;
  const put = async (action: string, body?: object) => {
    const path = `/resellers/subscriptions/${id}/${action}`;
    expect(await ghostealth.call(reseller.key, 'PUT', path, body)).toMatchObject({ status: 200 });
  };
  await put('whitelist', { ip: address });
  return { reseller, id, address, put };
}

/** Asks one of the gateways for a tunnel from this address. Answers the status, and the client that has it. */
async function ask(
  address: string,
  { port }: TestGateway,
  login = '',
): Promise<{ status: number; client: RawClient }> {
  const socket = net.connect({ port, host: '127.0.0.1', localAddress: address, allowHalfOpen: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const client = new RawClient(socket);
  clients.push(client);
  client.send(`CONNECT ${echo.authority} HTTP/1.1\r\nHost: ${echo.authority}\r\n${login}\r\n`);
  const head = await client.readHead();
  return { status: Number(head.split(' ')[1]), client };
}

async function tunnels(address: string, count: number): Promise<RawClient[]> {
  const asked = await Promise.all(
    Array.from({ length: count }, (_unused, index) => ask(address, gateways[index % gateways.length]!)),
  );
  expect(asked.map(({ status }) => status)).toEqual(Array(count).fill(200));
  return asked.map(({ client }) => client);
}

async function exchange(client: RawClient, length: number): Promise<void> {
  client.send('x'.repeat(length));
  await client.readBytes(length);
}

async function expectCut(cut: readonly RawClient[], since: number): Promise<void> {
  await Promise.all(cut.map((client) => client.closed()));
  expect(performance.now() - since).toBeLessThan(IN_FORCE_WITHIN_MS);
}

async function consumption({ reseller, id }: Sold): Promise<{ bytes: number; requests: number }> {
  const answer = await ghostealth.call(reseller.key, 'GET', '/resellers/subscriptions');
  return answer.body.data.find((entry: { id: string }) => entry.id === id).consumption;
}

describe('concurrent tunnels over two gateways', () => {
  test('as many as the plan has pass, one more is refused, and closing one makes room on the other', async () => {
    const subscription = await sold();
    const { address } = subscription;
    const open = await tunnels(address, CONNECTIONS);
    await Promise.all(open.map((client) => exchange(client, 10)));
    for (const gateway of gateways) expect((await ask(address, gateway)).status).toBe(429);
    // The even ones are on the first gateway.
    open[0]!.destroy();
    await eventually(() => expect(gateways[0]!.gateway.stats().served).toBe(CONNECTIONS / 2 - 1));
    const another = await ask(address, gateways[1]!);
    expect(another.status).toBe(200);
    await exchange(another.client, 30);
    for (const gateway of gateways) expect((await ask(address, gateway)).status).toBe(429);

    const expected = { bytes: CONNECTIONS * 2 * 10 + 2 * 30, requests: CONNECTIONS + 1 };
    await expect
      .poll(
        async () => {
          const { bytes, requests } = await api.core.subscriptions.get(
            subscription.reseller.accountId,
            subscription.id,
          );
          return { bytes: Number(bytes), requests: Number(requests) };
        },
        { timeout: IN_FORCE_WITHIN_MS, interval: 20 },
      )
      .toEqual(expected);
    expect(await consumption(subscription)).toEqual(expected);
  });

  test('however they come and go, the database never sees more seats than the plan has', async () => {
    const { address } = await sold();
    const seen: number[] = [];
    const look = async () => {
      const [row] = await api.database.sql<{ most: number }[]>`
        SELECT coalesce(max(seats), 0)::int AS most FROM (
          SELECT sum(seats) AS seats FROM subscription_use u JOIN gateway_session g ON g.id = u.session_id
            WHERE g.closed_at IS NULL GROUP BY u.subscription_id) AS sums`;
      seen.push(row!.most);
    };
    let served = 0;
    const comeAndGo = async (index: number) => {
      for (let round = 0; round < 6; round += 1) {
        const { status, client } = await ask(address, gateways[(index + round) % 2]!);
        expect([200, 429]).toContain(status);
        if (status === 200) {
          served += 1;
          await exchange(client, 1);
        }
        client.destroy();
        if (index === 0) await look();
      }
    };
    await Promise.all(Array.from({ length: 130 }, (_unused, index) => comeAndGo(index)));
    expect(Math.max(...seen)).toBeLessThanOrEqual(CONNECTIONS);
    expect(served).toBeGreaterThan(CONNECTIONS);
  });

  test('the seats of a gateway that dies are free once its session has lapsed', async () => {
    const { address } = await sold();
    const doomed = await startGateway('doomed');
    const [first] = gateways;
    const dying = await Promise.all(Array.from({ length: 60 }, () => ask(address, doomed)));
    expect(dying.every(({ status }) => status === 200)).toBe(true);
    const living = await tunnels(address, 40);
    expect((await ask(address, first!)).status).toBe(429);
    doomed.kill();
    expect((await ask(address, first!)).status).toBe(429);
    clock.advance(LEASE_LAPSE_MS + 1);
    // The living have told that they live before the silent ones are looked for.
    await expect
      .poll(async () => {
        const [row] = await api.database.sql<{ living: number }[]>`
          SELECT count(*)::int AS living FROM gateway_session WHERE closed_at IS NULL AND heartbeat_at = ${clock.now()}`;
        return row!.living;
      })
      .toBe(gateways.length);
    await api.core.leases.lapse();
    const again = await Promise.all(Array.from({ length: 60 }, () => ask(address, first!)));
    expect(again.map(({ status }) => status)).toEqual(Array(60).fill(200));
    expect((await ask(address, first!)).status).toBe(429);
    for (const client of living) await exchange(client, 1);
    await doomed.gateway.stop();
  });
});

describe('changes are in force on both gateways', () => {
  test('suspended, everything is cut; resumed, it is let in again', async () => {
    const { address, put } = await sold();
    const open = await tunnels(address, 10);
    const suspendedAtMs = performance.now();
    await put('suspend');
    await expectCut(open, suspendedAtMs);
    for (const gateway of gateways) expect((await ask(address, gateway)).status).toBe(407);
    await put('resume');
    await eventuallyServed(address);
  });

  test('an unbound address is cut, and may be bound elsewhere at once', async () => {
    const [left, right] = [await sold(), await sold()];
    const open = await tunnels(left.address, 4);
    const stays = await tunnels(right.address, 2);
    const unboundAtMs = performance.now();
    await left.put('blacklist', { ip: left.address });
    await expectCut(open, unboundAtMs);
    for (const gateway of gateways) expect((await ask(left.address, gateway)).status).toBe(407);
    for (const client of stays) await exchange(client, 1);
    await left.put('whitelist', { ip: left.address });
    await eventuallyServed(left.address);
  });

  test('the period is over with its last millisecond, though nobody has written it down', async () => {
    const subscription = await sold();
    const { periodEnd } = await api.core.subscriptions.get(subscription.reseller.accountId, subscription.id);
    clock.set(new Date(periodEnd.getTime() - 60_000));
    const open = await tunnels(subscription.address, 10);
    const overAtMs = performance.now();
    clock.set(periodEnd);
    expect((await ask(subscription.address, gateways[0]!)).status).toBe(403);
    await expectCut(open, overAtMs);
    for (const gateway of gateways) expect((await ask(subscription.address, gateway)).status).toBe(407);
  });

  test('where it renews itself, its tunnels notice nothing', async () => {
    const subscription = await sold();
    const { periodEnd } = await api.core.subscriptions.get(subscription.reseller.accountId, subscription.id);
    await subscription.put('autorenewal', { autoRenewal: true });
    const open = await tunnels(subscription.address, 4);
    clock.set(periodEnd);
    await Promise.all(open.map((client) => exchange(client, 1)));
    await api.core.subscriptions.expireDue(JOB);
    // Long enough for reports that would tell otherwise.
    const { bytes } = await api.core.subscriptions.get(subscription.reseller.accountId, subscription.id);
    await Promise.all(open.map((client) => exchange(client, 5)));
    await expect
      .poll(
        async () =>
          (await api.core.subscriptions.get(subscription.reseller.accountId, subscription.id)).bytes,
        { timeout: IN_FORCE_WITHIN_MS },
      )
      .toBeGreaterThan(bytes);
    await Promise.all(open.map((client) => exchange(client, 1)));
    await eventuallyServed(subscription.address);
  });
});

test('the mobile product is leased and metered apart, and the figures agree', async () => {
  const { core, operator } = api;
  const reseller = await api.reseller({ mb: 200 });
  await core.accounts.topUp(operator, reseller.storeCode, 'mobile', 50_000_000n);
  const infinite = async (method: 'GET' | 'POST', path: string) => {
    const headers = { 'x-infinite-key': reseller.key };
    const response = await api.app.inject({ method, url: `/v2${path}`, headers });
    expect(response.statusCode).toBe(200);
    return response.json().payload;
  };
  const { proxy_password: password } = await infinite('POST', '/customer/create?username=bob');
  await infinite('POST', '/customer/add_balance?username=bob&balance=10&type=residential');
  await infinite('POST', '/customer/add_balance?username=bob&balance=20&type=mobile');
  expect(await infinite('GET', '/@me')).toMatchObject({ balanceResidential: 90, balanceMobile: 30 });

  const address = '127.0.2.1';
  const username = `${reseller.storeCode}_bob`;
  // Both spellings, and the name with and without its store code.
  for (const [name, secret] of [
    [`${username}-product-mobile-session-AB12CD34`, password],
    ['bob', `${password}_product-mobile_lifetime-30`],
    ['bob', `${password}_product-mobile_lifetime-30`],
  ]) {
    const { status, client } = await ask(address, gateways[0]!, basic(name!, secret));
    expect(status).toBe(200);
    await exchange(client, 1_000_000);
    client.destroy();
  }
  const residential = await ask(address, gateways[1]!, basic('bob', password));
  expect(residential.status).toBe(200);
  await exchange(residential.client, 250_000);
  const figures = async (product: 'residential' | 'mobile') => {
    const { remainingBytes, usedBytes } = await core.subusers.bandwidth(
      reseller.accountId,
      username,
      product,
    );
    return { remainingBytes, usedBytes };
  };
  const used = { timeout: IN_FORCE_WITHIN_MS, interval: 20 };
  await expect
    .poll(() => figures('mobile'), used)
    .toEqual({ remainingBytes: 14_000_000n, usedBytes: 6_000_000n });
  await expect
    .poll(() => figures('residential'), used)
    .toEqual({ remainingBytes: 9_500_000n, usedBytes: 500_000n });
  // What was sold stays sold: the reseller's own balances have not moved.
  expect(await infinite('GET', '/@me')).toMatchObject({ balanceResidential: 90, balanceMobile: 30 });
});

async function eventuallyServed(address: string): Promise<void> {
  for (const gateway of gateways) {
    await expect
      .poll(async () => (await ask(address, gateway)).status, { timeout: IN_FORCE_WITHIN_MS })
      .toBe(200);
  }
}
