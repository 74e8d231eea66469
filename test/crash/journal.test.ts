/**
 * Gateways are killed with SIGKILL at random moments while bytes move and nothing can be reported: neither to PostgreSQL, which stands
 * still, nor over the link, which is cut. What they relayed is charged all the same, but for the last moment.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cuttable, startCuttable } from '../support/cuttable.ts';
import { type Origin, startOrigin } from '../support/origin.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, type Installation, type ServerProcess } from '../support/server-process.ts';
import { randomFrom, Traffic } from '../support/traffic.ts';

/** What was relayed is in the journal after this. */
const JOURNAL_MS = 50;
/** For a machine that is busy with other things: neither clocks nor processes are in step then. */
const SLACK_MS = 450;
/** So long before the death, at least, nothing is reported. */
const SILENCE_MS = 1_000;
const ROUNDS = 2;
/** Each moves some kB in 50 ms, and in all the silence less than its first lease. */
const STREAMS = ['/paced/100000000/100/2', '/paced/100000000/300/5', '/paced/100000000/1000/10'];
/** On a machine that is not busy all rounds are within the bound; it must be some of them on any. */
const LEAST_EXACT_ROUNDS = 1;

let origin: Origin;
const random = randomFrom(7);

beforeAll(async () => {
  origin = await startOrigin();
});
afterAll(() => origin?.close());

interface Loss {
  readonly lostBytes: number;
  /** What moved in the last 50 ms. */
  readonly boundBytes: number;
}

async function startTraffic(client: ResellerClient, gatewayUrl: string, round: number): Promise<Traffic[]> {
  return Promise.all(
    STREAMS.map(async (stream, index) => {
      const subuser = await client.createSubuser(`r${round}s${index}`, 500);
      const traffic = new Traffic(subuser);
      await traffic.add(gatewayUrl, origin.authority, stream);
      await traffic.add(gatewayUrl, origin.authority, stream);
      return traffic;
    }),
  );
}

const untilRandomMoment = () => new Promise((resolve) => setTimeout(resolve, SILENCE_MS + random() * 1_000));

/** Throws where somebody pays too much, or where more is lost than even a busy machine explains. */
async function lossOf(client: ResellerClient, traffic: Traffic[], killedAtMs: number): Promise<Loss> {
  let lostBytes = 0;
  let boundBytes = 0;
  for (const stream of traffic) {
    const { username } = stream.subuser;
    const { upBytes, downBytes } = await client.usedBytes(username);
    const used = upBytes + downBytes;
    expect(used, `${username} pays for nothing that was not relayed`).toBeLessThanOrEqual(stream.bytes);
    const written = stream.bytesUntil(killedAtMs - JOURNAL_MS - SLACK_MS);
    expect(written).toBeGreaterThan(stream.bytesUntil(killedAtMs - SILENCE_MS));
    expect(used, `${username} pays for what was in the journal`).toBeGreaterThanOrEqual(written);
    lostBytes += stream.bytes - used;
    boundBytes += stream.bytes - stream.bytesUntil(killedAtMs - JOURNAL_MS);
  }
  return { lostBytes, boundBytes };
}

function expectBound(losses: Loss[]): void {
  const exact = losses.filter(({ lostBytes, boundBytes }) => lostBytes <= boundBytes);
  expect(exact.length, JSON.stringify(losses)).toBeGreaterThanOrEqual(LEAST_EXACT_ROUNDS);
}

async function expectLedgerHolds(installation: Installation): Promise<void> {
  expect((await installation.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
}

const journalsOf = ({ dataFolder }: Installation) => readdirSync(path.join(dataFolder, 'journal'));

test('all in one process, with its database', { timeout: 600_000 }, async () => {
  const home = createInstallation();
  try {
    // In one thread and in two, by turns.
    const start = (round: number) => home.start({ HEADGATE_GATEWAY_THREADS: String(1 + (round % 2)) });
    let server: ServerProcess = await start(0);
    const losses: Loss[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const client = () => new ResellerClient(server.apiUrl, home.firstRun.key);
      const traffic = await startTraffic(client(), server.gatewayUrl, round);
      for (const pid of home.postgresPids()) process.kill(pid, 'SIGSTOP');
      await untilRandomMoment();
      const killedAtMs = performance.now();
      await server.kill9({ postgres: true });
      await Promise.all(traffic.map((stream) => stream.over()));
      server = await start(round + 1);
      expect(journalsOf(home)).toEqual([]);
      losses.push(await lossOf(client(), traffic, killedAtMs));
    }
    expectBound(losses);
    await expectLedgerHolds(home);
  } finally {
    await home.remove();
  }
});

test('a gateway alone, linked over HTTP', { timeout: 600_000 }, async () => {
  const home = createInstallation();
  let road: Cuttable | undefined;
  let machine: Installation | undefined;
  try {
    const center = await home.start({}, '--roles', 'api,jobs');
    const client = new ResellerClient(center.apiUrl, home.firstRun.key);
    road = await startCuttable(Number(new URL(center.apiUrl).port));
    const node = (await home.cli('node', 'create', '--name', 'gw1', '--json')).json<{ secret: string }>();
    machine = createInstallation({
      HEADGATE_CONTROL_URL: `http://127.0.0.1:${road.port}`,
      HEADGATE_NODE_TOKEN: node.secret,
    });
    const losses: Loss[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const gateway = await machine.start({}, '--roles', 'gateway');
      const traffic = await startTraffic(client, gateway.gatewayUrl, round);
      road.cut();
      await untilRandomMoment();
      const killedAtMs = performance.now();
      await gateway.kill9();
      await Promise.all(traffic.map((stream) => stream.over()));
      // It is back before the link is, every other time.
      if (round % 2 === 0) road.mend();
      const successor = await machine.start({}, '--roles', 'gateway');
      road.mend();
      await expect.poll(() => journalsOf(machine!), { timeout: 30_000 }).toEqual([]);
      losses.push(await lossOf(client, traffic, killedAtMs));
      await successor.stop();
    }
    expectBound(losses);
    await expectLedgerHolds(home);
  } finally {
    await machine?.remove();
    await road?.close();
    await home.remove();
  }
});
