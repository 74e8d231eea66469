/** A server that is told to stop: what runs may finish, every byte is on the account, and nothing is left behind. */
import net from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import { Tunnel } from '../support/proxy-clients.ts';
import { ResellerClient, type WireSubuser } from '../support/reseller-client.ts';
import { createInstallation, type ServerProcess } from '../support/server-process.ts';

/** How long running tunnels get. A stop that did not wait, or did not have to, is over well before. */
const DRAIN_MS = 10_000;
const STOPS_WITHIN_MS = DRAIN_MS / 2;
/** A second signal sooner is taken for the same key press. */
const SECOND_SIGNAL_AFTER_MS = 600;

const installation = createInstallation();
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin();
});
afterAll(async () => {
  await Promise.all([installation.remove(), origin?.close()]);
});

let names = 0;
function newSubuser(server: ServerProcess): Promise<WireSubuser> {
  names += 1;
  return new ResellerClient(server.apiUrl, installation.firstRun.key).createSubuser(`stop${names}`, 50);
}

async function timed<T>(work: Promise<T>): Promise<{ result: T; tookMs: number }> {
  const startedAtMs = performance.now();
  const result = await work;
  return { result, tookMs: performance.now() - startedAtMs };
}

/** Nothing leased, the ledger holds, the database's processes are gone, and so many bytes are used. */
async function expectSettled(username: string, usedBytes: number): Promise<void> {
  expect(installation.postgresPids()).toEqual([]);
  const shown = (await installation.cli('subuser', 'show', username, '--json')).json<{
    bandwidth: { residential: { usedBytes: number } };
  }>();
  expect(shown.bandwidth.residential.usedBytes).toBe(usedBytes);
  const [row] = await installation.query(
    (sql) => sql<{ leased: bigint; leases: bigint; sessions: bigint }[]>`
      SELECT (SELECT sum(balance) FROM ledger_account WHERE kind = 'leased')::bigint AS leased,
        (SELECT count(*) FROM lease WHERE closed_at IS NULL) AS leases,
        (SELECT count(*) FROM gateway_session WHERE closed_at IS NULL) AS sessions`,
  );
  expect(row).toEqual({ leased: 0n, leases: 0n, sessions: 0n });
  expect((await installation.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
  expect(installation.postgresPids()).toEqual([]);
}

test('a running download may finish, no new client is let in, and every byte is counted', async () => {
  const server = await installation.start();
  const subuser = await newSubuser(server);
  const bodyBytes = 300_000;
  const before = { ...origin.count };
  const tunnel = await Tunnel.open(server.gatewayUrl, subuser, origin.authority);
  tunnel.get(`/paced/${bodyBytes}/2000/10`, origin.authority);
  await expect.poll(() => tunnel.receivedBytes, { interval: 5, timeout: 5_000 }).toBeGreaterThan(10_000);

  const stopping = timed(server.stop());
  // From the moment it stops, nobody new is let in.
  const isRefused = () =>
    Tunnel.open(server.gatewayUrl, subuser, origin.authority).then(
      (other) => other.close().then(() => false),
      () => true,
    );
  await expect.poll(isRefused, { interval: 20, timeout: 5_000 }).toBe(true);
  expect(tunnel.receivedBytes).toBeLessThan(bodyBytes);
  await expect
    .poll(() => tunnel.receivedBytes, { interval: 10, timeout: DRAIN_MS })
    .toBeGreaterThan(bodyBytes);
  await tunnel.close();

  const { result: exitCode, tookMs } = await stopping;
  expect(exitCode).toBe(0);
  expect(tookMs).toBeLessThan(DRAIN_MS);
  await expect.poll(() => origin.openConnections).toBe(0);
  const { receivedBytes, sentBytes } = origin.since(before);
  expect(sentBytes).toBe(tunnel.receivedBytes);
  await expectSettled(subuser.username, receivedBytes + sentBytes);
});

test('a second signal ends the waiting, and the figures are still exact', async () => {
  const server = await installation.start();
  const subuser = await newSubuser(server);
  const before = { ...origin.count };
  const tunnel = await Tunnel.open(server.gatewayUrl, subuser, origin.authority);
  tunnel.get('/paced/100000000/1000/10', origin.authority);
  await expect.poll(() => tunnel.receivedBytes, { interval: 5, timeout: 5_000 }).toBeGreaterThan(10_000);

  const stopping = timed(server.stop());
  await new Promise((resolve) => setTimeout(resolve, SECOND_SIGNAL_AFTER_MS));
  expect(tunnel.isClosed).toBe(false);
  server.signal('SIGTERM');
  const { result: exitCode, tookMs } = await stopping;
  expect(exitCode).toBe(0);
  expect(tookMs).toBeLessThan(STOPS_WITHIN_MS);
  await tunnel.closed;
  await expect.poll(() => origin.openConnections).toBe(0);
  await expectSettled(subuser.username, origin.since(before).receivedBytes + tunnel.receivedBytes);
});

test('clients that only keep a connection open do not hold up the stop', async () => {
  const server = await installation.start();
  const subuser = await newSubuser(server);
  const waiting: net.Socket[] = [];
  onTestFinished(() => {
    for (const socket of waiting) socket.destroy();
  });
  // One that was served and kept, and one that never asked, at each port.
  for (const url of [server.apiUrl, server.gatewayUrl]) {
    for (const isServed of [true, false]) {
      const { hostname, port } = new URL(url);
      const socket = net.connect(Number(port), hostname);
      waiting.push(socket);
      await new Promise((resolve) => socket.once('connect', resolve));
      if (!isServed) continue;
      const login = Buffer.from(`${subuser.username}:${subuser.password}`).toString('base64');
      const target = url === server.apiUrl ? '/healthz' : `${origin.http}/bytes/10`;
      socket.write(`GET ${target} HTTP/1.1\r\nHost: here\r\nProxy-Authorization: Basic ${login}\r\n\r\n`);
      const answer = await new Promise((resolve) => socket.once('data', resolve));
      expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
    }
  }
  const { result: exitCode, tookMs } = await timed(server.stop());
  expect(exitCode).toBe(0);
  expect(tookMs).toBeLessThan(STOPS_WITHIN_MS);
});

test('a second server on the data folder is refused, and told who has it', async () => {
  const server = await installation.start();
  const { code, stdout, stderr } = await installation.startInVain();
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(installation.dataFolder);
  expect(stderr).toContain(`pid ${server.pid}`);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  // The first one is not disturbed.
  expect((await fetch(`${server.apiUrl}/readyz`)).status).toBe(200);
  expect(await server.stop()).toBe(0);
});

test('a start that cannot have its port says so and leaves nothing running', async () => {
  const taken = new URL(origin.http).port;
  for (const setting of ['HEADGATE_PORT', 'HEADGATE_GATEWAY_PORT']) {
    const { code, stdout, stderr } = await installation.startInVain({ [setting]: taken });
    expect(code).toBe(1);
    expect(stdout).not.toContain('headgate ready');
    expect(stderr).toContain(taken);
    expect(installation.postgresPids()).toEqual([]);
  }
});
