/** What a relay's connections do at their edges: addresses, errors, full sockets, and what a process has room for. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { canonicalAddress } from '../../src/gateway/addresses.ts';
import type { Consumer, Leg } from '../../src/gateway/leg.ts';
import { silentLog } from '../../src/gateway/log.ts';
import { chooseTransport, type DialledLeg, type Transport } from '../../src/gateway/transport.ts';
import { RELAY } from '../support/gateway/harness.ts';

const NOTHING: Consumer = { data: () => true, end: () => {}, closed: () => {} };

let transport: Transport;
const cleanUps: (() => void)[] = [];

beforeAll(async () => {
  transport = await chooseTransport(RELAY, silentLog);
});
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function listen(host: string) {
  const accepted: Leg[] = [];
  const listening = await transport.listen(
    { host, port: 0 },
    {
      accepted(leg) {
        accepted.push(leg);
        cleanUps.push(() => leg.destroy());
      },
      failed(error) {
        throw error;
      },
    },
  );
  cleanUps.push(() => listening.close());
  return { ...listening.address, accepted };
}

/** Resolves when it stands, or with what it failed of. */
function dial(address: string, port: number, source?: string): Promise<DialledLeg | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const leg = transport.connect(address, port, () => resolve(leg), source);
    leg.whenClosed(() => resolve(leg.error as NodeJS.ErrnoException));
    cleanUps.push(() => leg.destroy());
  });
}

describe('addresses', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1', '127.0.0.1'],
    ['::1', '::1', '::1'],
    ['::', '::1', '::1'],
    ['::', '127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '127.3.2.254', '127.0.0.1'],
  ])('who listens on %s and is called at %s knows the caller', async (host, address, caller) => {
    const { port, accepted, host: own } = await listen(host);
    expect(canonicalAddress(own)).toBe(host);
    const leg = (await dial(address, port)) as DialledLeg;
    expect(leg.remoteAddress).toBe(address);
    await expect.poll(() => accepted.length).toBe(1);
    expect(canonicalAddress(accepted[0]!.remoteAddress)).toBe(caller);
  });

  test('a connection comes from the address that was asked for', async () => {
    const { port, accepted } = await listen('127.0.0.1');
    await dial('127.0.0.1', port, '127.0.0.77');
    await expect.poll(() => accepted[0]?.remoteAddress).toBe('127.0.0.77');
    const other = await listen('::1');
    await dial('::1', other.port, '::1');
    await expect.poll(() => other.accepted[0]?.remoteAddress).toBe('::1');
  });

  test('an address that is not ours is said to be to blame', async () => {
    const { port } = await listen('127.0.0.1');
    expect(await dial('127.0.0.1', port, '192.0.2.1')).toMatchObject({
      code: 'EADDRNOTAVAIL',
      syscall: 'bind',
    });
  });

  test('nobody there', async () => {
    const { port } = await listen('127.0.0.1');
    for (const cleanUp of cleanUps.splice(0)) cleanUp();
    expect(await dial('127.0.0.1', port)).toMatchObject({ code: 'ECONNREFUSED' });
    expect(await dial('::1', port)).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('two cannot listen on one port', async () => {
    const { port } = await listen('127.0.0.1');
    const accepting = { accepted: () => {}, failed: () => {} };
    await expect(transport.listen({ host: '127.0.0.1', port }, accepting)).rejects.toThrow(/EADDRINUSE/);
  });
});

