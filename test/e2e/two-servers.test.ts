/** Two servers on one PostgreSQL: they start together on an empty database, and neither lets through what the other sold. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { type Credentials, download, Tunnel } from '../support/proxy-clients.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, type Installation, type ServerProcess } from '../support/server-process.ts';

const IN_FORCE_WITHIN_MS = 2_000;
const POLL = { interval: 20, timeout: IN_FORCE_WITHIN_MS };
const QUOTA_MB = 3;
const PARALLEL = 16;
const BODY_BYTES = 1_000_000;
const ROUNDS = 5;

let database: TestDatabase;
let origin: Origin;
let settings: Record<string, string>;
let installations: Installation[] = [];
let servers: [ServerProcess, ServerProcess];
let key: string;

beforeAll(async () => {
  [database, origin] = await Promise.all([createTestDatabase({ empty: true }), startOrigin()]);
  settings = { DATABASE_URL: database.url, HEADGATE_MASTER_KEY: randomBytes(32).toString('base64') };
  installations = [createInstallation(settings), createInstallation(settings)];
  servers = (await Promise.all(installations.map((installation) => installation.start()))) as typeof servers;
});
afterAll(async () => {
  await Promise.all(installations.map((installation) => installation.remove()));
  await Promise.all([database?.drop(), origin?.close()]);
});

const clients = () => servers.map((server) => new ResellerClient(server.apiUrl, key));

async function statusAt(server: ServerProcess, credentials: Credentials): Promise<number> {
  const tunnel = await Tunnel.open(server.gatewayUrl, credentials, origin.authority);
  await tunnel.close();
  return tunnel.status;
}

test('of two that start at once, one makes the owner and the demo reseller, and the schema is made once', async () => {
  const welcomed = servers.filter((server) => server.stdout().includes('Welcome'));
  expect(welcomed).toHaveLength(1);
  key = installations[servers.indexOf(welcomed[0]!)]!.firstRun.key;
  const { sql } = database;
  const [counts] = await sql<{ owners: bigint; resellers: bigint; pool: bigint }[]>`
    SELECT (SELECT count(*) FROM account WHERE is_owner) AS owners,
      (SELECT count(*) FROM account WHERE tier = 'RESELLER') AS resellers,
      (SELECT sum(l.balance) FROM account_holding h JOIN ledger_account l ON l.id = h.ledger_id
        WHERE h.asset = 'residential')::bigint AS pool`;
  expect(counts).toEqual({ owners: 1n, resellers: 1n, pool: 10_000_000_000n });
  for (const client of clients()) expect((await client.call('GET', '/bandwidth')).status).toBe(200);
});

test('another master key is refused', async () => {
  const stranger = createInstallation({
    ...settings,
    HEADGATE_MASTER_KEY: randomBytes(32).toString('base64'),
  });
  try {
    const { code, stderr } = await stranger.startInVain();
    expect(code).toBe(1);
    expect(stderr).toMatch(/master key/i);
  } finally {
    await stranger.remove();
  }
});

test('a quota used through both gateways at once is exact', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [one] = clients() as [ResellerClient];
    const subuser = await one.createSubuser(`shared${round}`, QUOTA_MB);
    const before = { ...origin.count };
    // Both have a lease before the rush: whatever comes, each has relayed some of it.
    const results = await Promise.all(
      servers.map(({ gatewayUrl }) => download(gatewayUrl, subuser, origin.authority, 1_000)),
    );
    for (const result of results) expect(result.isComplete).toBe(true);
    const rush = Array.from({ length: PARALLEL }, (_unused, index) =>
      download(servers[index % 2 ? 1 : 0].gatewayUrl, subuser, origin.authority, BODY_BYTES),
    );
    results.push(...(await Promise.all(rush)));
    for (const server of servers) expect([402, 503]).toContain(await statusAt(server, subuser));
    await expect.poll(() => origin.openConnections, { interval: 5, timeout: 10_000 }).toBe(0);
    const received = results.reduce((sum, result) => sum + result.receivedBytes, 0);
    expect(origin.since(before).receivedBytes + received).toBe(QUOTA_MB * 1_000_000);
    for (const client of clients()) {
      await expect
        .poll(() => client.bandwidth(subuser.username), POLL)
        .toMatchObject({ bandwidthUsed: QUOTA_MB, bandwidthRemaining: 0 });
    }
  }
});

test('a password changed through one is in force at both', async () => {
  const [one] = clients() as [ResellerClient];
  const subuser = await one.createSubuser('moved', 5);
  const changed = { username: subuser.username, password: 'Changed-through-1' };
  const tunnels: Tunnel[] = [];
  for (const server of servers) {
    const tunnel = await Tunnel.open(server.gatewayUrl, subuser, origin.authority);
    expect(tunnel.status).toBe(200);
    tunnels.push(tunnel);
    expect(await statusAt(server, changed)).toBe(407);
  }
  await one.setPassword(subuser.username, changed.password);
  for (const tunnel of tunnels) await expect.poll(() => tunnel.isClosed, POLL).toBe(true);
  for (const server of servers) {
    await expect.poll(() => statusAt(server, subuser), POLL).toBe(407);
    await expect.poll(() => statusAt(server, changed), POLL).toBe(200);
  }
});

test('a key that the command line revokes stops working at both', async () => {
  const [installation] = installations as [Installation];
  const create = ['--owner', 'DEMO', '--name', 'short', '--scopes', 'reseller:read', '--json'];
  const minted = (await installation.cli('key', 'create', ...create)).json<{ id: string; secret: string }>();
  const statuses = () =>
    Promise.all(
      servers.map(
        async (server) =>
          (await new ResellerClient(server.apiUrl, minted.secret).call('GET', '/bandwidth')).status,
      ),
    );
  expect(await statuses()).toEqual([200, 200]);
  expect((await installation.cli('key', 'revoke', minted.id)).code).toBe(0);
  await expect.poll(statuses, POLL).toEqual([401, 401]);
});

test('one may stop: the other goes on, and the ledger holds', async () => {
  const [first, second] = servers;
  expect(await first.stop()).toBe(0);
  const client = new ResellerClient(second.apiUrl, key);
  const subuser = await client.createSubuser('survivor', 5);
  expect(await download(second.gatewayUrl, subuser, origin.authority, BODY_BYTES)).toMatchObject({
    isComplete: true,
  });
  expect(await second.stop()).toBe(0);
  const [row] = await database.sql<{ leased: bigint }[]>`
    SELECT sum(balance)::bigint AS leased FROM ledger_account WHERE kind = 'leased'`;
  expect(row).toEqual({ leased: 0n });
  expect((await installations[0]!.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
});
