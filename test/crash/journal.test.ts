/**
 * Gateways are killed with SIGKILL at random moments while bytes move and nothing can be reported: neither to PostgreSQL, which stands
 * still, nor over the link, which is cut. All that they relayed is charged all the same.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canMap } from '../../src/gateway/journal/mapped-file.ts';
import { type Cuttable, startCuttable } from '../support/cuttable.ts';
import { type Origin, startOrigin } from '../support/origin.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, type Installation, type ServerProcess } from '../support/server-process.ts';
import { randomFrom, Traffic } from '../support/traffic.ts';

/** Killed between the journal and the socket, a thread has this at most in the one and not in the other. */
const PIECE_BYTES = 64 * 1024;
const ROUNDS = 4;
/** So long before the death, at least, nothing is reported. */
const SILENCE_MS = 200;
/** In all the silence, each moves less than its first lease. */
const STREAMS = ['/paced/100000000/100/2', '/paced/100000000/300/5', '/paced/100000000/1000/10'];

let origin: Origin;
const random = randomFrom(7);

beforeAll(async () => {
  origin = await startOrigin();
});
afterAll(() => origin?.close());

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

const untilRandomMoment = () => new Promise((resolve) => setTimeout(resolve, SILENCE_MS + random() * 800));

/** Nothing is lost, and nobody pays for what was not relayed. */
async function expectCharged(client: ResellerClient, traffic: Traffic[]): Promise<void> {
  let tooMuch = 0;
  for (const stream of traffic) {
    const { username } = stream.subuser;
    const { upBytes, downBytes } = await client.usedBytes(username);
    expect(upBytes + downBytes, username).toBeGreaterThanOrEqual(stream.bytes);
    tooMuch += upBytes + downBytes - stream.bytes;
  }
  expect(tooMuch).toBeLessThanOrEqual(PIECE_BYTES);
}

async function expectLedgerHolds(installation: Installation): Promise<void> {
  expect((await installation.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
}

const journalsOf = ({ dataFolder }: Installation, { pid }: ServerProcess) =>
  readdirSync(path.join(dataFolder, 'journal')).filter((name) => name.startsWith(`gateway-${pid}-`));

test('all in one process, with its database', { timeout: 600_000 }, async () => {
  const home = createInstallation();
  try {
    // In one thread and in two, by turns.
    const start = (round: number) => home.start({ HEADGATE_GATEWAY_THREADS: String(1 + (round % 2)) });
    let server: ServerProcess = await start(0);
    // Wherever that can be had, the one of which a kill could leave half a change.
    const way = canMap(home.dataFolder) ? 'mapped' : 'written';
    await expect.poll(() => server.stderr()).toContain(`"journal":"${way}"`);
    for (let round = 0; round < ROUNDS; round += 1) {
      const client = () => new ResellerClient(server.apiUrl, home.firstRun.key);
      const traffic = await startTraffic(client(), server.gatewayUrl, round);
      for (const pid of home.postgresPids()) process.kill(pid, 'SIGSTOP');
      await untilRandomMoment();
      const victim = server;
      await victim.kill9({ postgres: true });
      await Promise.all(traffic.map((stream) => stream.over()));
      server = await start(round + 1);
      expect(journalsOf(home, victim)).toEqual([]);
      await expectCharged(client(), traffic);
    }
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
    for (let round = 0; round < ROUNDS; round += 1) {
      const gateway = await machine.start({}, '--roles', 'gateway');
      const traffic = await startTraffic(client, gateway.gatewayUrl, round);
      road.cut();
      await untilRandomMoment();
      await gateway.kill9();
      await Promise.all(traffic.map((stream) => stream.over()));
      // It is back before the link is, every other time.
      if (round % 2 === 0) road.mend();
      const successor = await machine.start({}, '--roles', 'gateway');
      road.mend();
      await expect.poll(() => journalsOf(machine!, gateway), { timeout: 30_000 }).toEqual([]);
      await expectCharged(client, traffic);
      await successor.stop();
    }
    await expectLedgerHolds(home);
  } finally {
    await machine?.remove();
    await road?.close();
    await home.remove();
  }
});
