/**
 * The server is killed with SIGKILL while resellers change things and traffic flows, and started again on the same folder.
 * What was acknowledged is there, what was not is there whole or not at all, and nobody paid for a byte that was not relayed.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import {
  type Answer,
  ResellerClient,
  type WireBandwidth,
  type WireSubuser,
} from '../support/reseller-client.ts';
import { createInstallation, type ServerProcess } from '../support/server-process.ts';
import { randomFrom, Traffic } from '../support/traffic.ts';

/** Killed between the journal and the socket, a gateway has this at most in the one and not in the other. */
const PIECE_BYTES = 512 * 1024;
/** Calls answered before the kill, at least. */
const LEAST_ANSWERED = 50;
/** Some of it is reported, and some is not. */
const LEAST_TRAFFIC_MS = 1_500;
const MOST_MORE_TRAFFIC_MS = 1_000;
const CALLERS = 8;
const BANDWIDTH_MB = 100;

const ROUNDS = [
  { seed: 11, postgresDiesToo: false },
  { seed: 22, postgresDiesToo: true },
  { seed: 33, postgresDiesToo: false },
];

/** Pieces of a paced download: some kB/s, and enough to need one lease after another. */
const STREAMS = [
  '/paced/100000000/500/20',
  '/paced/100000000/2000/10',
  '/paced/100000000/20000/10',
  '/paced/100000000/60000/10',
];

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
  idempotencyKey: string;
  /** Undefined: the server died before it answered. */
  answer?: Answer<unknown>;
}

interface Subuser extends WireSubuser {
  /** In MB; no two amounts of one subuser are the same. */
  added: number[];
  removed: number[];
}

const installation = createInstallation();
let origin: Origin;
let server: ServerProcess;

beforeAll(async () => {
  [origin, server] = await Promise.all([startOrigin(), installation.start()]);
});
afterAll(async () => {
  await Promise.all([installation.remove(), origin?.close()]);
});

const clientOf = ({ apiUrl }: ServerProcess) => new ResellerClient(apiUrl, installation.firstRun.key);

/** One program of a reseller: makes subusers and moves bandwidth, one call after the other, until the server is gone. */
async function callUntilItEnds(name: string, random: () => number, calls: Call[]): Promise<void> {
  const client = clientOf(server);
  const own: string[] = [];
  for (let count = 1; ; count += 1) {
    const idempotencyKey = `${name}-${count}`;
    const target = own[Math.floor(random() * own.length)];
    const call: Call =
      target === undefined || random() < 0.1
        ? {
            method: 'POST',
            path: '/subusers',
            body: { username: `${name}n${count}`, email: `${name}@example.com`, bandwidth: 5 },
            idempotencyKey,
          }
        : {
            method: 'POST',
            path: `/subusers/${target}/bandwidth`,
            // Whole hundredths of a MB, which the history shows exactly, and each only once.
            body: { action: random() < 0.6 ? 'ADD' : 'REMOVE', amountMb: (100 + count) / 100 },
            idempotencyKey,
          };
    calls.push(call);
    try {
      call.answer = await client.call(call.method, call.path, call.body, call);
    } catch {
      return;
    }
    if (call.path === '/subusers') own.push((call.answer.data as WireSubuser).username);
  }
}

const answeredOf = (calls: readonly Call[]) => calls.filter((call) => call.answer !== undefined);

async function usedBytesOf(username: string): Promise<number> {
  const { upBytes, downBytes } = await clientOf(server).usedBytes(username);
  return upBytes + downBytes;
}

