import { createHash, randomBytes } from 'node:crypto';
import type net from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { basic, connectHead, eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { startEcho, startOrigin } from '../support/gateway/origins.ts';

const PLENTY = 1_000_000_000;
let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.dispose());

describe('CONNECT', () => {
  test('counts payload to the byte, both ways, and nothing of the handshake', async () => {
    const alice = rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    const client = await rig.tunnel(echo.authority);
    client.send('x'.repeat(12_345));
    await client.readBytes(12_345);
    client.finish();
    expect(await client.readAll()).toHaveLength(0);
    await rig.settled();
    expect(echo.receivedBytes).toBe(12_345);
    expect(rig.link.used(alice)).toEqual({ up: 12_345, down: 12_345, total: 24_690 });
    expect(rig.link.balance(alice) + rig.link.used(alice).total).toBeLessThanOrEqual(PLENTY);
  });

  test('relays bytes that were sent behind the head without waiting', async () => {
    const alice = rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    const client = await rig.connect();
    client.send(`${connectHead(echo.authority)}early`);
    expect(await client.readHead()).toMatch(/^HTTP\/1.1 200 /);
    expect((await client.readBytes(5)).toString()).toBe('early');
    client.finish();
    await client.readAll();
    await rig.settled();
    expect(rig.link.used(alice)).toEqual({ up: 5, down: 5, total: 10 });
  });

  test('a head that arrives byte by byte is the same head', async () => {
    rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    const client = await rig.connect();
    client.socket.setNoDelay(true);
    for (const byte of Buffer.from(connectHead(echo.authority))) {
      client.send(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await client.readHead()).toMatch(/^HTTP\/1.1 200 /);
  });

  test('reaches an IPv6 target', async () => {
    rig.link.addUser('alice', PLENTY);
    const client = await rig.connect();
    client.send(connectHead('[::1]:1'));
    const { status, head } = await client.readResponse();
    expect(status).toBe(502);
    expect(head).toMatch(/Proxy-Status: headgate; error=(connection_refused|destination_ip_unroutable)/);
  });

  test('the client ends first: its FIN follows its data, and the answer still comes', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startOrigin((socket, origin) => {
        socket.on('end', () => socket.end(`got ${origin.receivedBytes}`));
      }),
    );
    const client = await rig.tunnel(target.authority);
    client.send(Buffer.alloc(3_000_000));
    client.finish();
    expect((await client.readAll()).toString()).toBe('got 3000000');
    await rig.settled();
  });

  test('the target ends first: the client may go on sending', async () => {
    const alice = rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(await startOrigin((socket) => socket.end('bye')));
    const client = await rig.tunnel(target.authority);
    expect((await client.readAll()).toString()).toBe('bye');
    client.send(Buffer.alloc(2_000_000));
    client.finish();
    await rig.settled();
    expect(target.receivedBytes).toBe(2_000_000);
    expect(rig.link.used(alice)).toEqual({ up: 2_000_000, down: 3, total: 2_000_003 });
  });

  test('random data both ways at once, through stalling consumers, arrives whole', async () => {
    const alice = rig.link.addUser('alice', PLENTY);
    const bytes = 8 * 1024 * 1024;
    const targetSide = Promise.withResolvers<Digests>();
    const target = rig.adopt(
      await startOrigin((socket) => void exchangeRandom(socket, bytes).then(targetSide.resolve)),
    );
    const client = await rig.tunnel(target.authority);
    const { socket, first } = client.release();
    const [here, there] = await Promise.all([exchangeRandom(socket, bytes, first), targetSide.promise]);
    expect(here.received).toBe(there.sent);
    expect(there.received).toBe(here.sent);
    await rig.settled();
    expect(rig.link.used(alice)).toEqual({ up: bytes, down: bytes, total: 2 * bytes });
  });

  test('a reset by the target reaches the client', async () => {
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(
      await startOrigin((socket) => socket.once('data', () => socket.resetAndDestroy())),
    );
    const client = await rig.tunnel(target.authority);
    client.send('hello');
    await client.closed();
    expect(client.error?.code).toBe('ECONNRESET');
    await rig.settled();
  });

  test('a reset by the client reaches the target', async () => {
    rig.link.addUser('alice', PLENTY);
    const seen = Promise.withResolvers<NodeJS.ErrnoException>();
    const target = rig.adopt(
      await startOrigin((socket) => {
        socket.on('error', seen.resolve);
        socket.write('hello');
      }),
    );
    const client = await rig.tunnel(target.authority);
    await client.readBytes(5);
    client.reset();
    expect((await seen.promise).code).toBe('ECONNRESET');
    await rig.settled();
  });

  test('a client that leaves while the connection is being made leaves nothing behind', async () => {
    rig.link.addUser('alice', PLENTY);
    const asked = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    rig.link.beforeLease = () => {
      asked.resolve();
      return released.promise;
    };
    const echo = rig.adopt(await startEcho());
    const client = await rig.connect();
    client.send(connectHead(echo.authority));
    await asked.promise;
    client.reset();
    await eventually(() => expect(rig.gateway.stats().served).toBe(0));
    released.resolve();
    await rig.settled();
    expect(echo.connections).toBe(0);
  });
});

