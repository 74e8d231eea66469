import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/gateway/limits.ts';
import { basic, connectHead, eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { type Origin, startEcho, startHeadOrigin, startOrigin } from '../support/gateway/origins.ts';

let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.dispose());

const MEGABYTE = 1_000_000;

/** Answers any first byte with a megabyte, then waits for the client to close. */
function startMegabyte(): Promise<Origin> {
  return startOrigin((socket) => {
    socket.once('data', () => socket.write(Buffer.alloc(MEGABYTE, 'm')));
    socket.on('end', () => socket.end());
  });
}

/** Sends for as long as anyone reads. */
function startFlood(): Promise<Origin> {
  const block = Buffer.alloc(64 * 1024, 'f');
  return startOrigin((socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on('drain', pour);
    socket.on('end', () => socket.end());
    pour();
  });
}

describe('the quota is exact', () => {
  test.each([1, 2, 3, 4, 5])('32 tunnels of 1 MB on 5 MB: not a byte more or less (round %i)', async () => {
    const alice = rig.link.addUser('alice', 5 * MEGABYTE);
    const target = rig.adopt(await startMegabyte());
    const request = Buffer.from('GET / something\r\n\r\n');
    const received = await Promise.all(
      Array.from({ length: 32 }, async () => {
        const client = await rig.connect();
        client.send(connectHead(target.authority));
        const status = Number((await client.readHead()).split(' ')[1]);
        if (status !== 200) {
          expect(status).toBe(402);
          client.destroy();
          return 0;
        }
        client.send(request);
        await client
          .readBytes(MEGABYTE)
          .then(() => client.finish())
          .catch(() => client.finish());
        await client.closed();
        return client.receivedBytes - 'HTTP/1.1 200 Connection Established\r\n\r\n'.length;
      }),
    );
    await rig.settled();
    const down = received.reduce((sum, bytes) => sum + bytes, 0);
    expect(target.receivedBytes + down).toBe(5 * MEGABYTE);
    expect(rig.link.used(alice)).toEqual({
      up: target.receivedBytes,
      down,
      total: 5 * MEGABYTE,
    });
    expect(rig.link.balance(alice)).toBe(0);
  });

  test('32 forwarded downloads of 1 MB on 5 MB: heads and framing included', async () => {
    const alice = rig.link.addUser('alice', 5 * MEGABYTE);
    const body = Buffer.alloc(MEGABYTE, 'b');
    const target = rig.adopt(
      await startHeadOrigin(({ socket }) => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${MEGABYTE}\r\n\r\n`);
        socket.write(body);
        return undefined;
      }),
    );
    let refused = 0;
    const received = await Promise.all(
      Array.from({ length: 32 }, async () => {
        const client = await rig.connect();
        client.send(`GET http://${target.authority}/ HTTP/1.1\r\nConnection: close\r\n${basic('alice')}\r\n`);
        const bytes = await client.readAll();
        client.destroy();
        if (!bytes.toString('latin1', 0, 40).includes(' 402 ')) return bytes.length;
        refused += 1;
        return 0;
      }),
    );
    await rig.settled();
    const down = received.reduce((sum, bytes) => sum + bytes, 0);
    expect(refused).toBeGreaterThan(0);
    expect(target.receivedBytes + down).toBe(5 * MEGABYTE);
    expect(rig.link.used(alice).total).toBe(5 * MEGABYTE);
  });

  test('uploads stop at the byte, too', async () => {
    const alice = rig.link.addUser('alice', 1_234_567);
    const target = rig.adopt(await startOrigin((socket) => socket.on('end', () => socket.end())));
    const clients = await Promise.all([1, 2, 3].map(() => rig.tunnel(target.authority)));
    for (const client of clients) client.send(Buffer.alloc(MEGABYTE));
    await Promise.all(clients.map((client) => client.closed()));
    await rig.settled();
    expect(target.receivedBytes).toBe(1_234_567);
    expect(rig.link.used(alice)).toEqual({ up: 1_234_567, down: 0, total: 1_234_567 });
  });

  test('a slow reader still gets everything that was counted', async () => {
    const alice = rig.link.addUser('alice', 3 * MEGABYTE);
    const target = rig.adopt(await startFlood());
    const client = await rig.tunnel(target.authority);
    client.socket.pause();
    await eventually(() => expect(rig.gateway.stats().targetConnections).toBe(1));
    const resume = setInterval(() => {
      client.socket.resume();
      setImmediate(() => client.socket.pause());
    }, 1);
    const ended = new Promise<void>((resolve) => client.socket.once('end', resolve));
    await ended;
    clearInterval(resume);
    client.finish();
    await rig.settled();
    const down = client.receivedBytes - 'HTTP/1.1 200 Connection Established\r\n\r\n'.length;
    expect(down).toBe(3 * MEGABYTE);
    expect(rig.link.used(alice).total).toBe(3 * MEGABYTE);
  });

  test('a response that the quota cuts ends, and is not made to look whole', async () => {
    rig.link.addUser('alice', 50_000);
    const target = rig.adopt(
      await startHeadOrigin(() => {
        const chunk = `${(10_000).toString(16)}\r\n${'c'.repeat(10_000)}\r\n`;
        return `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(20)}0\r\n\r\n`;
      }),
    );
    const client = await rig.connect();
    client.send(`GET http://${target.authority}/ HTTP/1.1\r\n${basic('alice')}\r\n`);
    const bytes = await client.readAll();
    expect(bytes.length + target.receivedBytes).toBe(50_000);
    expect(bytes.toString('latin1').endsWith('0\r\n\r\n')).toBe(false);
    client.destroy();
    await rig.settled();
  });
});