describe.each(ROUNDS)(
  'killed under load (seed $seed, PostgreSQL too: $postgresDiesToo)',
  ({ seed, postgresDiesToo }) => {
    const random = randomFrom(seed);
    const calls: Call[] = [];
    const traffic: Traffic[] = [];

    beforeAll(async () => {
      const client = clientOf(server);
      for (const [index, path] of STREAMS.entries()) {
        const stream = new Traffic(await client.createSubuser(`traffic${seed}_${index}`, BANDWIDTH_MB));
        traffic.push(stream);
        for (let tunnels = 0; tunnels < 2; tunnels += 1) {
          await stream.add(server.gatewayUrl, origin.authority, path);
        }
      }
      const callers = Array.from({ length: CALLERS }, (_unused, index) =>
        callUntilItEnds(`s${seed}c${index}`, random, calls),
      );
      await new Promise((resolve) => setTimeout(resolve, LEAST_TRAFFIC_MS + random() * MOST_MORE_TRAFFIC_MS));
      // A machine that has much else to do gets less done meanwhile.
      await vi.waitUntil(() => answeredOf(calls).length > LEAST_ANSWERED, { timeout: 60_000, interval: 5 });
      await server.kill9({ postgres: postgresDiesToo });
      await Promise.all([...callers, ...traffic.map((stream) => stream.over())]);
      server = await installation.start();
    });

    test('leases of the dead process are settled at once, and the ledger holds', async () => {
      const [row] = await installation.query(
        (sql) => sql<{ leased: bigint; open: bigint }[]>`
        SELECT (SELECT sum(balance) FROM ledger_account WHERE kind = 'leased')::bigint AS leased,
          (SELECT count(*) FROM lease WHERE closed_at IS NULL) AS open`,
      );
      expect(row).toEqual({ leased: 0n, open: 0n });
      expect((await installation.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
    });

    test('all that was relayed is charged, and nothing else', async () => {
      let tooMuch = 0;
      for (const stream of traffic) {
        const { username } = stream.subuser;
        const used = await usedBytesOf(username);
        expect(used, username).toBeGreaterThanOrEqual(stream.bytes);
        tooMuch += used - stream.bytes;
        // The rest is the subuser's again, to be spent or taken back.
        const shown = await installation.cli('subuser', 'show', username, '--json');
        const { residential } = shown.json<{ bandwidth: { residential: unknown } }>().bandwidth as {
          residential: { usedBytes: number; remainingBytes: number };
        };
        expect(residential).toMatchObject({
          usedBytes: used,
          remainingBytes: BANDWIDTH_MB * 1_000_000 - used,
        });
      }
      expect(tooMuch).toBeLessThanOrEqual(PIECE_BYTES);
      const [first] = traffic as [Traffic];
      const { username } = first.subuser;
      const left = BANDWIDTH_MB - (await usedBytesOf(username)) / 1_000_000;
      const emptied = await clientOf(server).moveBandwidth(username, 'REMOVE', Number(left.toFixed(6)));
      expect(emptied.bandwidthRemaining).toBe(0);
    });

    test('every call that was answered gets the same answer again, and those that were not happen once', async () => {
      const client = clientOf(server);
      const answered = answeredOf(calls);
      expect(answered.length).toBeGreaterThan(LEAST_ANSWERED);
      expect(answered.length).toBeLessThan(calls.length);

      // First what is there without any repetition: all that was acknowledged.
      const subusers = await expectedSubusers(answered);
      await expectHistories(client, subusers, 'contains');

      await Promise.all(calls.map((call) => expectOnce(client, call)));
      await expectHistories(client, await expectedSubusers(calls), 'equals');
    });

    /** The call again, with its key: nothing happens a second time. One without an answer gets its answer now. */
    async function expectOnce(client: ResellerClient, call: Call): Promise<void> {
      call.answer ??= await client.call(call.method, call.path, call.body, call);
      const again = await client.call(call.method, call.path, call.body, call);
      expect([again.status, again.text]).toEqual([call.answer.status, call.answer.text]);
    }

    /** What the answers say that there must be. */
    async function expectedSubusers(acknowledged: Call[]): Promise<Map<string, Subuser>> {
      const subusers = new Map<string, Subuser>();
      for (const { path, body, answer } of acknowledged) {
        if (path === '/subusers') {
          expect(answer?.status).toBe(201);
          const made = answer!.data as WireSubuser;
          subusers.set(made.username, { ...made, added: [body.bandwidth as number], removed: [] });
          continue;
        }
        expect([200, 400]).toContain(answer?.status);
        if (answer?.status !== 200) continue;
        const subuser = subusers.get((answer.data as WireBandwidth & { username: string }).username)!;
        (body.action === 'ADD' ? subuser.added : subuser.removed).push(body.amountMb as number);
      }
      return subusers;
    }

    async function expectHistories(
      client: ResellerClient,
      subusers: Map<string, Subuser>,
      how: 'contains' | 'equals',
    ): Promise<void> {
      const sum = (amounts: number[]) =>
        amounts.reduce((total, amount) => total + Math.round(amount * 100), 0);
      const sorted = (amounts: number[]) => amounts.toSorted((a, b) => a - b);
      const check = async ({ username, password, added, removed }: Subuser) => {
        const shown = await client.call<WireSubuser>('GET', `/subusers/${username}`);
        expect(shown.data).toMatchObject({ username, password });
        const { history } = await client.history(username);
        const amounts = (action: 'ADD' | 'REMOVE') =>
          history.filter((entry) => entry.action === action).map((entry) => entry.amountMb);
        if (how === 'contains') {
          expect(amounts('ADD')).toEqual(expect.arrayContaining(added));
          expect(amounts('REMOVE')).toEqual(expect.arrayContaining(removed));
        } else {
          expect(sorted(amounts('ADD'))).toEqual(sorted(added));
          expect(sorted(amounts('REMOVE'))).toEqual(sorted(removed));
        }
        // Whatever the history holds has its effect, and nothing else has one.
        const { bandwidthAllocated } = await client.bandwidth(username);
        expect(Math.round(bandwidthAllocated * 100)).toBe(sum(amounts('ADD')) - sum(amounts('REMOVE')));
      };
      await Promise.all([...subusers.values()].map(check));
    }
  },
);
