import net from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { type Origin, startEcho, startOrigin } from '../support/gateway/origins.ts';
import type { RawClient } from '../support/gateway/raw-client.ts';
import { NO_LOGIN, socks4Request, socks5Login, socks5Request, WITH_LOGIN } from '../support/gateway/socks.ts';

let rig: Rig;
let echo: Origin;

const NAMES: Record<string, string[]> = {
  'echo.test': ['127.0.0.1'],
  'private.test': ['10.0.0.1'],
};

beforeEach(async () => {
  rig = await startRig({
    limits: { headTimeoutMs: 2_000, connectTimeoutMs: 2_000 },
    resolver: async (name) => NAMES[name] ?? Promise.reject(new Error('no such name')),
  });
  echo = rig.adopt(await startEcho());
});
afterEach(() => rig.dispose());

const REPLY = (code: number) => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]).toString('hex');
const GRANTED = '005a000000000000';
const REJECTED = '005b000000000000';

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Everything at once, and everything that comes back, in hex. */
async function say(...pieces: (Buffer | string)[]): Promise<string> {
  const client = await rig.connect();
  for (const piece of pieces) client.send(piece);
  const answer = (await client.readAll()).toString('hex');
  client.destroy();
  return answer;
}

async function loggedIn(username = 'alice', password = 'secret'): Promise<RawClient> {
  const client = await rig.connect();
  client.send(WITH_LOGIN);
  expect((await client.readBytes(2)).toString('hex')).toBe('0502');
  client.send(socks5Login(username, password));
  expect((await client.readBytes(2)).toString('hex')).toBe('0100');
  return client;
}

describe('SOCKS5, the method', () => {
  test.each([
    ['no method offered', [5, 0]],
    ['unknown methods only', [5, 3, 1, 3, 0x80]],
    ['none, from an address that is nobody', [5, 1, 0]],
  ])('%s: none is acceptable', async (_, bytes) => {
    expect(await say(Buffer.from(bytes))).toBe('05ff');
  });

  test('none is enough from a whitelisted address', async () => {
    rig.link.addUser('alice', 1_000, { addresses: ['127.0.0.1'] });
    const client = await rig.connect();
    client.send(NO_LOGIN);
    expect((await client.readBytes(2)).toString('hex')).toBe('0500');
    client.send(socks5Request('127.0.0.1', echo.port));
    expect((await client.readBytes(10)).toString('hex')).toBe(REPLY(0));
  });

  test('who offers credentials is asked for them, also at a whitelisted address', async () => {
    rig.link.addUser('owner', 1_000, { addresses: ['127.0.0.1'] });
    expect(await say(Buffer.from([5, 2, 0, 2]), socks5Login('bob'))).toBe('05020101');
  });
});

describe('SOCKS5, the login', () => {
  test.each<[string, Buffer, string]>([
    ['wrong password', socks5Login('alice', 'wrong'), '01'],
    ['unknown username', socks5Login('nobody'), '01'],
    ['empty username', socks5Login('', 'secret'), '01'],
    ['bytes that are no text', Buffer.from([1, 1, 0xff, 1, 0xfe]), '01'],
    ['unknown parameter', socks5Login('alice-colour-red'), '03'],
    ['malformed parameter behind the password', socks5Login('alice', 'secret_session-1'), '03'],
  ])('%s', async (_, login, status) => {
    rig.link.addUser('alice', 1_000);
    expect(await say(WITH_LOGIN, login)).toBe(`050201${status}`);
  });

  test('control side away', async () => {
    rig.link.addUser('alice', 1_000);
    rig.link.isAway = true;
    expect(await say(WITH_LOGIN, socks5Login('alice'))).toBe('05020102');
  });

  test('of another version, it is not answered', async () => {
    expect(await say(WITH_LOGIN, Buffer.from([5, 5, 0x61, 0x6c]))).toBe('0502');
  });

  test('parameters behind username and password', async () => {
    const alice = rig.link.addUser('alice', 1_000);
    rig.link.add({ ...alice, product: 'mobile' }, 500);
    const client = await loggedIn('alice-product-mobile', 'secret_session-AB12CD34');
    client.send(socks5Request('127.0.0.1', echo.port));
    await client.readBytes(10);
    client.send('x'.repeat(100));
    await client.readBytes(100);
    client.finish();
    await client.closed();
    await rig.settled();
    expect(rig.link.used({ ...alice, product: 'mobile' }).total).toBe(200);
    expect(rig.link.used(alice).total).toBe(0);
  });

  test('a place where there is no exit is told in reply to the request', async () => {
    rig.link.addUser('alice', 1_000);
    const client = await loggedIn('alice-country-id');
    client.send(socks5Request('127.0.0.1', echo.port));
    expect((await client.readAll()).toString('hex')).toBe(REPLY(3));
    expect(echo.connections).toBe(0);
  });
});

