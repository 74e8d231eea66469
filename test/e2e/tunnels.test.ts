/** Live tunnels, asked for and cut over two gateways on one database. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inProcessCarrier } from '../../src/api/control/in-process.ts';
import { createGateway, type Gateway } from '../../src/gateway/gateway.ts';
import { linkOver } from '../../src/gateway/link/link.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { ALLOW_LOOPBACK, basic, eventually } from '../support/gateway/harness.ts';
import { type Origin, startEcho, startHeadOrigin } from '../support/gateway/origins.ts';
import { RawClient } from '../support/gateway/raw-client.ts';

let api: TestApi;
let reseller: TestReseller;
let echo: Origin;
let clients: RawClient[] = [];
const gateways: Gateway[] = [];
const ports: number[] = [];
let isDeaf = false;
let lastName = 0;

const resolver = async () => ['127.0.0.1'];

beforeAll(async () => {
  api = await createTestApi();
  reseller = await api.reseller({ mb: 100 });
  echo = await startEcho();
  for (const name of ['one', 'two']) {
    const carrier = inProcessCarrier(api.core, { name, ownsName: false });
    const link = linkOver({
      ...carrier,
      onEvent: (listener) =>
        carrier.onEvent((event) => {
          if (!(isDeaf && name === 'two')) listener(event);
        }),
    });
    const gateway = createGateway({ host: '127.0.0.1', port: 0, allow: ALLOW_LOOPBACK, resolver, link });
    ports.push((await gateway.start()).port);
    gateways.push(gateway);
  }
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  isDeaf = false;
  await eventually(() => expect(gateways.map((gateway) => gateway.stats().served)).toEqual([0, 0]));
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await echo.close();
  await api.close();
});

interface Account {
  username: string;
  password: string;
}

async function makeSubuser(owner = reseller): Promise<Account> {
  lastName += 1;
  return api.core.subusers.create(api.operator, owner.accountId, {
    username: `live${lastName}`,
    email: null,
    bytes: 1_000_000n,
    product: 'residential',
  });
}

async function open(gateway: number, { username, password }: Account, host: string): Promise<RawClient> {
  const client = await RawClient.connect(ports[gateway]!);
  clients.push(client);
  client.send(`CONNECT ${host}:${echo.port} HTTP/1.1\r\nHost: x\r\n${basic(username, password)}\r\n`);
  expect(await client.readHead()).toMatch(/^HTTP\/1.1 200 /);
  return client;
}

test('who, to where, how much, since when, and at which gateway', async () => {
  const alice = await makeSubuser();
  const before = Date.now();
  const client = await open(0, alice, 'one.test');
  client.send('hello');
  await client.readBytes(5);
  await open(1, alice, 'two.test');
  await open(1, await makeSubuser(), 'two.test');
  const { total, tunnels, silentGateways } = await api.core.tunnels.live({ subuser: alice.username });
  expect({ total, silentGateways }).toEqual({ total: 2, silentGateways: [] });
  expect(tunnels[0]).toEqual({
    tunnelId: expect.stringMatching(/^t_[0-9a-f]{12}_\d+$/),
    username: alice.username,
    subscription: null,
    storeCode: reseller.storeCode,
    protocol: 'connect',
    host: 'one.test',
    port: echo.port,
    clientAddress: '127.0.0.1',
    upBytes: 5,
    downBytes: 5,
    since: expect.any(Date),
    gateway: 'one',
  });
  expect(tunnels[0]!.since.getTime()).toBeGreaterThan(before - 1_000);
  expect(tunnels[1]).toMatchObject({ host: 'two.test', gateway: 'two', upBytes: 0 });
  expect((await api.core.tunnels.live({}, 1)).tunnels).toHaveLength(1);
  expect((await api.core.tunnels.live({}, 1)).total).toBe(3);
  expect((await api.core.tunnels.live({ host: 'TWO.test' })).total).toBe(2);
  expect((await api.core.tunnels.live({ tunnelId: tunnels[0]!.tunnelId })).tunnels).toEqual([
    expect.objectContaining({ host: 'one.test' }),
  ]);
  const [left] = await api.database.sql<{ count: bigint }[]>`SELECT count(*) FROM tunnel_answer`;
  expect(left!.count).toBe(0n);
});

test('a reseller sees its own only, and of another’s subuser not that it exists', async () => {
  const stranger = await api.reseller({ mb: 10 });
  const [mine, theirs] = [await makeSubuser(), await makeSubuser(stranger)];
  await open(0, mine, 'one.test');
  await open(1, theirs, 'two.test');
  const { accountId } = stranger;
  expect(await api.core.tunnels.live({ accountId })).toMatchObject({
    total: 1,
    tunnels: [{ username: theirs.username }],
  });
  await expect(api.core.tunnels.live({ accountId, subuser: mine.username })).rejects.toMatchObject({
    code: 'SubuserNotFound',
  });
});

test('cut by tunnel, by subuser, by host; audited; the rest goes on', async () => {
  const [alice, bob] = [await makeSubuser(), await makeSubuser()];
  const first = await open(0, alice, 'one.test');
  const second = await open(1, alice, 'two.test');
  const third = await open(1, bob, 'two.test');
  const { tunnels } = await api.core.tunnels.live({ host: 'one.test' });
  const { tunnelId } = tunnels[0]!;
  expect(await api.core.tunnels.cut(api.operator, { tunnelId })).toEqual({ cut: 1, silentGateways: [] });
  await first.closed();
  expect(await api.core.tunnels.cut(api.operator, { subuser: alice.username })).toMatchObject({ cut: 1 });
  await second.closed();
  third.send('still');
  expect((await third.readBytes(5)).toString()).toBe('still');
  expect(await api.core.tunnels.cut(api.operator, { host: 'two.test' })).toMatchObject({ cut: 1 });
  await third.closed();
  expect(await api.core.tunnels.cut(api.operator, { host: 'two.test' })).toMatchObject({ cut: 0 });
  await expect(api.core.tunnels.cut(api.operator, {})).rejects.toMatchObject({ code: 'InvalidField' });
  const entries = await api.database.sql<{ details: unknown }[]>`
    SELECT details FROM audit_entry WHERE action = 'tunnels.cut' ORDER BY id`;
  expect(entries.map((entry) => entry.details).slice(0, 3)).toEqual([
    { tunnelId },
    { subuser: alice.username },
    { host: 'two.test' },
  ]);
});

test('a forwarded request on its way is listed, and cut', async () => {
  const alice = await makeSubuser();
  const web = await startHeadOrigin(() => undefined);
  try {
    const client = await RawClient.connect(ports[0]!);
    clients.push(client);
    client.send(`GET http://web.test:${web.port}/ HTTP/1.1\r\n${basic(alice.username, alice.password)}\r\n`);
    await expect
      .poll(() => api.core.tunnels.live({ subuser: alice.username }))
      .toMatchObject({ tunnels: [{ protocol: 'http', host: 'web.test', port: web.port }] });
    await api.core.tunnels.cut(api.operator, { subuser: alice.username });
    await client.closed();
  } finally {
    await web.close();
  }
});

test('a gateway that does not answer is named, and nobody waits for it for long', async () => {
  const alice = await makeSubuser();
  await open(0, alice, 'one.test');
  isDeaf = true;
  expect(await api.core.tunnels.live()).toMatchObject({ total: 1, silentGateways: ['two'] });
});

test.each([[{ tunnelId: 'a b' }], [{ host: '' }], [{ subuser: 'x', subscription: 'su_0' }]])(
  '%o is refused',
  async (query) => {
    await expect(api.core.tunnels.live(query)).rejects.toMatchObject({ code: 'InvalidField' });
  },
);
