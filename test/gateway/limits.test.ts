/** Limits of a subuser in one gateway: tunnels at once and a second, bytes a second, destinations. */
import { afterEach, describe, expect, test } from 'vitest';
import type { GatewayLimits } from '../../src/gateway/limits.ts';
import { RATE_UNITS } from '../../src/gateway/ports.ts';
import {
  ALLOW_LOOPBACK,
  basic,
  connectHead,
  eventually,
  type Rig,
  startRig,
} from '../support/gateway/harness.ts';
import { ManualTimers } from '../support/gateway/manual-timers.ts';
import { type Origin, startEcho, startHeadOrigin, startOrigin } from '../support/gateway/origins.ts';
import type { RawClient } from '../support/gateway/raw-client.ts';
import { socks5Login, socks5Request, WITH_LOGIN } from '../support/gateway/socks.ts';

let rig: Rig;
let timers: ManualTimers | undefined;

/** A rig whose clock is turned. */
async function startTurnedRig(limits: Partial<GatewayLimits> = {}): Promise<ManualTimers> {
  timers = new ManualTimers();
  rig = await startRig({ timers, limits });
  return timers;
}

/** While `work` is done, time passes. */
async function meanwhile<Result>(clock: ManualTimers, work: Promise<Result>): Promise<Result> {
  let isDone = false;
  const finished = work.finally(() => {
    isDone = true;
  });
  while (!isDone) await clock.advance(20);
  return finished;
}

afterEach(async () => {
  if (timers === undefined) await rig.dispose();
  else await meanwhile(timers, rig.dispose());
  timers = undefined;
});

const QUOTA = 100_000_000;

async function open(
  authority: string,
  username = 'alice',
): Promise<{ status: number; head: string; client: RawClient }> {
  const client = await rig.connect();
  client.send(connectHead(authority, username));
  const head = await client.readHead();
  return { status: Number(head.split(' ')[1]), head, client };
}

async function echoes(client: RawClient): Promise<void> {
  client.send('ping');
  expect((await client.readBytes(4)).toString()).toBe('ping');
}

/** The reply to a request for that port of this machine. */
async function socksReply(port: number): Promise<number> {
  const client = await rig.connect();
  client.send(WITH_LOGIN);
  await client.readBytes(2);
  client.send(socks5Login('alice'));
  await client.readBytes(2);
  client.send(socks5Request('127.0.0.1', port));
  return (await client.readBytes(10))[1]!;
}

