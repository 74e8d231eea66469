/** One quota, used through four gateway processes at once: exact, also when one of them is killed. */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { download } from '../support/proxy-clients.ts';
import { ResellerClient, type WireSubuser } from '../support/reseller-client.ts';
import { createInstallation, type Installation, type ServerProcess } from '../support/server-process.ts';
import { Traffic } from '../support/traffic.ts';

const QUOTA_MB = 50;
const QUOTA_BYTES = QUOTA_MB * 1_000_000;
const PROCESSES = 4;
const TUNNELS = 64;
/** All of them together, and three quarters of them too, want more than the quota. */
const BODY_BYTES = 1_200_000;
const ROUNDS = 8;
/** What was relayed is in the journal after this. */
const JOURNAL_MS = 50;
/** For a machine that is busy with other things. */
const SLACK_MS = 450;

let database: TestDatabase;
let origin: Origin;
let installation: Installation;
let servers: ServerProcess[];
let client: ResellerClient;

beforeAll(async () => {
  [database, origin] = await Promise.all([createTestDatabase({ empty: true }), startOrigin()]);
  // They share a data folder, so each finds the journals of the others.
  installation = createInstallation({
    DATABASE_URL: database.url,
    HEADGATE_MASTER_KEY: randomBytes(32).toString('base64'),
  });
  const first = await installation.start();
  const others = Array.from({ length: PROCESSES - 1 }, () => installation.start({}, '--roles', 'gateway'));
  servers = [first, ...(await Promise.all(others))];
  client = new ResellerClient(first.apiUrl, installation.firstRun.key);
}, 180_000);
afterAll(async () => {
  await installation?.remove();
  await Promise.all([database?.drop(), origin?.close()]);
});

/** Through so many of the processes; answers what has come back. */
async function rush(subuser: WireSubuser, processes: number, tunnels: number): Promise<number> {
  const results = await Promise.all(
    Array.from({ length: tunnels }, (_unused, index) =>
      download(servers[index % processes]!.gatewayUrl, subuser, origin.authority, BODY_BYTES),
    ),
  );
  return results.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
}

async function usedBytesOf({ username }: WireSubuser): Promise<number> {
  const { upBytes, downBytes } = await client.usedBytes(username);
  return upBytes + downBytes;
}

async function expectSpent(subuser: WireSubuser): Promise<void> {
  await expect.poll(() => usedBytesOf(subuser), { timeout: 30_000 }).toBe(QUOTA_BYTES);
}

test('64 tunnels through 4 processes relay exactly 50,000,000 bytes, in each round', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const subuser = await client.createSubuser(`four${round}`, QUOTA_MB);
    const before = { ...origin.count };
    const received = await rush(subuser, PROCESSES, TUNNELS);
    await expect.poll(() => origin.openConnections, { interval: 5, timeout: 30_000 }).toBe(0);
    expect(origin.since(before).receivedBytes + received, `round ${round}`).toBe(QUOTA_BYTES);
    await expectSpent(subuser);
  }
}, 600_000);

test('one of them killed in the middle: the ledger is exact, and agrees with what crossed', async () => {
  const subuser = await client.createSubuser('killed', QUOTA_MB);
  const before = { ...origin.count };
  const victim = servers.pop()!;
  // Slow enough that it holds nothing in its buffers, which would be counted and never arrive.
  const traffic = new Traffic(subuser);
  const slow = TUNNELS / PROCESSES;
  for (let index = 0; index < slow; index += 1)
    await traffic.add(victim.gatewayUrl, origin.authority, '/paced/100000000/1000/20');
  const rest = rush(subuser, PROCESSES - 1, TUNNELS - slow);
  await expect
    .poll(() => origin.since(before).sentBytes, { timeout: 60_000 })
    .toBeGreaterThan(QUOTA_BYTES / 3);
  const killedAtMs = performance.now();
  await victim.kill9();
  await traffic.over();
  let received = await rest;
  // What it had reported or written counts, the rest returns when its session lapses; then that is used as well.
  const sql = database.sql;
  const open = async () => {
    const [row] = await sql<{ count: bigint }[]>`SELECT count(*) FROM lease WHERE closed_at IS NULL`;
    return row!.count;
  };
  await expect.poll(open, { timeout: 90_000, interval: 250 }).toBe(0n);
  received += await rush(subuser, PROCESSES - 1, TUNNELS - slow);
  await expect.poll(() => origin.openConnections, { interval: 5, timeout: 30_000 }).toBe(0);
  await expectSpent(subuser);

  const journals = readdirSync(path.join(installation.dataFolder, 'journal'));
  expect(journals.filter((name) => name.startsWith(`gateway-${victim.pid}-`))).toEqual([]);
  // Requests that reached the origin count up; of the killed one's tunnels, all had an answer.
  const crossed = origin.since(before).receivedBytes + received + traffic.downBytes;
  const lost = crossed - QUOTA_BYTES;
  expect(lost).toBeGreaterThanOrEqual(0);
  expect(lost).toBeLessThanOrEqual(traffic.bytes - traffic.bytesUntil(killedAtMs - JOURNAL_MS - SLACK_MS));
  expect((await installation.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
}, 300_000);