describe('without quota', () => {
  test('402 for CONNECT and for a forwarded request, and nothing is dialled', async () => {
    rig.link.addUser('alice', 0);
    const target = rig.adopt(await startEcho());
    const tunnel = await rig.connect();
    tunnel.send(connectHead(target.authority));
    const refused = await tunnel.readResponse();
    expect(refused.status).toBe(402);
    expect(refused.head).toContain(
      'Proxy-Status: headgate; error=http_request_denied; details="quota exhausted"',
    );
    expect(refused.body).toBe('402 Payment Required: quota exhausted\n');
    const forward = await rig.connect();
    forward.send(`GET http://${target.authority}/ HTTP/1.1\r\n${basic('alice')}\r\n`);
    expect((await forward.readResponse()).status).toBe(402);
    expect(target.connections).toBe(0);
  });

  test('402 for a response of which nothing has left yet', async () => {
    const target = rig.adopt(await startHeadOrigin(() => 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    const get = async (username: string) => {
      const client = await rig.connect();
      client.send(`GET http://${target.authority}/ HTTP/1.1\r\n${basic(username)}\r\n`);
      return client;
    };
    rig.link.addUser('measure', MEGABYTE);
    expect((await (await get('measure')).readResponse()).status).toBe(200);
    const requestBytes = target.receivedBytes;
    rig.link.addUser('alice', requestBytes);
    rig.link.heldElsewhereBytes = 1;
    const client = await get('alice');
    await eventually(() => expect(rig.gateway.stats().paused).toBe(1));
    expect(target.receivedBytes).toBe(2 * requestBytes);
    rig.link.heldElsewhereBytes = 0;
    const { status, body } = await client.readResponse();
    expect({ status, body }).toEqual({ status: 402, body: '402 Payment Required: quota exhausted\n' });
  });

  test.each([true, false])(
    'added bandwidth serves the same client again (event arrives: %s)',
    async (arrives) => {
      const alice = rig.link.addUser('alice', 10);
      const target = rig.adopt(await startEcho());
      const first = await rig.tunnel(target.authority);
      first.send('x'.repeat(100));
      await first.closed();
      const forward = await rig.connect();
      forward.send(`GET http://${target.authority}/ HTTP/1.1\r\n${basic('alice')}\r\n`);
      expect((await forward.readResponse()).status).toBe(402);
      forward.destroy();
      rig.link.add(alice, 5_000, { silently: !arrives });
      const second = await rig.tunnel(target.authority);
      second.send('y'.repeat(100));
      await second.readBytes(100);
      second.finish();
      await second.readAll();
      await rig.settled();
      expect(rig.link.used(alice).total).toBe(210);
    },
  );

  test('while other gateways hold the rest, tunnels wait; what comes back is used', async () => {
    const alice = rig.link.addUser('alice', 1000);
    rig.link.heldElsewhereBytes = 1;
    const target = rig.adopt(await startEcho());
    const client = await rig.tunnel(target.authority);
    client.send('x'.repeat(5_000));
    await eventually(() => expect(rig.gateway.stats().paused).toBeGreaterThan(0));
    await eventually(() => expect(rig.link.leaseRequests.length).toBeGreaterThan(4));
    expect(target.receivedBytes).toBeLessThanOrEqual(1000);
    rig.link.add(alice, 20_000, { silently: true });
    await client.readBytes(5_000);
    rig.link.heldElsewhereBytes = 0;
    client.finish();
    await client.readAll();
    await rig.settled();
    expect(rig.link.used(alice)).toEqual({ up: 5_000, down: 5_000, total: 10_000 });
  });

  test('a wait without end is bounded', async () => {
    await rig.dispose();
    rig = await startRig({ limits: { pauseLimitMs: 150, admissionLimitMs: 100 } });
    rig.link.addUser('alice', 1000);
    rig.link.heldElsewhereBytes = 1;
    const target = rig.adopt(await startEcho());
    const client = await rig.tunnel(target.authority);
    client.send('x'.repeat(5_000));
    await client.closed();
    const next = await rig.connect();
    next.send(connectHead(target.authority));
    const { status, head } = await next.readResponse();
    expect(status).toBe(503);
    expect(head).toContain('the rest of the quota is in use on other gateways');
    next.destroy();
    await rig.settled();
  });
});

describe('when the control link is away', () => {
  test('relaying goes on within the lease, pauses when it is spent, and goes on when the link is back', async () => {
    const alice = rig.link.addUser('alice', 10 * MEGABYTE);
    const target = rig.adopt(await startOrigin((socket) => socket.on('end', () => socket.end())));
    const client = await rig.tunnel(target.authority);
    client.send('x');
    await eventually(() => expect(target.receivedBytes).toBe(1));
    rig.link.isAway = true;
    client.send(Buffer.alloc(3 * MEGABYTE));
    await eventually(() => expect(target.receivedBytes).toBe(1_000_000));
    await eventually(() => expect(rig.gateway.stats().paused).toBe(1));
    rig.link.isAway = false;
    client.finish();
    await client.readAll();
    await rig.settled();
    expect(target.receivedBytes).toBe(3 * MEGABYTE + 1);
    expect(rig.link.used(alice).total).toBe(3 * MEGABYTE + 1);
  });

  test('an outage without end closes what waits; new clients get a 503', async () => {
    await rig.dispose();
    rig = await startRig({ limits: { pauseLimitMs: 150 } });
    rig.link.addUser('alice', 10 * MEGABYTE);
    const target = rig.adopt(await startFlood());
    const client = await rig.tunnel(target.authority);
    rig.link.isAway = true;
    await client.closed();
    const next = await rig.connect();
    next.send(connectHead(target.authority));
    const { status, head } = await next.readResponse();
    expect(status).toBe(503);
    expect(head).toContain('error=proxy_internal_error');
    rig.link.isAway = false;
  });

  test('lost answers neither lose nor double anything', async () => {
    const alice = rig.link.addUser('alice', 4 * MEGABYTE);
    const target = rig.adopt(await startMegabyte());
    rig.link.lostAnswers = 3;
    const run = async () => {
      const client = await rig.connect();
      client.send(connectHead(target.authority));
      const head = await client.readHead();
      if (!head.includes(' 200 ')) return false;
      client.send('g');
      rig.link.lostAnswers += 2;
      await client.readBytes(MEGABYTE);
      client.finish();
      await client.closed();
      return true;
    };
    let served = 0;
    while (served < 3) if (await run()) served += 1;
    await rig.settled();
    await eventually(() => expect(rig.link.used(alice).total).toBe(3 * (MEGABYTE + 1)));
  });

  test('a session that is over is replaced; what it had acknowledged is not told again', async () => {
    const alice = rig.link.addUser('alice', 10 * MEGABYTE);
    const target = rig.adopt(await startEcho());
    const client = await rig.tunnel(target.authority);
    client.send('a'.repeat(1000));
    await client.readBytes(1000);
    await eventually(() => expect(rig.link.used(alice).total).toBe(2000));
    rig.link.endSession();
    await eventually(() => expect(rig.gateway.stats().leases).toBe(0));
    client.send('b'.repeat(500));
    await client.readBytes(500);
    client.finish();
    await client.readAll();
    await rig.settled();
    expect(rig.link.used(alice).total).toBe(3000);
  });

  test('the gateway starts without the link, and serves once it is there', async () => {
    const { link } = rig;
    await rig.dispose();
    link.isAway = true;
    rig = await startRig({ link });
    link.addUser('alice', MEGABYTE);
    const target = rig.adopt(await startEcho());
    const early = await rig.connect();
    early.send(connectHead(target.authority));
    expect((await early.readResponse()).status).toBe(503);
    link.isAway = false;
    const client = await rig.tunnel(target.authority);
    client.send('x');
    await client.readBytes(1);
  });
});

describe('leases', () => {
  test('a recall while traffic flows: reported, returned, asked for anew, nothing lost', async () => {
    const alice = rig.link.addUser('alice', 50 * MEGABYTE);
    const target = rig.adopt(await startMegabyte());
    const recalls = setInterval(
      () => rig.link.emit({ kind: 'lease-recall', subuserId: alice.subuserId, product: 'residential' }),
      2,
    );
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const client = await rig.tunnel(target.authority);
        client.send('g');
        await client.readBytes(MEGABYTE);
        client.finish();
        await client.closed();
      }),
    );
    clearInterval(recalls);
    await rig.settled();
    expect(rig.link.used(alice)).toEqual({ up: 8, down: 8 * MEGABYTE, total: 8 * MEGABYTE + 8 });
    expect(rig.link.leaseRequests.length).toBeGreaterThan(2);
  });

  test('an unused lease is returned: at once when no tunnel is left, later under quiet tunnels', async () => {
    await rig.dispose();
    rig = await startRig({ limits: { leaseUnusedMs: 30, leaseQuietMs: 120 } });
    const alice = rig.link.addUser('alice', MEGABYTE * 10);
    const target = rig.adopt(await startEcho());
    const client = await rig.tunnel(target.authority);
    client.send('x'.repeat(10));
    await client.readBytes(10);
    await eventually(() => expect(rig.link.balance(alice)).toBe(10 * MEGABYTE - 20));
    expect(rig.gateway.stats().served).toBe(1);
    client.send('y'.repeat(10));
    await client.readBytes(10);
    expect(rig.link.openLeases).toBe(1);
    client.finish();
    await client.readAll();
    await eventually(() => expect(rig.link.balance(alice)).toBe(10 * MEGABYTE - 40));
    expect(rig.link.openLeases).toBe(0);
  });

  test('a lease that the control side ends cuts its tunnels', async () => {
    rig.link.addUser('alice', MEGABYTE);
    const target = rig.adopt(await startEcho());
    const client = await rig.tunnel(target.authority);
    client.send('x');
    await client.readBytes(1);
    rig.link.endLeases();
    client.send('y');
    await client.closed();
    await rig.settled();
  });

  test('a subuser that is gone when its tunnel wants more is cut', async () => {
    rig.link.addUser('alice', MEGABYTE * 10);
    const target = rig.adopt(await startFlood());
    const client = await rig.tunnel(target.authority);
    rig.link.removeUser('alice');
    await client.closed();
    await rig.settled();
  });

  test('one question at a time, sized by the traffic', async () => {
    rig.link.addUser('alice', 100 * MEGABYTE);
    let under = 0;
    let most = 0;
    rig.link.beforeLease = async () => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setTimeout(resolve, 2));
      under -= 1;
    };
    const target = rig.adopt(await startMegabyte());
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const client = await rig.tunnel(target.authority);
        client.send('g');
        await client.readBytes(MEGABYTE);
        client.finish();
        await client.closed();
      }),
    );
    expect(most).toBe(1);
    expect(rig.link.leaseRequests[0]!.wantBytes).toBe(1_000_000);
    const wants = rig.link.leaseRequests.map((request) => request.wantBytes);
    expect(Math.max(...wants)).toBeLessThanOrEqual(DEFAULT_LIMITS.leaseCeilingBytes);
    expect(Math.max(...wants)).toBeGreaterThan(2_000_000);
    expect(Math.min(...wants)).toBeGreaterThanOrEqual(256 * 1024);
  });
});