describe('tunnels at once', () => {
  test('so many and no more; one that ends makes room', async () => {
    rig = await startRig();
    rig.link.addUser('alice', QUOTA, { limits: { maxTunnels: 2 } });
    rig.link.addUser('bob', QUOTA);
    const echo = rig.adopt(await startEcho());
    const first = await rig.tunnel(echo.authority);
    await rig.tunnel(echo.authority);
    const { status, head, client } = await open(echo.authority);
    expect(status).toBe(429);
    expect(head).toContain(
      'Proxy-Status: headgate; error=http_request_denied; details="limit of tunnels at once reached"\r\n',
    );
    expect(head).toContain('\r\nRetry-After: 1\r\n');
    client.destroy();
    await rig.tunnel(echo.authority, 'bob');
    first.finish();
    await first.closed();
    await eventually(() => expect(rig.gateway.stats().served).toBe(2));
    await rig.tunnel(echo.authority);
    expect(rig.link.limits.held('subuser:id-alice', 'tunnels')).toBe(2);
  });

  test('without a limit, one subuser still leaves room for the others', async () => {
    rig = await startRig({ limits: { tunnelsOfOne: 2 } });
    for (const name of ['alice', 'bob']) rig.link.addUser(name, QUOTA);
    const echo = rig.adopt(await startEcho());
    const first = await rig.tunnel(echo.authority);
    await rig.tunnel(echo.authority);
    const { status, client } = await open(echo.authority);
    expect(status).toBe(429);
    client.destroy();
    await rig.tunnel(echo.authority, 'bob');
    first.finish();
    await first.closed();
    await eventually(() => expect(rig.gateway.stats().served).toBe(2));
    await rig.tunnel(echo.authority);
  });

  test('a burst of newcomers gets exactly the limit', async () => {
    rig = await startRig();
    rig.link.addUser('alice', QUOTA, { limits: { maxTunnels: 10 } });
    const echo = rig.adopt(await startEcho());
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async () => (await open(echo.authority)).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  });

  test('seats that lie idle elsewhere come when they are recalled', async () => {
    rig = await startRig();
    rig.link.addUser('alice', QUOTA, { limits: { maxTunnels: 2 } });
    rig.link.limits.elsewhere = 2;
    rig.link.limits.idleElsewhere = 1;
    const echo = rig.adopt(await startEcho());
    await rig.tunnel(echo.authority);
    expect((await open(echo.authority)).status).toBe(429);
  });

  test('a limit that comes later ends the newest beyond it; lifted, there is none', async () => {
    rig = await startRig();
    rig.link.addUser('alice', QUOTA);
    const echo = rig.adopt(await startEcho());
    const clients: RawClient[] = [];
    for (let index = 0; index < 4; index += 1) clients.push(await rig.tunnel(echo.authority));
    rig.link.setLimits('alice', { maxTunnels: 2 });
    await Promise.all(clients.slice(2).map((client) => client.closed()));
    for (const client of clients.slice(0, 2)) await echoes(client);
    expect((await open(echo.authority)).status).toBe(429);
    rig.link.setLimits('alice', undefined);
    await eventually(() => expect(rig.gateway.stats().served).toBe(2));
    for (let index = 0; index < 4; index += 1) await rig.tunnel(echo.authority);
  });

  test('a lost session: tunnels are paused until their seats are certain, and go on', async () => {
    rig = await startRig();
    rig.link.addUser('alice', QUOTA, { limits: { maxTunnels: 2 } });
    const echo = rig.adopt(await startEcho());
    const clients = [await rig.tunnel(echo.authority), await rig.tunnel(echo.authority)];
    rig.link.endSession();
    await eventually(() => expect(rig.link.limits.held('subuser:id-alice', 'tunnels')).toBe(2));
    for (const client of clients) await echoes(client);
    expect((await open(echo.authority)).status).toBe(429);
  });

  test('over SOCKS5: not allowed by ruleset', async () => {
    rig = await startRig();
    rig.link.addUser('alice', QUOTA, { limits: { maxTunnels: 1 } });
    const echo = rig.adopt(await startEcho());
    await rig.tunnel(echo.authority);
    expect(await socksReply(echo.port)).toBe(0x02);
  });
});

