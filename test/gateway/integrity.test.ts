/** Some hundred megabytes, or as much as is asked for, through tunnels of every kind at once: what arrives is what was sent, and nothing stays behind. */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type net from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { eventually, startRig } from '../support/gateway/harness.ts';
import { startOrigin } from '../support/gateway/origins.ts';
import { randomFrom } from '../support/traffic.ts';

const BATCHES = 4;
/** At least. */
const GIGABYTES = Number(process.env.HEADGATE_TEST_GIGABYTES ?? 0.2);
const TUNNELS = 30;
const MOST_BYTES = 8_000_000;
const MOST_SINGLE_BYTES = 1_500;
/** Far less than one batch moves. */
const MOST_GROWTH_BYTES = 16_000_000;
const ENDS = ['both at once', 'client first', 'target first', 'reset by client', 'reset by target'] as const;

const BLOCK = randomBytes(1_000_003);
const TWICE = Buffer.concat([BLOCK, BLOCK]);

/** What a side sends: of random bytes, beginning somewhere. */
interface Stream {
  readonly bytes: number;
  readonly offset: number;
  /** Of one write; 0: of every size. */
  readonly pieceBytes: number;
}

interface Plan {
  readonly up: Stream;
  readonly down: Stream;
  readonly end: (typeof ENDS)[number];
  /** After so many reads the reader rests. */
  readonly restAfter: number;
  readonly targetSide: PromiseWithResolvers<number>;
}

function planOf(index: number, random: () => number): Plan {
  const stream = (): Stream => {
    const isSlow = random() < 0.2;
    return {
      bytes: Math.floor(random() ** 2 * (isSlow ? MOST_SINGLE_BYTES : MOST_BYTES)),
      offset: Math.floor(random() * BLOCK.length),
      pieceBytes: isSlow ? 1 : [0, 100, 65_536, 1_000_000][Math.floor(random() * 4)]!,
    };
  };
  return {
    up: stream(),
    down: stream(),
    end: ENDS[index % ENDS.length]!,
    restAfter: 1 + Math.floor(random() * 40),
    targetSide: Promise.withResolvers(),
  };
}

function piece({ offset }: Stream, at: number, bytes: number): Buffer {
  const start = (offset + at) % BLOCK.length;
  return TWICE.subarray(start, start + Math.min(bytes, BLOCK.length));
}

/** Until all is sent or the connection is gone. */
async function send(socket: net.Socket, stream: Stream, random: () => number): Promise<void> {
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  for (let at = 0; at < stream.bytes && !socket.destroyed; ) {
    const wanted = stream.pieceBytes || 1 + Math.floor(random() ** 3 * 300_000);
    const next = piece(stream, at, Math.min(wanted, stream.bytes - at));
    at += next.length;
    if (!socket.write(next))
      await Promise.race([gone, new Promise<void>((resolve) => socket.once('drain', () => resolve()))]);
  }
}

/** Holds every byte against what should come. Answers how many came, at the FIN or when the connection is gone. */
function receive(socket: net.Socket, stream: Stream, restAfter: number, resetAt?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let at = 0;
    let reads = 0;
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      for (let seen = 0; seen < bytes.length; ) {
        const expected = piece(stream, at, bytes.length - seen);
        if (!bytes.subarray(seen, seen + expected.length).equals(expected)) {
          reject(new Error(`other bytes than were sent, in the ${bytes.length} after ${at}`));
        }
        seen += expected.length;
        at += expected.length;
      }
      if (resetAt !== undefined && at >= resetAt) socket.resetAndDestroy();
      reads += 1;
      if (reads % restAfter !== 0) return;
      socket.pause();
      setTimeout(() => socket.resume(), 2);
    });
    socket.on('end', () => resolve(at));
    socket.on('close', () => resolve(at));
    socket.resume();
  });
}

type Side = 'client' | 'target';

async function play(side: Side, socket: net.Socket, plan: Plan, random: () => number): Promise<number> {
  const [mine, theirs] = side === 'client' ? [plan.up, plan.down] : [plan.down, plan.up];
  const isReset = plan.end === `reset by ${side}`;
  const received = receive(socket, theirs, plan.restAfter, isReset ? theirs.bytes / 2 : undefined);
  const waits = plan.end === (side === 'client' ? 'target first' : 'client first');
  if (waits) await received;
  await send(socket, mine, random);
  if (isReset) {
    await received;
    socket.resetAndDestroy();
  } else socket.end();
  return received;
}

const openDescriptors = () => readdirSync('/proc/self/fd').length;

/** Buffers are given back some turns after they were found to be garbage. */
async function heldBytes(collect: () => void): Promise<number> {
  for (let turn = 0; turn < 5; turn += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('random data through tunnels of every kind', { timeout: 240_000 * (1 + GIGABYTES) }, async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const rig = await startRig();
  const alice = rig.link.addUser('alice', (1 + GIGABYTES) * 10_000_000_000);
  const random = randomFrom(41);
  let plans: Plan[] = [];
  const target = rig.adopt(
    await startOrigin((socket) => {
      // The first byte says which tunnel it is.
      socket.once('readable', () => {
        const plan = plans[(socket.read(1) as Buffer)[0]!]!;
        play('target', socket, plan, random).then(plan.targetSide.resolve, plan.targetSide.reject);
      });
    }),
  );

  const held: number[] = [];
  const descriptors: number[] = [];
  let movedBytes = 0;
  for (let batch = 0; batch < BATCHES || movedBytes < GIGABYTES * 1e9; batch += 1) {
    plans = Array.from({ length: TUNNELS }, (_unused, index) => planOf(index, random));
    const before = rig.link.used(alice);
    let orderlyUp = 0;
    let orderlyDown = 0;
    await Promise.all(
      plans.map(async (plan, index) => {
        const client = await rig.tunnel(target.authority);
        const { socket } = client.release();
        socket.write(Buffer.of(index));
        const [down, up] = await Promise.all([play('client', socket, plan, random), plan.targetSide.promise]);
        movedBytes += up + down;
        if (plan.end.startsWith('reset')) return;
        expect([up, down], plan.end).toEqual([plan.up.bytes, plan.down.bytes]);
        orderlyUp += 1 + up;
        orderlyDown += down;
      }),
    );
    await rig.settled();
    const used = rig.link.used(alice);
    expect(used.up - before.up).toBeGreaterThanOrEqual(orderlyUp);
    expect(used.down - before.down).toBeGreaterThanOrEqual(orderlyDown);
    await eventually(() => expect(target.sockets.size).toBe(0));
    plans = [];
    held.push(await heldBytes(collect));
    descriptors.push(openDescriptors());
  }
  expect(new Set(descriptors).size, String(descriptors)).toBe(1);
  // The first batch warms everything up.
  expect(held.at(-1)! - held[0]!, String(held)).toBeLessThan(MOST_GROWTH_BYTES);
  await rig.dispose();
});