describe('limits of a tunnel', () => {
  test('a quiet one is closed', async () => {
    await rig.dispose();
    rig = await startRig({ limits: { tunnelIdleMs: 80 } });
    rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    const client = await rig.tunnel(echo.authority);
    await client.closed();
    await rig.settled();
  });

  test('a half-closed one is closed sooner', async () => {
    await rig.dispose();
    rig = await startRig({ limits: { halfClosedIdleMs: 80 } });
    rig.link.addUser('alice', PLENTY);
    const target = rig.adopt(await startOrigin(() => {}));
    const client = await rig.tunnel(target.authority);
    client.finish();
    await client.closed();
    await rig.settled();
  });

  test('one connection too many gets a 503', async () => {
    await rig.dispose();
    rig = await startRig({ limits: { clientConnections: 1 } });
    rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    const first = await rig.tunnel(echo.authority);
    const second = await rig.connect();
    const { status, head } = await second.readResponse();
    expect(status).toBe(503);
    expect(head).toContain('error=connection_limit_reached');
    first.send('still here');
    expect((await first.readBytes(10)).toString()).toBe('still here');
  });
});

describe('stopping', () => {
  test('a tunnel may finish, and the last report has it all', async () => {
    const alice = rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    const client = await rig.tunnel(echo.authority);
    const idle = await rig.connect();
    idle.send(`CONNECT ${echo.authority} HTTP/1.1\r\n\r\n`);
    expect((await idle.readResponse()).status).toBe(407);
    const stopped = rig.gateway.stop({ drainMs: 5_000 });
    expect(await idle.readAll()).toHaveLength(0);
    idle.destroy();
    client.send('a'.repeat(777));
    await client.readBytes(777);
    client.finish();
    await client.readAll();
    await stopped;
    expect(rig.link.used(alice)).toEqual({ up: 777, down: 777, total: 1554 });
    expect(rig.link.openLeases).toBe(0);
    expect(rig.link.balance(alice)).toBe(PLENTY - 1554);
  });

  test('a tunnel that does not finish is cut, and still counted exactly', async () => {
    const alice = rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    const client = await rig.tunnel(echo.authority);
    client.send('a'.repeat(100));
    await client.readBytes(100);
    await rig.gateway.stop({ drainMs: 30 });
    await client.closed();
    expect(rig.link.used(alice).total).toBe(200);
    expect(rig.link.balance(alice)).toBe(PLENTY - 200);
  });
});