describe('SOCKS5, the request', () => {
  test.each<[string, () => Buffer | Promise<Buffer>, number]>([
    ['IPv4', () => socks5Request('127.0.0.1', echo.port), 0],
    ['a name', () => socks5Request('ECHO.test', echo.port), 0],
    ['an IPv4 address as a name', () => socks5Request('127.1', echo.port), 0],
    ['IPv4 in IPv6', () => socks5Request('::ffff:127.0.0.1', echo.port), 0],
    ['IPv6, nobody there', async () => socks5Request('::1', await closedPort()), 5],
    ['nobody there', async () => socks5Request('127.0.0.1', await closedPort()), 5],
    ['a private address', () => socks5Request('10.1.2.3', 80), 2],
    ['a name of private addresses', () => socks5Request('private.test', 80), 2],
    ['a metadata address', () => socks5Request('fd00:ec2::254', 80), 2],
    ['a refused port', () => socks5Request('127.0.0.1', 25), 2],
    ['a name without addresses', () => socks5Request('nowhere.test', 80), 4],
    ['port 0', () => socks5Request('127.0.0.1', 0), 1],
    ['a name that is none', () => socks5Request('a b', 80), 1],
    ['an empty name', () => socks5Request('', 80), 1],
    ['a name with a zero byte', () => socks5Request('echo.test\0.example', 80), 1],
    ['brackets', () => socks5Request('[::1', 80), 1],
    ['BIND', () => socks5Request('127.0.0.1', echo.port, 2), 7],
    ['UDP ASSOCIATE', () => socks5Request('0.0.0.0', 0, 3), 7],
    ['an unknown command', () => socks5Request('127.0.0.1', echo.port, 0x80), 7],
    ['an unknown kind of address', () => Buffer.from([5, 1, 0, 2, 0, 0]), 8],
    ['another version', () => Buffer.from([4, 1, 0, 1, 127, 0, 0, 1, 0, 80]), 1],
    ['a reserved byte that is not 0', () => Buffer.from([5, 1, 1, 1, 127, 0, 0, 1, 0, 80]), 1],
  ])('%s', async (_, request, code) => {
    rig.link.addUser('alice', 1_000);
    const client = await loggedIn();
    client.send(await request());
    expect((await client.readBytes(10)).toString('hex')).toBe(REPLY(code));
    if (code === 0) client.finish();
    expect((await client.readAll()).length).toBe(0);
  });

  test('without bandwidth', async () => {
    rig.link.addUser('alice', 0);
    const client = await loggedIn();
    client.send(socks5Request('127.0.0.1', echo.port));
    expect((await client.readAll()).toString('hex')).toBe(REPLY(2));
  });

  test('above the connections of a subscription', async () => {
    rig.link.subscriptions.add('s', { connections: 1 });
    const request = socks5Request('127.0.0.1', echo.port);
    const first = await rig.connect();
    first.send(Buffer.concat([NO_LOGIN, request]));
    expect((await first.readBytes(12)).toString('hex')).toBe(`0500${REPLY(0)}`);
    expect(await say(NO_LOGIN, request)).toBe(`0500${REPLY(2)}`);
  });
});

test('all of it in one piece, with payload behind: relayed, and counted to the byte', async () => {
  const alice = rig.link.addUser('alice', 1_000_000);
  const target = rig.adopt(
    await startOrigin((socket) => {
      socket.write('y'.repeat(777));
      socket.on('end', () => socket.end('z'.repeat(111)));
    }),
  );
  const client = await rig.connect();
  const payload = 'x'.repeat(50_000);
  const request = socks5Request('127.0.0.1', target.port);
  client.send(Buffer.concat([WITH_LOGIN, socks5Login('alice'), request, Buffer.from(payload)]));
  expect((await client.readBytes(14)).toString('hex')).toBe(`05020100${REPLY(0)}`);
  client.finish();
  expect((await client.readAll()).length).toBe(888);
  client.destroy();
  await rig.settled();
  expect(target.receivedBytes).toBe(50_000);
  expect(rig.link.used(alice)).toEqual({ up: 50_000, down: 888, total: 50_888 });
});

test('byte by byte', async () => {
  rig.link.addUser('alice', 1_000);
  const client = await rig.connect();
  client.socket.setNoDelay(true);
  const request = socks5Request('echo.test', echo.port);
  for (const byte of Buffer.concat([WITH_LOGIN, socks5Login('alice'), request, Buffer.from('hi')])) {
    client.send(Buffer.from([byte]));
    await new Promise(setImmediate);
  }
  expect((await client.readBytes(16)).toString('hex')).toBe(`05020100${REPLY(0)}${'6869'}`);
});

test('the quota ends a SOCKS5 tunnel at its last byte', async () => {
  const alice = rig.link.addUser('alice', 1_000);
  const client = await loggedIn();
  client.send(socks5Request('127.0.0.1', echo.port));
  await client.readBytes(10);
  client.send('x'.repeat(5_000));
  const back = await client.readAll();
  client.destroy();
  await rig.settled();
  expect(rig.link.used(alice).total).toBe(1_000);
  expect(rig.link.used(alice).down).toBe(back.length);
});

