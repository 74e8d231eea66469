import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type net from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../../src/gateway/log.ts';
import { portableTransport } from '../../src/gateway/net-transport.ts';
import { MOST_KEPT, ReadMemory } from '../../src/gateway/read-memory.ts';
import { SocketCalls } from '../../src/gateway/socket-calls.ts';
import { chooseTransport, type Transport } from '../../src/gateway/transport.ts';
import { checkTransport } from '../../src/gateway/transport-check.ts';
import { connectHead, eventually, RELAY, type Rig, startRig } from '../support/gateway/harness.ts';
import { startEcho, startOrigin } from '../support/gateway/origins.ts';
import type { RawClient } from '../support/gateway/raw-client.ts';

const PLENTY = 1_000_000_000;
let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.dispose());

test('single bytes pass one by one, both ways', async () => {
  const alice = rig.link.addUser('alice', PLENTY);
  const echo = rig.adopt(await startEcho());
  const client = await rig.tunnel(echo.authority);
  client.socket.setNoDelay(true);
  const sent = randomBytes(1_000);
  for (const byte of sent) {
    client.send(Buffer.of(byte));
    expect((await client.readBytes(1))[0]).toBe(byte);
  }
  client.finish();
  await client.readAll();
  await rig.settled();
  expect(rig.link.used(alice)).toEqual({ up: 1_000, down: 1_000, total: 2_000 });
});

test('what was counted reaches a client that does not read, unchanged, when another one uses up the quota', async () => {
  const quota = 40_000_000;
  const alice = rig.link.addUser('alice', quota);
  const sent = randomBytes(quota);
  const target = rig.adopt(
    await startOrigin((socket) => {
      socket.on('error', () => {});
      socket.write(sent);
    }),
  );
  const slow = (await rig.tunnel(target.authority)).release();
  // Until the kernel takes no more: the gateway stands with a piece half written.
  let standing = -1;
  await eventually(() => {
    const { total } = rig.link.used(alice);
    const stood = standing;
    standing = total;
    expect(total).toBeGreaterThan(1_000_000);
    expect(total).toBe(stood);
  });
  const quick = (await rig.tunnel(target.authority)).release();
  const others = await readToEnd(quick.socket, quick.first);
  const received = await readToEnd(slow.socket, slow.first);
  expect(received.length + others.length).toBe(quota);
  expect(received.equals(sent.subarray(0, received.length))).toBe(true);
  expect(others.equals(sent.subarray(0, others.length))).toBe(true);
});

describe('a reset by the client leaves nothing behind', () => {
  const states: Record<string, (authority: string) => Promise<RawClient>> = {
    'before its first byte': () => rig.connect(),
    'within its head': async (authority) => {
      const client = await rig.connect();
      client.send(connectHead(authority).slice(0, 20));
      return client;
    },
    'with its head just sent': async (authority) => {
      const client = await rig.connect();
      client.send(connectHead(authority));
      return client;
    },
    'in a quiet tunnel': (authority) => rig.tunnel(authority),
    'with bytes under way': async (authority) => {
      const client = await rig.tunnel(authority);
      client.socket.pause();
      client.send(randomBytes(4_000_000));
      await eventually(() => expect(client.socket.bytesWritten).toBeGreaterThan(0));
      return client;
    },
    'after its own FIN': async (authority) => {
      const client = await rig.tunnel(authority);
      client.send('x');
      await client.readBytes(1);
      client.finish();
      return client;
    },
  };
  test.each(Object.keys(states))('%s', async (state) => {
    rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    const client = await states[state]!(echo.authority);
    client.reset();
    await rig.settled();
    const next = await rig.tunnel(echo.authority);
    next.send('still served');
    expect((await next.readBytes(12)).toString()).toBe('still served');
  });
});

