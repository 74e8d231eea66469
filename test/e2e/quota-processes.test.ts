/** Quotas, each used through four gateway processes at once: exact, also when one of them is killed. */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { download } from '../support/proxy-clients.ts';
import { ResellerClient, type WireSubuser } from '../support/reseller-client.ts';
import { createInstallation, type Installation, type ServerProcess } from '../support/server-process.ts';
import { unlessStoodStill } from '../support/standstill.ts';
import { Traffic } from '../support/traffic.ts';

const QUOTA_MB = 50;
const QUOTA_BYTES = QUOTA_MB * 1_000_000;
const PROCESSES = 4;
const TUNNELS = 64;
/** All of them together, and three quarters of them too, want more than the quota. */
const BODY_BYTES = 1_200_000;
/** Twenty runs: so many rounds, with so many runs at once. */
const ROUNDS = 4;
const AT_ONCE = 5;
/** Killed between the journal and the socket, a process has this at most in the one and not in the other. */
const PIECE_BYTES = 64 * 1024;

let database: TestDatabase;
/** One for each run, which counts what crosses in it. */
let origins: Origin[];
let installation: Installation;
let servers: ServerProcess[];
let client: ResellerClient;

beforeAll(async () => {
  [database, ...origins] = await Promise.all([
    createTestDatabase({ empty: true }),
    ...Array.from({ length: AT_ONCE }, () => startOrigin()),
  ]);
  // They share a data folder, so each finds the journals of the others.
  installation = createInstallation({
    DATABASE_URL: database.url,
    HEADGATE_MASTER_KEY: randomBytes(32).toString('base64'),
  });
  const first = await installation.start();
  servers = [first, ...(await Promise.all(Array.from({ length: PROCESSES - 1 }, startGateway)))];
  client = new ResellerClient(first.apiUrl, installation.firstRun.key);
}, 180_000);
afterAll(async () => {
  await installation?.remove();
  await Promise.all([database?.drop(), ...(origins ?? []).map((origin) => origin.close())]);
});

const startGateway = () => installation.start({}, '--roles', 'gateway');

/** Through all these processes; answers what has come back. */
async function rush(
  subuser: WireSubuser,
  origin: Origin,
  through: ServerProcess[],
  tunnels: number,
): Promise<number> {
  const downloadFrom = ({ gatewayUrl }: ServerProcess) =>
    download(gatewayUrl, subuser, origin.authority, BODY_BYTES);
  const results = await Promise.all(
    Array.from({ length: tunnels }, (_unused, index) => downloadFrom(through[index % through.length]!)),
  );
  let received = results.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
  // On a machine that stands still, sessions lapse, and who waits for quota is given up: what is left then is used up.
  for (let isSpent = false; !isSpent; ) {
    const { status, receivedBytes } = await downloadFrom(through[0]!);
    received += receivedBytes;
    isSpent = status === 402;
  }
  return received;
}

interface Run {
  readonly subuser: WireSubuser;
  readonly origin: Origin;
  /** At its origin, from clients. */
  readonly sent: () => number;
  /** To clients, at its origin: more than has come through. */
  readonly answered: () => number;
}

async function startRun(name: string, origin: Origin): Promise<Run> {
  const subuser = await client.createSubuser(name, QUOTA_MB);
  const before = { ...origin.count };
  return {
    subuser,
    origin,
    sent: () => origin.since(before).receivedBytes,
    answered: () => origin.since(before).sentBytes,
  };
}

async function expectSpent({ subuser, origin }: Run): Promise<void> {
  await expect.poll(() => origin.openConnections, { interval: 5, timeout: 30_000 }).toBe(0);
  const used = async () => {
    const { upBytes, downBytes } = await client.usedBytes(subuser.username);
    return upBytes + downBytes;
  };
  await expect.poll(used, { timeout: 30_000, interval: 100 }).toBe(QUOTA_BYTES);
}

test('64 tunnels through 4 processes relay exactly 50,000,000 bytes, in 20 runs', {
  timeout: 300_000,
}, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const runs = origins.map((origin, index) =>
      unlessStoodStill(async (attempt) => {
        const run = await startRun(`four${round}x${index}x${attempt}`, origin);
        const received = await rush(run.subuser, origin, servers, TUNNELS);
        await expectSpent(run);
        expect(run.sent() + received, run.subuser.username).toBe(QUOTA_BYTES);
      }),
    );
    await Promise.all(runs);
  }
});

/** A run at each origin, and one of the processes killed in the middle of all. Another one takes its place, however they end. */
async function expectNeverMore(name: string): Promise<void> {
  const victim = servers.pop()!;
  const slow = TUNNELS / PROCESSES;
  const rests: Promise<number>[] = [];
  const begin = async (origin: Origin, index: number) => {
    const run = await startRun(`${name}x${index}`, origin);
    // Slow enough that it holds nothing in buffers of its own, which would be counted and never arrive.
    const traffic = new Traffic(run.subuser);
    for (let count = 0; count < slow; count += 1)
      await traffic.add(victim.gatewayUrl, origin.authority, '/paced/100000000/1000/20');
    const rest = rush(run.subuser, origin, servers, TUNNELS - slow);
    rests.push(rest);
    // It is asked for its outcome later.
    rest.catch(() => {});
    await expect.poll(run.answered, { timeout: 60_000, interval: 5 }).toBeGreaterThan(QUOTA_BYTES / 3);
    return { run, traffic, rest };
  };
  const begun = await Promise.allSettled(origins.map(begin));
  await victim.kill9();
  const successor = await startGateway();
  // Nothing of these runs is under way any more when the next begin.
  await Promise.allSettled(rests);
  servers.push(successor);
  let missing = 0;
  for (const result of begun) {
    if (result.status === 'rejected') throw result.reason;
    const { run, traffic, rest } = result.value;
    await traffic.over();
    const received = await rest;
    await expectSpent(run);
    const crossed = run.sent() + received + traffic.downBytes;
    expect(crossed, run.subuser.username).toBeLessThanOrEqual(QUOTA_BYTES);
    missing += QUOTA_BYTES - crossed;
  }
  expect(missing, 'in all runs of the round').toBeLessThanOrEqual(PIECE_BYTES);
  const journals = readdirSync(path.join(installation.dataFolder, 'journal'));
  expect(journals.filter((journal) => journal.startsWith(`gateway-${victim.pid}-`))).toEqual([]);
}

test('one of them killed in the middle, in 20 runs: never more, and ledger, journal and origin agree', {
  timeout: 300_000,
}, async () => {
  for (let round = 0; round < ROUNDS; round += 1)
    await unlessStoodStill((attempt) => expectNeverMore(`killed${round}x${attempt}`));
  expect((await installation.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
});
