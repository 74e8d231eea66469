/** Quota is exact, and what a reseller changes takes effect on running traffic. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ByteCount, type Origin, startOrigin } from '../support/origin.ts';
import { type Credentials, curl, download, Tunnel } from '../support/proxy-clients.ts';
import { ResellerClient, type WireSubuser } from '../support/reseller-client.ts';
import { createInstallation, type ServerProcess } from '../support/server-process.ts';

/** How soon a change must be in force. */
const IN_FORCE_WITHIN_MS = 2_000;
const POLL = { interval: 20, timeout: IN_FORCE_WITHIN_MS };
const QUOTA_MB = 5;
const QUOTA_BYTES = QUOTA_MB * 1_000_000;
const PARALLEL = 32;
const BODY_BYTES = 1_000_000;
const ROUNDS = 20;

const installation = createInstallation();
let origin: Origin;
let server: ServerProcess;
let client: ResellerClient;
let names = 0;
const tunnels: Tunnel[] = [];

beforeAll(async () => {
  [origin, server] = await Promise.all([startOrigin(), installation.start()]);
  client = new ResellerClient(server.apiUrl, installation.firstRun.key);
});
afterEach(async () => {
  await Promise.all(tunnels.splice(0).map((tunnel) => tunnel.close()));
});
afterAll(async () => {
  await Promise.all([installation.remove(), origin?.close()]);
});

function newSubuser(megabytes: number): Promise<WireSubuser> {
  names += 1;
  return client.createSubuser(`quota${names}`, megabytes);
}

async function tunnelOf(credentials: Credentials): Promise<Tunnel> {
  const tunnel = await Tunnel.open(server.gatewayUrl, credentials, origin.authority);
  tunnels.push(tunnel);
  return tunnel;
}

/** A tunnel through which bytes keep coming. */
async function busyTunnelOf(credentials: Credentials): Promise<Tunnel> {
  const tunnel = await tunnelOf(credentials);
  tunnel.get('/paced/100000000/1000/10', origin.authority);
  await expect.poll(() => tunnel.receivedBytes, POLL).toBeGreaterThan(20_000);
  return tunnel;
}

async function expectCut(tunnel: Tunnel): Promise<void> {
  await expect.poll(() => tunnel.isClosed, POLL).toBe(true);
}

/** What has reached the web server and its clients, once all connections are closed. */
async function relayedSince(before: ByteCount, receivedByClients: number): Promise<number> {
  await expect.poll(() => origin.openConnections, { interval: 5, timeout: 10_000 }).toBe(0);
  return origin.since(before).receivedBytes + receivedByClients;
}

async function shownBytes(username: string) {
  const result = await installation.cli('subuser', 'show', username, '--json');
  return result.json<{ bandwidth: { residential: { usedBytes: number; remainingBytes: number } } }>()
    .bandwidth.residential;
}

async function poolBytes(): Promise<number> {
  const result = await installation.cli('reseller', 'show', 'DEMO', '--json');
  return result.json<{ balances: { residential: number } }>().balances.residential;
}

describe('5 MB, and 32 downloads of 1 MB at once', () => {
  test('relay exactly 5,000,000 bytes, in each of 20 rounds', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const subuser = await newSubuser(QUOTA_MB);
      const before = { ...origin.count };
      const results = await Promise.all(
        Array.from({ length: PARALLEL }, () =>
          download(server.gatewayUrl, subuser, origin.authority, BODY_BYTES),
        ),
      );
      const received = results.reduce((sum, result) => sum + result.receivedBytes, 0);
      expect(await relayedSince(before, received), `round ${round}`).toBe(QUOTA_BYTES);
      // Heads and requests take their part: at most four could be completed, and all others were told or cut.
      expect(results.filter((result) => result.isComplete).length).toBeLessThan(QUOTA_MB);
      for (const { status } of results) expect([200, 402]).toContain(status);

      const next = await tunnelOf(subuser);
      expect(next.status).toBe(402);
      await next.close();
      await expect
        .poll(() => client.bandwidth(subuser.username), POLL)
        .toMatchObject({ bandwidthAllocated: QUOTA_MB, bandwidthUsed: QUOTA_MB, bandwidthRemaining: 0 });
      const { upBytes, downBytes } = await client.usedBytes(subuser.username);
      expect(upBytes + downBytes).toBe(QUOTA_BYTES);
    }
  });

  test('the same for curl and plain HTTP, and then the same curl goes on with added bandwidth', async () => {
    const credentials = await newSubuser(QUOTA_MB);
    const options = { gatewayUrl: server.gatewayUrl, credentials };
    const get = () => curl(`${origin.http}/bytes/${BODY_BYTES}`, options);
    const before = { ...origin.count };
    const results = await Promise.all(Array.from({ length: PARALLEL }, get));
    // The gateway's own answers are not metered.
    const served = results.filter((result) => result.status === 200);
    const received = served.reduce((sum, result) => sum + result.headBytes + result.bodyBytes, 0);
    expect(await relayedSince(before, received)).toBe(QUOTA_BYTES);
    expect(results.filter((result) => result.bodyBytes === BODY_BYTES).length).toBeLessThan(QUOTA_MB);
    expect(await get()).toMatchObject({ status: 402 });

    await client.moveBandwidth(credentials.username, 'ADD', 2);
    expect(await get()).toMatchObject({ exitCode: 0, status: 200, bodyBytes: BODY_BYTES });
  });
});