describe('SOCKS4', () => {
  test.each<[string, () => Buffer, string]>([
    ['an address', () => socks4Request('127.0.0.1', echo.port), GRANTED],
    ['a name (4a)', () => socks4Request('echo.test', echo.port), GRANTED],
    ['a user id is ignored', () => socks4Request('echo.test', echo.port, { userId: 'bob' }), GRANTED],
    ['a private address', () => socks4Request('10.0.0.1', 80), REJECTED],
    ['a name without addresses', () => socks4Request('nowhere.test', 80), REJECTED],
    ['an IPv6 address as a name', () => socks4Request('fe80::1', 80), REJECTED],
    ['an empty name', () => Buffer.from([4, 1, 0, 80, 0, 0, 0, 1, 0, 0]), REJECTED],
    ['the address 0.0.0.0', () => socks4Request('0.0.0.0', 80), REJECTED],
    ['port 0', () => socks4Request('127.0.0.1', 0), REJECTED],
    ['BIND', () => socks4Request('127.0.0.1', echo.port, { command: 2 }), REJECTED],
    ['a user id without end', () => Buffer.from(`\x04\x01\0P\x7f\0\0\x01${'a'.repeat(300)}`, 'latin1'), ''],
    ['a user id of 256', () => socks4Request('127.0.0.1', 80, { userId: 'a'.repeat(256) }), ''],
    ['a name of 256', () => socks4Request('a'.repeat(256), 80), ''],
  ])('%s', async (_, request, answer) => {
    rig.link.addUser('alice', 1_000, { addresses: ['127.0.0.1'] });
    const client = await rig.connect();
    client.send(request());
    expect((await client.readBytes(answer.length / 2)).toString('hex')).toBe(answer);
    if (answer === GRANTED) client.finish();
    expect((await client.readAll()).length).toBe(0);
  });

  test('from an address that is nobody', async () => {
    rig.link.addUser('alice', 1_000);
    expect(await say(socks4Request('127.0.0.1', echo.port, { userId: 'alice' }))).toBe(REJECTED);
  });

  test('from a slot of a subscription, with payload behind the request', async () => {
    rig.link.subscriptions.add('s');
    const client = await rig.connect();
    client.send(Buffer.concat([socks4Request('echo.test', echo.port), Buffer.from('hello')]));
    client.finish();
    expect((await client.readAll()).toString('latin1')).toBe(
      `${Buffer.from(GRANTED, 'hex').toString('latin1')}hello`,
    );
    client.destroy();
    await rig.settled();
    expect(rig.link.subscriptions.used('s')).toEqual({ bytes: 10, requests: 1 });
  });
});

describe('whatever is sent', () => {
  const whole = Buffer.concat([WITH_LOGIN, socks5Login('alice'), socks5Request('echo.test', 1)]);

  test('a handshake that stops somewhere is closed', async () => {
    await rig.dispose();
    rig = await startRig({ limits: { headTimeoutMs: 150 }, resolver: async () => ['127.0.0.1'] });
    rig.link.addUser('alice', 1_000, { addresses: ['127.0.0.1'] });
    const cuts: Buffer[] = [...whole.keys()].slice(1).map((length) => whole.subarray(0, length));
    const request4 = socks4Request('echo.test', 80);
    cuts.push(...[...request4.keys()].slice(1).map((length) => request4.subarray(0, length)));
    await Promise.all(
      cuts.flatMap((bytes) =>
        [true, false].map(async (finishes) => {
          const client = await rig.connect();
          client.send(bytes);
          if (finishes) client.finish();
          const answer = await client.readAll();
          expect(['', '0502', '05020100']).toContain(answer.toString('hex'));
          client.destroy();
        }),
      ),
    );
  });

  test('it is answered or closed, and nothing fails', async () => {
    await rig.dispose();
    const faults: string[] = [];
    rig = await startRig({
      // One connection may wait for its time to be over; it is short here.
      limits: { headTimeoutMs: 100, lingerMs: 50 },
      resolver: async () => ['127.0.0.1'],
      allow: [],
      log: { info: () => {}, warn: (fields, message) => faults.push(`${message} ${JSON.stringify(fields)}`) },
    });
    rig.link.addUser('alice', 1_000, { addresses: ['127.0.0.1'] });
    const start = fc.constantFrom(
      ...[[5], [4], [5, 1, 0], [5, 1, 2], [...WITH_LOGIN, ...socks5Login('alice')], [5, 1, 0, 5, 1, 0]],
    );
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constant(Uint8Array.from(whole)),
      fc.uint8Array({ maxLength: 600 }),
    );
    await fc.assert(
      fc.asyncProperty(start, noise, async (first, rest) => {
        const client = await rig.connect();
        client.send(Buffer.concat([Buffer.from(first), rest]));
        client.finish();
        // Reset, too, where its time was over before it was read.
        await client.closed();
      }),
      { numRuns: 200 },
    );
    await eventually(() => expect(rig.gateway.stats()).toMatchObject({ clientConnections: 0, served: 0 }));
    expect(faults).toEqual([]);
  });
});