describe('authentication', () => {
  test('407 with a challenge, then another try on the same connection', async () => {
    rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    const client = await rig.connect();
    client.send(`CONNECT ${echo.authority} HTTP/1.1\r\nHost: ${echo.authority}\r\n\r\n`);
    const first = await client.readResponse();
    expect(first.status).toBe(407);
    expect(first.head).toContain('Proxy-Authenticate: Basic realm="headgate", charset="UTF-8"\r\n');
    expect(first.head).toContain(
      'Proxy-Status: headgate; error=http_request_denied; details="credentials required"',
    );
    expect(first.head).toContain('Connection: keep-alive');
    client.send(`CONNECT ${echo.authority} HTTP/1.1\r\n${basic('alice', 'wrong')}\r\n`);
    expect((await client.readResponse()).status).toBe(407);
    client.send(connectHead(echo.authority));
    expect(await client.readHead()).toMatch(/^HTTP\/1.1 200 /);
    client.send('ok');
    expect((await client.readBytes(2)).toString()).toBe('ok');
  });

  test('a whitelisted address needs no credentials, but given ones must be right', async () => {
    rig.link.addUser('alice', PLENTY, { addresses: ['127.0.0.1'] });
    const echo = rig.adopt(await startEcho());
    const client = await rig.connect();
    client.send(`CONNECT ${echo.authority} HTTP/1.1\r\n${basic('alice', 'wrong')}\r\n`);
    expect((await client.readResponse()).status).toBe(407);
    client.send(`CONNECT ${echo.authority} HTTP/1.1\r\n\r\n`);
    expect(await client.readHead()).toMatch(/^HTTP\/1.1 200 /);
  });

  test('an IPv4 client of an IPv6 socket is known by its IPv4 address', async () => {
    await rig.dispose();
    rig = await startRig({ host: '::' });
    rig.link.addUser('alice', PLENTY, { addresses: ['127.0.0.1'] });
    const echo = rig.adopt(await startEcho());
    const client = await rig.connect();
    client.send(`CONNECT ${echo.authority} HTTP/1.1\r\n\r\n`);
    expect(await client.readHead()).toMatch(/^HTTP\/1.1 200 /);
  });

  test('answers are remembered, and forgotten on a change', async () => {
    const alice = rig.link.addUser('alice', PLENTY);
    const echo = rig.adopt(await startEcho());
    await rig.tunnel(echo.authority);
    const second = await rig.tunnel(echo.authority);
    expect(rig.link.authentications).toBe(1);
    rig.link.setPassword('alice', 'other');
    rig.link.emit({ kind: 'subuser-changed', subuserId: alice.subuserId, cut: 'none' });
    second.send('goes on');
    await second.readBytes(7);
    const third = await rig.connect();
    third.send(connectHead(echo.authority));
    expect((await third.readResponse()).status).toBe(407);
  });

  test('without the control link, who is known is served, who is not gets a 503', async () => {
    rig.link.addUser('alice', PLENTY);
    rig.link.addUser('bob', PLENTY);
    const echo = rig.adopt(await startEcho());
    await rig.tunnel(echo.authority);
    rig.link.isAway = true;
    await rig.tunnel(echo.authority);
    const other = await rig.connect();
    other.send(connectHead(echo.authority, 'bob'));
    const { status, head } = await other.readResponse();
    expect(status).toBe(503);
    expect(head).toContain('error=proxy_internal_error');
    rig.link.isAway = false;
  });

  test('cut: all tunnels of the subuser go at once, others stay', async () => {
    const alice = rig.link.addUser('alice', PLENTY);
    rig.link.addUser('bob', PLENTY);
    const echo = rig.adopt(await startEcho());
    const cut = await Promise.all([rig.tunnel(echo.authority), rig.tunnel(echo.authority)]);
    const stays = await rig.tunnel(echo.authority, 'bob');
    rig.link.removeUser('alice');
    rig.link.emit({ kind: 'subuser-changed', subuserId: alice.subuserId, cut: 'all' });
    await Promise.all(cut.map((client) => client.closed()));
    stays.send('x');
    await stays.readBytes(1);
    const again = await rig.connect();
    again.send(connectHead(echo.authority));
    expect((await again.readResponse()).status).toBe(407);
  });

  test('cut by address: only tunnels that came by the whitelist', async () => {
    const alice = rig.link.addUser('alice', PLENTY, { addresses: ['127.0.0.1'] });
    const echo = rig.adopt(await startEcho());
    const byPassword = await rig.tunnel(echo.authority);
    const byAddress = await rig.connect();
    byAddress.send(`CONNECT ${echo.authority} HTTP/1.1\r\n\r\n`);
    await byAddress.readHead();
    rig.link.emit({ kind: 'subuser-changed', subuserId: alice.subuserId, cut: 'by-address' });
    await byAddress.closed();
    byPassword.send('x');
    await byPassword.readBytes(1);
  });
});

interface Digests {
  readonly sent: string;
  readonly received: string;
}

/** Sends random bytes and a FIN; reads until the other side's FIN, and stalls now and then. */
async function exchangeRandom(
  socket: net.Socket,
  bytes: number,
  first: Buffer = Buffer.alloc(0),
): Promise<Digests> {
  const sent = createHash('sha256');
  const received = createHash('sha256').update(first);
  let chunks = 0;
  const whole = new Promise<void>((resolve, reject) => {
    socket.on('data', (chunk) => {
      received.update(chunk);
      if (++chunks % 20 !== 0) return;
      socket.pause();
      setTimeout(() => socket.resume(), 3);
    });
    socket.on('end', resolve);
    socket.on('error', reject);
    socket.resume();
  });
  for (let left = bytes; left > 0; left -= 256 * 1024) {
    const block = randomBytes(256 * 1024);
    sent.update(block);
    if (!socket.write(block)) await new Promise((resolve) => socket.once('drain', resolve));
  }
  socket.end();
  await whole;
  return { sent: sent.digest('hex'), received: received.digest('hex') };
}