describe('a reset by the target leaves nothing behind', () => {
  const targets: Record<string, (socket: net.Socket) => void> = {
    'at once': (socket) => socket.resetAndDestroy(),
    'with bytes under way': (socket) => {
      socket.write(randomBytes(4_000_000));
      socket.once('data', () => socket.resetAndDestroy());
    },
    'after its own FIN': (socket) => {
      socket.end('bye');
      socket.once('data', () => socket.resetAndDestroy());
    },
  };
  test.each(Object.keys(targets))('%s', async (state) => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(await startOrigin(targets[state]!));
    const client = await rig.connect();
    client.send(`${connectHead(target.authority)}hello`);
    await client.closed();
    await rig.settled();
  });
});

test('no descriptor is left open', async () => {
  rig.link.addUser('alice', PLENTY);
  const echo = rig.adopt(await startEcho());
  const use = async (end: 'finish' | 'reset' | 'destroy') => {
    const client = await rig.tunnel(echo.authority);
    client.send('x');
    await client.readBytes(1);
    client[end]();
    await client.closed();
  };
  await use('finish');
  await rig.settled();
  await eventually(() => expect(echo.sockets.size).toBe(0));
  const before = openDescriptors();
  const ends = ['finish', 'reset', 'destroy'] as const;
  await Promise.all(Array.from({ length: 150 }, (_, index) => use(ends[index % ends.length]!)));
  await rig.settled();
  await eventually(() => expect(openDescriptors()).toBe(before));
});

describe('the memory that the fast relay reads into', () => {
  const calls = new SocketCalls();

  test('serves one read after the other, and who keeps it has it to himself', () => {
    const memory = new ReadMemory(calls);
    const first = memory.bytes;
    expect(memory.keep()).toBe(first);
    expect(memory.bytes).not.toBe(first);
    expect(memory.address).toBe(calls.addressOf(memory.bytes));
    const second = memory.keep();
    memory.giveBack(first);
    memory.forget();
    // What may still be referred to by somebody never serves again.
    const others = Array.from({ length: 20 }, () => memory.keep());
    expect(others).toContain(first);
    expect(others).not.toContain(second);
  });

  test('is not kept by more than there is room for: they get copies', () => {
    const memory = new ReadMemory(calls);
    for (let count = 0; count < MOST_KEPT; count += 1) {
      expect(memory.isAllKept).toBe(false);
      memory.keep();
    }
    expect(memory.isAllKept).toBe(true);
    memory.forget();
    expect(memory.isAllKept).toBe(false);
  });

  test('crowds of clients that take nothing for a while lose nothing', async () => {
    rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    const clients = await Promise.all(
      Array.from({ length: MOST_KEPT + 10 }, () => rig.tunnel(echo.authority)),
    );
    const noise = randomBytes(2_000_000);
    const sent = clients.map((_, index) => noise.subarray(1_000 * index, 1_000 * index + 1_500_000));
    // More than the system holds for a connection: what nobody takes waits at the gateway, in memory that is kept.
    for (const [index, client] of clients.entries()) client.send(sent[index]!);
    for (const [index, client] of clients.entries())
      expect((await client.readBytes(1_500_000)).equals(sent[index]!)).toBe(true);
  });
});

describe('the choice', () => {
  test('what is asked for by name is what there is', async () => {
    expect((await chooseTransport(RELAY, silentLog)).name).toBe(RELAY);
    expect((await chooseTransport('auto', silentLog)).name).toBe('fast');
  });

  test('a relay that changes bytes is found out', async () => {
    const honest = portableTransport();
    const lying: Transport = {
      ...honest,
      connect(address, port, connected) {
        const leg = honest.connect(address, port, connected);
        const write = leg.write.bind(leg);
        leg.write = (bytes) => write(Buffer.concat([Buffer.from('?'), bytes.subarray(1)]));
        return leg;
      },
    };
    await expect(checkTransport(lying)).rejects.toThrow('bytes were lost or changed');
  });
});

function openDescriptors(): number {
  return readdirSync('/dev/fd').length;
}

function readToEnd(socket: net.Socket, first: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces = [first];
    socket.on('data', (bytes: Buffer) => pieces.push(bytes));
    socket.on('end', () => {
      socket.end();
      resolve(Buffer.concat(pieces));
    });
    socket.on('error', reject);
    socket.resume();
  });
}
