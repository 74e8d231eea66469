/** Another server takes the place of one that runs: nobody who connects meanwhile is turned away, and tunnels go on. */
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { type Credentials, Tunnel } from '../support/proxy-clients.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, type Installation, type ServerProcess } from '../support/server-process.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const CLIENTS = 4;
const READY_POLL = { interval: 20, timeout: 120_000 };

let origin: Origin;
let database: TestDatabase;
let home: Installation;
let center: ServerProcess;
let credentials: Credentials;
/** Of the machines, one after the other. */
let token: string;

beforeAll(async () => {
  [origin, database] = await Promise.all([startOrigin(), createTestDatabase({ empty: true })]);
  const settings = { DATABASE_URL: database.url, HEADGATE_MASTER_KEY: randomBytes(32).toString('base64') };
  home = createInstallation(settings);
  center = await home.start();
  const client = new ResellerClient(center.apiUrl, home.firstRun.key);
  credentials = await client.createSubuser('steady', 1_000);
  token = (await home.cli('node', 'create', '--name', 'gw1', '--json')).json<{ secret: string }>().secret;
});
afterAll(async () => {
  await home?.remove();
  await Promise.all([database?.drop(), origin?.close()]);
});

const readyLines = (server: ServerProcess) => server.stdout().match(/^headgate ready$/gm)?.length ?? 0;
const count = (text: string, part: string) => text.split(part).length - 1;

/** Opens tunnels one after the other, and asks what else is given, until told to stop. */
function startClients(server: ServerProcess, ask: () => Promise<string>) {
  const failures: string[] = [];
  let done = 0;
  let isStopped = false;
  async function open() {
    const tunnel = await Tunnel.open(server.gatewayUrl, credentials, origin.authority);
    if (tunnel.status !== 200) failures.push(`CONNECT was answered ${tunnel.status}`);
    tunnel.get('/bytes/1000', origin.authority);
    await new Promise<void>((resolve) => {
      tunnel.onBytes = (received) => received >= 1_000 && resolve();
      void tunnel.closed.then(() => {
        if (tunnel.receivedBytes < 1_000) failures.push('a tunnel was cut');
        resolve();
      });
    });
    await tunnel.close();
    const answer = await ask();
    if (answer !== 'ok') failures.push(answer);
    done += 1;
  }
  const loops = Array.from({ length: CLIENTS }, async () => {
    while (!isStopped) await open().catch((error: unknown) => failures.push(String(error)));
  });
  return {
    failures,
    get done() {
      return done;
    },
    async stop() {
      isStopped = true;
      await Promise.all(loops);
    },
  };
}

async function handOver(server: ServerProcess, ask: () => Promise<string>, handOvers: number): Promise<void> {
  const clients = startClients(server, ask);
  const long = await Tunnel.open(server.gatewayUrl, credentials, origin.authority);
  long.get('/paced/100000000/100/20', origin.authority);
  for (let round = 1; round <= handOvers; round += 1) {
    const before = clients.done;
    await expect.poll(() => clients.done, READY_POLL).toBeGreaterThan(before + 10);
    server.signal('SIGUSR2');
    await expect.poll(() => readyLines(server), READY_POLL).toBe(round + 1);
    await expect.poll(() => count(server.stderr(), 'another server has taken over')).toBe(round);
    const after = clients.done;
    await expect.poll(() => clients.done, READY_POLL).toBeGreaterThan(after + 10);
  }
  await clients.stop();
  expect(clients.failures).toEqual([]);
  // It began on the first server, and goes on there.
  const { receivedBytes } = long;
  await expect.poll(() => long.receivedBytes, READY_POLL).toBeGreaterThan(receivedBytes + 1_000);
  expect(long.isClosed).toBe(false);
  await long.close();
}

/** Answers `ok`, or what was wrong. A connection of its own each time. */
async function lookAt(url: string): Promise<string> {
  const { status } = await fetch(url, { headers: { connection: 'close' } });
  return status === 200 ? 'ok' : `${url} answered ${status}`;
}

/** Of the machines' gateways. */
async function openSessions(): Promise<number> {
  const [row] = await database.sql<{ count: bigint }[]>`
    SELECT count(*) FROM gateway_session WHERE node_id IS NOT NULL AND closed_at IS NULL`;
  return Number(row!.count);
}

describe.each([
  ['one thread, fast relay', { HEADGATE_GATEWAY_THREADS: '1', HEADGATE_GATEWAY_RELAY: 'fast' }, 2],
  ['one thread, portable relay', { HEADGATE_GATEWAY_THREADS: '1', HEADGATE_GATEWAY_RELAY: 'portable' }, 1],
  ['two threads', { HEADGATE_GATEWAY_THREADS: '2' }, 2],
])('%s', (_what, settings, handOvers) => {
  test('a linked gateway hands over', { timeout: 300_000 }, async () => {
    const machine = createInstallation({
      ...settings,
      HEADGATE_CONTROL_URL: center.apiUrl,
      HEADGATE_NODE_TOKEN: token,
    });
    const server = await machine.start({}, '--roles', 'gateway');
    await handOver(server, () => lookAt(`${server.healthUrl}/healthz`), handOvers);
    // All that went before have ended, and what they used is counted: the last one has the only session.
    await expect.poll(openSessions, READY_POLL).toBe(Number(settings.HEADGATE_GATEWAY_THREADS));
    expect(await server.stop()).toBe(0);
    expect(await openSessions()).toBe(0);
    await machine.remove();
  });
});

test('one that has the embedded database says that it cannot, and goes on', async () => {
  const installation = createInstallation();
  const server = await installation.start();
  server.signal('SIGUSR2');
  await expect.poll(() => server.stderr()).toContain('cannot hand over');
  expect(await lookAt(`${server.apiUrl}/readyz`)).toBe('ok');
  expect(await server.stop()).toBe(0);
  await installation.remove();
});

test('a successor that does not start changes nothing', { timeout: 120_000 }, async () => {
  const authorities = path.join(makeTempFolder('headgate-ca-'), 'ca.pem');
  writeFileSync(authorities, origin.certificate);
  const machine = createInstallation({
    HEADGATE_CONTROL_URL: center.apiUrl,
    HEADGATE_NODE_TOKEN: token,
    HEADGATE_CONTROL_CA: authorities,
  });
  const server = await machine.start({}, '--roles', 'gateway');
  rmSync(authorities);
  server.signal('SIGUSR2');
  await expect.poll(() => server.stderr(), READY_POLL).toContain('ended before it was ready');
  expect(server.stderr()).toContain('HEADGATE_CONTROL_CA');
  expect(await lookAt(`${server.healthUrl}/readyz`)).toBe('ok');
  writeFileSync(authorities, origin.certificate);
  await handOver(server, () => lookAt(`${server.healthUrl}/healthz`), 1);
  expect(await server.stop()).toBe(0);
  await machine.remove();
});

test('a whole server on a database of its own hands over, its API too', { timeout: 300_000 }, async () => {
  const url = `${center.apiUrl}/api/reseller/v1/bandwidth`;
  const headers = { authorization: `Bearer ${home.firstRun.key}`, connection: 'close' };
  const askApi = async () => {
    const { status } = await fetch(url, { headers });
    return status === 200 ? 'ok' : `the API answered ${status}`;
  };
  await handOver(center, askApi, 2);
  expect(await center.stop()).toBe(0);
  expect((await home.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
});
