/** Limits over two gateways on one database, from the command that sets them to the tunnels and bytes that they bound. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inProcessLink } from '../../src/api/control/in-process.ts';
import { createGateway, type Gateway } from '../../src/gateway/gateway.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { ALLOW_LOOPBACK, basic } from '../support/gateway/harness.ts';
import { ManualTimers } from '../support/gateway/manual-timers.ts';
import { type Origin, startEcho, startOrigin } from '../support/gateway/origins.ts';
import { RawClient } from '../support/gateway/raw-client.ts';

let api: TestApi;
let reseller: TestReseller;
let echo: Origin;
let flood: Origin;
let clients: RawClient[] = [];
const gateways: Gateway[] = [];
let lastName = 0;

async function startGateway(timers?: ManualTimers): Promise<number> {
  const link = inProcessLink(api.core, { name: `gateway-${gateways.length}`, ownsName: false });
  const gateway = createGateway({
    host: '127.0.0.1',
    port: 0,
    allow: ALLOW_LOOPBACK,
    link,
    ...(timers && { timers }),
  });
  gateways.push(gateway);
  return (await gateway.start()).port;
}

let ports: [number, number];

beforeAll(async () => {
  api = await createTestApi();
  reseller = await api.reseller({ mb: 1_000 });
  echo = await startEcho();
  const block = Buffer.alloc(64 * 1024, 'f');
  flood = await startOrigin((socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on('drain', pour);
    socket.on('end', () => socket.end());
    pour();
  });
  ports = [await startGateway(), await startGateway()];
});
afterEach(() => {
  for (const client of clients) client.destroy();
  clients = [];
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await Promise.all([echo.close(), flood.close()]);
  await api.assertLedgerHolds();
  await api.close();
});

interface Account {
  username: string;
  password: string;
  set(limits: Record<string, unknown>): Promise<unknown>;
}

async function makeSubuser(): Promise<Account> {
  lastName += 1;
  const { accountId } = reseller;
  const { username, password } = await api.core.subusers.create(api.operator, accountId, {
    username: `user${lastName}`,
    email: null,
    bytes: 50_000_000n,
    product: 'residential',
  });
  const set = (limits: Record<string, unknown>) =>
    api.core.limits.setSubuserLimits(api.operator, accountId, username, limits);
  return { username, password, set };
}

async function open(port: number, { username, password }: Account, authority: string) {
  const client = await RawClient.connect(port);
  clients.push(client);
  client.send(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${basic(username, password)}\r\n`);
  return { client, status: Number((await client.readHead()).split(' ')[1]) };
}

test.each([1, 2, 3])(
  'tunnels at once: of 60 that come to both at once, exactly the limit (round %i)',
  async () => {
    const account = await makeSubuser();
    await account.set({ maxTunnels: 10 });
    const opened = await Promise.all(
      Array.from({ length: 60 }, (_unused, index) => open(ports[index % 2 ? 1 : 0], account, echo.authority)),
    );
    const standing = opened.filter(({ status }) => status === 200);
    expect(opened.filter(({ status }) => status === 429)).toHaveLength(60 - standing.length);
    expect(standing.length).toBeLessThanOrEqual(10);
    // A refusal may be wrong for a seat on its way; who comes again gets it.
    for (let more = standing.length; more < 10; more += 1)
      await expect.poll(async () => (await open(ports[0], account, echo.authority)).status).toBe(200);
    for (const port of ports) expect((await open(port, account, echo.authority)).status).toBe(429);
    standing[0]!.client.destroy();
    await expect.poll(async () => (await open(ports[1], account, echo.authority)).status).toBe(200);
  },
);

test('a limit set while tunnels run at both holds within two seconds', async () => {
  const account = await makeSubuser();
  const opened = await Promise.all(
    Array.from({ length: 12 }, (_unused, index) => open(ports[index % 2 ? 1 : 0], account, echo.authority)),
  );
  expect(opened.every(({ status }) => status === 200)).toBe(true);
  await account.set({ maxTunnels: 5 });
  const isOpen = ({ client }: { client: RawClient }) =>
    !client.socket.destroyed && !client.socket.readableEnded;
  await expect.poll(() => opened.filter(isOpen).length, { timeout: 2_000 }).toBe(5);
  await account.set({ deny: ['127.0.0.0/8'] });
  await expect.poll(() => opened.filter(isOpen).length, { timeout: 2_000 }).toBe(0);
  for (const port of ports) expect((await open(port, account, echo.authority)).status).toBe(403);
});

test('bytes a second: both gateways together keep to it, and each serves its part', async () => {
  const BYTES_PER_SECOND = 400_000;
  const timers = new ManualTimers();
  const account = await makeSubuser();
  await account.set({ bytesPerSecond: BYTES_PER_SECOND });
  let isOver = false;
  // What the gateways ask is answered in real time: theirs is slowed down to it.
  const turning = (async () => {
    while (!isOver) {
      await timers.advance(20);
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  })();
  try {
    const turned = await Promise.all([startGateway(timers), startGateway(timers)]);
    const startedAtMs = timers.nowMs();
    const tunnels = await Promise.all(turned.map((port) => open(port, account, flood.authority)));
    expect(tunnels.map(({ status }) => status)).toEqual([200, 200]);
    await expect.poll(() => timers.nowMs() - startedAtMs, { timeout: 20_000 }).toBeGreaterThan(10_000);
    const received = tunnels.map(({ client }) => client.receivedBytes);
    const total = received[0]! + received[1]!;
    // Read before the clock: time that passed since is on the safe side.
    const worth = (BYTES_PER_SECOND * (timers.nowMs() - startedAtMs)) / 1000;
    expect(total).toBeLessThanOrEqual(worth + BYTES_PER_SECOND / 5);
    expect(total).toBeGreaterThan(0.6 * worth);
    for (const bytes of received) expect(bytes).toBeGreaterThan(0.2 * worth);
    for (const { client } of tunnels) client.destroy();
    await Promise.all(gateways.splice(2).map((gateway) => gateway.stop()));
  } finally {
    isOver = true;
    await turning;
  }
});