describe('new tunnels a second', () => {
  test('a burst of one second is let in, the rest is told to come back; forwarded requests count too', async () => {
    const timers = await startTurnedRig();
    rig.link.addUser('alice', QUOTA, { limits: { tunnelsPerSecond: 3 } });
    const echo = rig.adopt(await startEcho());
    for (let index = 0; index < 3; index += 1) await rig.tunnel(echo.authority);
    const { status, head } = await open(echo.authority);
    expect(status).toBe(429);
    expect(head).toContain('details="limit of new tunnels a second reached"\r\n');
    expect(head).toContain('\r\nRetry-After: 1\r\n');
    const web = rig.adopt(await startHeadOrigin(() => 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    const client = await rig.connect();
    const request = `GET http://${web.authority}/ HTTP/1.1\r\nHost: ${web.authority}\r\n${basic('alice')}\r\n`;
    timers.skip(334);
    client.send(request);
    expect(await client.readHead()).toMatch(/^HTTP\/1.1 200 /);
    client.send(request);
    expect(await client.readHead()).toMatch(/^HTTP\/1.1 429 /);
  });

  test('of a rate that others use, this gateway serves its part', async () => {
    const timers = await startTurnedRig();
    rig.link.addUser('alice', QUOTA, { limits: { tunnelsPerSecond: 10 } });
    rig.link.limits.elsewhere = RATE_UNITS / 2;
    const echo = rig.adopt(await startEcho());
    const opening = open(echo.authority);
    // What others could give back is asked for once more.
    await eventually(() => expect(rig.link.limits.requests.length).toBeGreaterThan(0));
    await timers.advance(100);
    expect((await opening).status).toBe(200);
    let opened = 0;
    for (let round = 0; round < 20; round += 1) {
      timers.skip(100);
      if ((await open(echo.authority)).status === 200) opened += 1;
    }
    expect(opened).toBe(10);
  });
});

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

describe('bytes a second', () => {
  const BYTES_PER_SECOND = 200_000;
  const BURST_BYTES = BYTES_PER_SECOND / 10;

  /** Lets the time pass in turns of the pace, and the sockets do their part in each. */
  async function pass(timers: ManualTimers, ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 20) {
      await timers.advance(20);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  test('many tunnels together get what one would, in equal parts, and every byte is metered', async () => {
    const timers = await startTurnedRig();
    const alice = rig.link.addUser('alice', QUOTA, { limits: { bytesPerSecond: BYTES_PER_SECOND } });
    const flood = rig.adopt(await startFlood());
    const clients: RawClient[] = [];
    for (let index = 0; index < 4; index += 1) clients.push(await rig.tunnel(flood.authority));
    const before = clients.map((client) => client.receivedBytes);
    await pass(timers, 5_000);
    await eventually(() => expect(rig.gateway.stats().paused).toBe(4));
    const received = () => clients.map((client, index) => client.receivedBytes - before[index]!);
    const worth = 5 * BYTES_PER_SECOND;
    await eventually(() => {
      const total = received().reduce((sum, bytes) => sum + bytes, 0);
      expect(total).toBeGreaterThan(0.97 * worth);
      expect(total).toBeLessThanOrEqual(worth + BURST_BYTES);
    });
    for (const bytes of received()) expect(bytes).toBeGreaterThan((0.85 * worth) / 4);
    for (const client of clients) client.destroy();
    await meanwhile(timers, rig.settled());
    const { total } = rig.link.used(alice);
    expect(total).toBeLessThanOrEqual(worth + 2 * BURST_BYTES);
    expect(total).toBeGreaterThanOrEqual(received().reduce((sum, bytes) => sum + bytes, 0));
  });

  test('uploads and downloads share it, and arrive whole', async () => {
    const timers = await startTurnedRig();
    const alice = rig.link.addUser('alice', QUOTA, { limits: { bytesPerSecond: BYTES_PER_SECOND } });
    const echo = rig.adopt(await startEcho());
    const client = await rig.tunnel(echo.authority);
    const sent = Buffer.from(Array.from({ length: 150_000 }, (_unused, index) => index % 251));
    client.send(sent);
    const reading = client.readBytes(sent.length);
    let isRead = false;
    void reading.then(() => {
      isRead = true;
    });
    const startedAtMs = timers.nowMs();
    while (!isRead) await pass(timers, 20);
    expect((await reading).equals(sent)).toBe(true);
    expect(timers.nowMs() - startedAtMs).toBeGreaterThan(
      ((2 * sent.length - BURST_BYTES) / BYTES_PER_SECOND) * 1000 - 50,
    );
    client.finish();
    await meanwhile(timers, client.closed());
    await meanwhile(timers, rig.settled());
    expect(rig.link.used(alice)).toEqual({ up: sent.length, down: sent.length, total: 2 * sent.length });
  });

  test('a limit that comes while bytes flow holds from then on, and lifted it is gone', async () => {
    const timers = await startTurnedRig();
    rig.link.addUser('alice', QUOTA);
    const flood = rig.adopt(await startFlood());
    const client = await rig.tunnel(flood.authority);
    await eventually(() => expect(client.receivedBytes).toBeGreaterThan(1_000_000));
    rig.link.setLimits('alice', { bytesPerSecond: BYTES_PER_SECOND });
    await eventually(() => expect(rig.gateway.stats().paused).toBe(1));
    // What was under way arrives.
    let before = -1;
    await eventually(() => {
      const now = client.receivedBytes;
      const isQuiet = now === before;
      before = now;
      expect(isQuiet).toBe(true);
    });
    await pass(timers, 1_000);
    const paced = client.receivedBytes - before;
    expect(paced).toBeLessThanOrEqual(BYTES_PER_SECOND + 2 * BURST_BYTES + 64 * 1024);
    rig.link.setLimits('alice', undefined);
    const from = client.receivedBytes;
    await eventually(() => expect(client.receivedBytes).toBeGreaterThan(from + 2_000_000));
  });

  test('who waits for its turn is not idle', async () => {
    const timers = await startTurnedRig({ tunnelIdleMs: 3_000 });
    rig.link.addUser('alice', QUOTA, { limits: { bytesPerSecond: 8_000 } });
    const flood = rig.adopt(await startFlood());
    const clients = [await rig.tunnel(flood.authority), await rig.tunnel(flood.authority)];
    await pass(timers, 20_000);
    for (const client of clients) expect(client.socket.closed).toBe(false);
    expect(rig.gateway.stats().served).toBe(2);
  });

  test('the quota ends a tunnel that waits for its turn', async () => {
    const timers = await startTurnedRig();
    const alice = rig.link.addUser('alice', 100_000, { limits: { bytesPerSecond: BYTES_PER_SECOND } });
    const flood = rig.adopt(await startFlood());
    const client = await rig.tunnel(flood.authority);
    await meanwhile(timers, client.closed());
    await meanwhile(timers, rig.settled());
    expect(rig.link.used(alice).total).toBe(100_000);
  });
});

test('a subscription is limited beside its seats', async () => {
  const timers = await startTurnedRig();
  const limits = { tunnelsPerSecond: 2, bytesPerSecond: 100_000, rules: [{ allow: [], deny: ['*:9'] }] };
  rig.link.subscriptions.add('7', { connections: 3, limits });
  rig.link.limits.set('subscription:7', limits);
  const flood = rig.adopt(await startFlood());
  const plainHead = (authority: string) => `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`;
  const statusOf = async (authority: string) => {
    const client = await rig.connect();
    client.send(plainHead(authority));
    return { client, status: Number((await client.readHead()).split(' ')[1]) };
  };
  const { client, status } = await statusOf(flood.authority);
  expect(status).toBe(200);
  expect((await statusOf('127.0.0.1:9')).status).toBe(403);
  expect((await statusOf(flood.authority)).status).toBe(200);
  expect((await statusOf(flood.authority)).status).toBe(429);
  for (let passed = 0; passed < 2_000; passed += 20) {
    await timers.advance(20);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(client.receivedBytes).toBeLessThanOrEqual(120_000);
  await eventually(() => expect(rig.link.subscriptions.used('7').bytes).toBeGreaterThan(150_000));
  expect(rig.link.subscriptions.used('7').bytes).toBeLessThanOrEqual(210_000);
});

describe('destinations', () => {
  const resolver = async (name: string) => (name === 'two.test' ? ['127.0.0.2', '127.0.0.1'] : ['127.0.0.1']);

  test('a name, a port, an address, and an address behind a name', async () => {
    rig = await startRig({ resolver });
    const rules = [{ allow: [], deny: ['*.denied.test', '*:9', '127.0.0.8/29'] }];
    rig.link.addUser('alice', QUOTA, { limits: { rules } });
    rig.link.addUser('bob', QUOTA);
    const echo = rig.adopt(await startEcho());
    for (const authority of [`www.denied.test:${echo.port}`, 'open.test:9', `127.0.0.9:${echo.port}`]) {
      const { status, head } = await open(authority);
      expect(status).toBe(403);
      expect(head).toContain('details="this account may not reach this destination"\r\n');
    }
    await rig.tunnel(`www.denied.test:${echo.port}`, 'bob');
    await rig.tunnel(`open.test:${echo.port}`);
    const client = await rig.connect();
    client.send(`GET http://www.denied.test/ HTTP/1.1\r\n${basic('alice')}\r\n`);
    expect(await client.readHead()).toMatch(/^HTTP\/1.1 403 /);
    expect(await socksReply(9)).toBe(0x02);
  });

  test('only the addresses of a name that are allowed are tried', async () => {
    rig = await startRig({ resolver });
    rig.link.addUser('alice', QUOTA, { limits: { rules: [{ allow: ['127.0.0.1'], deny: [] }] } });
    rig.link.addUser('bob', QUOTA, { limits: { rules: [{ allow: [], deny: ['127.0.0.0/8'] }] } });
    const echo = rig.adopt(await startEcho());
    await rig.tunnel(`two.test:${echo.port}`);
    expect((await open(`two.test:${echo.port}`, 'bob')).status).toBe(403);
  });

  test('rules that change cut what they forbid, and leave the rest', async () => {
    rig = await startRig({ resolver, allow: ALLOW_LOOPBACK });
    rig.link.addUser('alice', QUOTA);
    const echo = rig.adopt(await startEcho());
    const kept = await rig.tunnel(`kept.test:${echo.port}`);
    const cut = await rig.tunnel(`cut.test:${echo.port}`);
    rig.link.setLimits('alice', { rules: [{ allow: [], deny: ['cut.test'] }] });
    await cut.closed();
    await echoes(kept);
    expect((await open(`cut.test:${echo.port}`)).status).toBe(403);
    rig.link.setLimits('alice', undefined);
    await eventually(() => expect(rig.gateway.stats().served).toBe(1));
    await rig.tunnel(`cut.test:${echo.port}`);
  });

  test('limits that cannot be asked for at once are asked for again', async () => {
    rig = await startRig({ resolver });
    rig.link.addUser('alice', QUOTA);
    const echo = rig.adopt(await startEcho());
    const client = await rig.tunnel(`cut.test:${echo.port}`);
    rig.link.isAway = true;
    rig.link.setLimits('alice', { rules: [{ allow: [], deny: ['cut.test'] }] });
    await echoes(client);
    rig.link.isAway = false;
    await client.closed();
  });
});