describe('a connection', () => {
  async function pair(): Promise<[near: DialledLeg, far: Leg]> {
    const { port, accepted } = await listen('127.0.0.1');
    const near = (await dial('127.0.0.1', port)) as DialledLeg;
    await expect.poll(() => accepted.length).toBe(1);
    return [near, accepted[0]!];
  }

  test('takes what is written behind what has not left yet, in order, and says once that all has', async () => {
    const [near, far] = await pair();
    let drained = 0;
    near.onDrained = () => {
      drained += 1;
    };
    const piece = (byte: number) => Buffer.alloc(3_000_000, byte);
    const taken = [1, 2, 3, 4].map((byte) => near.write(piece(byte)));
    expect(taken).toContain(false);
    expect(near.isDrained).toBe(false);
    near.finish();
    const pieces: Buffer[] = [];
    const ended = new Promise<void>((end) => {
      far.attach({ ...NOTHING, data: (bytes) => pieces.push(Buffer.from(bytes)) > 0, end });
    });
    await ended;
    expect(Buffer.concat(pieces).equals(Buffer.concat([1, 2, 3, 4].map(piece)))).toBe(true);
    expect(drained).toBe(1);
  });

  test('that is reset tells the peer so, also behind a FIN', async () => {
    for (const finishes of [false, true]) {
      const [near, far] = await pair();
      const closed = new Promise<Error | undefined>((resolve) => {
        far.attach({ ...NOTHING, closed: resolve });
      });
      if (finishes) near.finish();
      // The peer has more to read than the FIN.
      far.write(Buffer.from('x'));
      near.reset();
      if (!finishes) expect(await closed).toMatchObject({ code: 'ECONNRESET' });
      expect(near.isClosed).toBe(true);
    }
  });

  test('that nobody reads from is not read, and goes on where it stood', async () => {
    const [near, far] = await pair();
    near.write(Buffer.from('one'));
    const got: string[] = [];
    const consumer: Consumer = { ...NOTHING, data: (bytes) => got.push(String(bytes)) === 0 };
    far.attach(consumer);
    await expect.poll(() => got).toEqual(['one']);
    near.write(Buffer.from('two'));
    near.finish();
    // It would have come by then.
    await pair();
    expect(got).toEqual(['one']);
    expect(far.hasEnded).toBe(false);
    far.resume();
    await expect.poll(() => got).toEqual(['one', 'two']);
    far.resume();
    await expect.poll(() => far.hasEnded).toBe(true);
  });
});

describe('a process', () => {
  let child: ChildProcess;
  let said: string[];

  async function start(descriptors: number): Promise<number> {
    const program = path.join(import.meta.dirname, '../support/gateway/echo-server.ts');
    const command = `ulimit -n ${descriptors} && exec "$0" "$1" "$2"`;
    child = spawn('sh', ['-c', command, process.execPath, program, RELAY], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    cleanUps.push(() => child.kill('SIGKILL'));
    said = [];
    createInterface({ input: child.stdout! }).on('line', (line) => said.push(line));
    await expect.poll(() => said[0]).toMatch(/^port \d+$/);
    return Number(said[0]!.slice(5));
  }

  async function connect(port: number): Promise<net.Socket> {
    const socket = net.connect(port, '127.0.0.1').on('error', () => {});
    cleanUps.push(() => socket.destroy());
    await once(socket, 'connect');
    return socket;
  }

  async function echoes(socket: net.Socket): Promise<boolean> {
    if (socket.destroyed) return false;
    socket.write('x');
    const answer = await Promise.race([
      once(socket, 'data')
        .then(([bytes]) => String(bytes))
        .catch(() => ''),
      once(socket, 'close')
        .then(() => '')
        .catch(() => ''),
    ]);
    return answer === 'x';
  }

  test('out of descriptors goes on with those it has, and accepts again when there are more', async () => {
    const port = await start(60);
    const sockets: net.Socket[] = [];
    for (let count = 0; count < 80; count += 1) sockets.push(await connect(port));
    // The rest waits, or is sent away.
    await expect
      .poll(() => said.includes('failed EMFILE') || sockets.some((socket) => socket.destroyed))
      .toBe(true);
    expect(await echoes(sockets[0]!)).toBe(true);
    for (const socket of sockets.splice(0, sockets.length - 5)) socket.destroy();
    await expect.poll(() => connect(port).then(echoes, () => false)).toBe(true);
  });

  test('lives as long as it listens or something is open, and ends then', async () => {
    const port = await start(1_000);
    const socket = await connect(port);
    expect(await echoes(socket)).toBe(true);
    child.stdin!.write('close\n');
    await expect
      .poll(() =>
        connect(port).then(
          // What came in before it heard of its end would keep it alive.
          (early) => void early.destroy(),
          (error: NodeJS.ErrnoException) => error.code,
        ),
      )
      .toBe('ECONNREFUSED');
    expect(await echoes(socket)).toBe(true);
    expect(child.exitCode).toBeNull();
    const ended = once(child, 'exit');
    socket.end();
    expect(await ended).toEqual([0, null]);
  });
});