test('a client whose tunnel was refused goes on with a new one as soon as bandwidth is added', async () => {
  const subuser = await newSubuser(0.001);
  const small = await download(server.gatewayUrl, subuser, origin.authority, 5_000);
  expect(small).toMatchObject({ status: 200, isComplete: false });
  const refused = await tunnelOf(subuser);
  expect(refused.status).toBe(402);
  await refused.close();
  await client.moveBandwidth(subuser.username, 'ADD', 1);
  expect(await download(server.gatewayUrl, subuser, origin.authority, 5_000)).toMatchObject({
    status: 200,
    isComplete: true,
  });
});

test('everything left can be removed while the gateway holds a lease on it, and the idle tunnel then carries nothing', async () => {
  const subuser = await newSubuser(QUOTA_MB);
  const before = { ...origin.count };
  const tunnel = await tunnelOf(subuser);
  const requestBytes = tunnel.get('/bytes/100', origin.authority);
  await expect.poll(() => tunnel.receivedBytes, POLL).toBeGreaterThan(100);
  await expect.poll(async () => (await client.usedBytes(subuser.username)).upBytes, POLL).toBe(requestBytes);
  const leased = await installation.query(
    (sql) => sql<{ balance: bigint }[]>`
      SELECT l.balance FROM subuser s JOIN subuser_bandwidth b ON b.subuser_id = s.id JOIN ledger_account l ON l.id = b.leased_id
        WHERE s.username = ${subuser.username} AND b.product = 'residential'`,
  );
  expect(leased[0]!.balance).toBeGreaterThan(0n);

  const { remainingBytes, usedBytes } = await shownBytes(subuser.username);
  expect(usedBytes + remainingBytes).toBe(QUOTA_BYTES);
  const state = await client.moveBandwidth(subuser.username, 'REMOVE', remainingBytes / 1_000_000);
  expect(state.bandwidthRemaining).toBe(0);
  expect(await shownBytes(subuser.username)).toMatchObject({ usedBytes, remainingBytes: 0 });

  tunnel.get('/bytes/100', origin.authority);
  await expectCut(tunnel);
  expect(await relayedSince(before, tunnel.receivedBytes)).toBe(usedBytes);
});

test('deleting a subuser cuts its tunnels and returns what it had not used to the pool', async () => {
  const poolBefore = await poolBytes();
  const subuser = await newSubuser(QUOTA_MB);
  const before = { ...origin.count };
  const tunnel = await busyTunnelOf(subuser);
  await client.deleteSubuser(subuser.username);
  await expectCut(tunnel);
  const relayed = await relayedSince(before, tunnel.receivedBytes);
  await expect.poll(poolBytes, { interval: 50, timeout: 5_000 }).toBe(poolBefore - relayed);
  const refused = await tunnelOf(subuser);
  expect(refused.status).toBe(407);
  await refused.close();
});

test('a new password cuts running tunnels and ends the old one', async () => {
  const subuser = await newSubuser(QUOTA_MB);
  const tunnel = await busyTunnelOf(subuser);
  const password = 'A-new-Password-7';
  await client.setPassword(subuser.username, password);
  await expectCut(tunnel);
  const statusWith = async (credentials: Credentials) => {
    const attempt = await tunnelOf(credentials);
    await attempt.close();
    return attempt.status;
  };
  await expect.poll(() => statusWith(subuser), POLL).toBe(407);
  await expect.poll(() => statusWith({ username: subuser.username, password }), POLL).toBe(200);
  // It stays so.
  expect(await statusWith(subuser)).toBe(407);
});

test.each(['127.0.0.1', '127.0.0.5'])('%s is let in while it is on the whitelist', async (address) => {
  const subuser = await newSubuser(QUOTA_MB);
  const statusFrom = async (from: string) => {
    const args = ['--interface', from];
    return (await curl(`${origin.http}/bytes/10`, { gatewayUrl: server.gatewayUrl, args })).status;
  };
  expect(await statusFrom(address)).toBe(407);
  await client.changeWhitelist('POST', subuser.username, address);
  await expect.poll(() => statusFrom(address), POLL).toBe(200);
  expect(await statusFrom('127.0.0.9')).toBe(407);
  await client.changeWhitelist('DELETE', subuser.username, address);
  await expect.poll(() => statusFrom(address), POLL).toBe(407);
});

test('and the ledger holds', async () => {
  expect((await installation.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
});
