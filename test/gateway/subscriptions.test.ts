import net from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { basic, eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { type Origin, startEcho, startHeadOrigin } from '../support/gateway/origins.ts';
import { RawClient } from '../support/gateway/raw-client.ts';

const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n';

let rig: Rig;
let echo: Origin;
let clients: RawClient[];

beforeEach(() => {
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await rig.dispose();
});

async function start(limits: NonNullable<Parameters<typeof startRig>[0]>['limits'] = {}): Promise<void> {
  rig = await startRig({ limits });
  echo = rig.adopt(await startEcho());
}

/** From another address of this machine. */
async function connectFrom(localAddress: string): Promise<RawClient> {
  const socket = net.connect({ port: rig.port, host: '127.0.0.1', localAddress, allowHalfOpen: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const client = new RawClient(socket);
  clients.push(client);
  return client;
}

async function askForTunnel(client: RawClient): Promise<string> {
  client.send(`CONNECT ${echo.authority} HTTP/1.1\r\nHost: ${echo.authority}\r\n\r\n`);
  return client.readHead();
}

async function tunnel(): Promise<RawClient> {
  const client = await rig.connect();
  expect(await askForTunnel(client)).toBe(ESTABLISHED);
  return client;
}

/** The status of one more. */
async function oneMore(): Promise<number> {
  const client = await rig.connect();
  const status = Number((await askForTunnel(client)).split(' ')[1]);
  client.destroy();
  return status;
}

async function exchange(client: RawClient, text = 'x'): Promise<void> {
  client.send(text);
  expect((await client.readBytes(text.length)).toString()).toBe(text);
}

describe('an address in a slot', () => {
  beforeEach(() => start());

  test('is served without credentials; bytes of both directions and requests are counted', async () => {
    rig.link.subscriptions.add('weekly');
    const target = rig.adopt(await startHeadOrigin(() => 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    const first = await tunnel();
    await exchange(first, 'y'.repeat(1_000));
    const second = await tunnel();
    const forwarding = await rig.connect();
    const get = `GET http://${target.authority}/ HTTP/1.1\r\nHost: x\r\n\r\n`;
    forwarding.send(get + get + get);
    for (let count = 0; count < 3; count += 1)
      expect(await forwarding.readResponse()).toMatchObject({ status: 200 });
    const answersBytes = forwarding.receivedBytes;
    for (const client of [first, second, forwarding]) {
      client.finish();
      await client.closed();
    }
    await rig.settled();
    await eventually(() =>
      expect(rig.link.subscriptions.used('weekly')).toEqual({
        bytes: 2_000 + target.receivedBytes + answersBytes,
        requests: 5,
      }),
    );
    expect(rig.link.leaseRequests).toEqual([]);
  });

  test('requests that reach no target are not counted', async () => {
    rig.link.subscriptions.add('weekly');
    const client = await rig.connect();
    client.send('CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n');
    expect((await client.readResponse()).status).toBe(502);
    await rig.settled();
    expect(rig.link.subscriptions.used('weekly')).toEqual({ bytes: 0, requests: 0 });
  });

  test('does not stand in for credentials that are given', async () => {
    rig.link.subscriptions.add('weekly');
    const alice = rig.link.addUser('alice', 1_000);
    const wrong = await rig.connect();
    wrong.send(`CONNECT ${echo.authority} HTTP/1.1\r\n${basic('alice', 'wrong')}\r\n`);
    expect((await wrong.readResponse()).status).toBe(407);
    await exchange(await rig.tunnel(echo.authority, 'alice'), 'z'.repeat(10));
    await eventually(() => expect(rig.link.used(alice).total).toBe(20));
    expect(rig.link.subscriptions.used('weekly')).toEqual({ bytes: 0, requests: 0 });
  });

  test('is nobody while the subscription does not serve', async () => {
    rig.link.subscriptions.add('weekly', { serves: false });
    expect(await oneMore()).toBe(407);
  });
});

describe('tunnels at once', () => {
  test('one too many is refused at once and clearly; closing one makes room', async () => {
    await start();
    rig.link.subscriptions.add('weekly', { connections: 3 });
    const tunnels = await Promise.all([tunnel(), tunnel(), tunnel()]);
    const refused = await rig.connect();
    refused.send(`CONNECT ${echo.authority} HTTP/1.1\r\n\r\n`);
    const { head, body } = await refused.readResponse();
    expect(head).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\n/);
    expect(head).toContain(
      'Proxy-Status: headgate; error=http_request_denied; details="connection limit of the subscription reached"\r\n',
    );
    expect(body).toBe('429 Too Many Requests: connection limit of the subscription reached\n');
    for (const client of tunnels) await exchange(client);
    tunnels[0]!.destroy();
    await eventually(() => expect(rig.gateway.stats().served).toBe(2));
    expect(await oneMore()).toBe(200);
  });

  test('a burst gets exactly as many as there are seats', async () => {
    await start();
    rig.link.subscriptions.add('weekly', { connections: 20 });
    const heads = await Promise.all(
      Array.from({ length: 50 }, async () => askForTunnel(await rig.connect())),
    );
    expect(heads.filter((head) => head === ESTABLISHED)).toHaveLength(20);
    expect(heads.filter((head) => head.startsWith('HTTP/1.1 429 '))).toHaveLength(30);
    expect(rig.link.subscriptions.held('weekly')).toBe(20);
  });

  test('a forwarded exchange counts while it runs, a kept connection without one does not', async () => {
    await start();
    rig.link.subscriptions.add('weekly', { connections: 1 });
    const answers: (() => void)[] = [];
    const target = rig.adopt(
      await startHeadOrigin(({ socket }) => {
        answers.push(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
        return undefined;
      }),
    );
    const get = `GET http://${target.authority}/ HTTP/1.1\r\nHost: x\r\n\r\n`;
    const [first, second] = [await rig.connect(), await rig.connect()];
    first.send(get);
    await eventually(() => expect(answers).toHaveLength(1));
    second.send(get);
    expect((await second.readResponse()).status).toBe(429);
    answers[0]!();
    expect((await first.readResponse()).status).toBe(200);
    await eventually(() => expect(rig.gateway.stats().served).toBe(0));
    // Both connections are still open.
    second.send(get);
    await eventually(() => expect(answers).toHaveLength(2));
    first.send(get);
    expect((await first.readResponse()).status).toBe(429);
    answers[1]!();
    expect((await second.readResponse()).status).toBe(200);
  });

  test('seats that become free serve those who come next without a question, and go back when idle', async () => {
    await start({ seatIdleMs: 300 });
    const { subscriptions } = rig.link;
    subscriptions.add('weekly', { connections: 5 });
    for (let count = 0; count < 5; count += 1) {
      expect(await oneMore()).toBe(200);
      await eventually(() => expect(rig.gateway.stats().served).toBe(0));
    }
    expect(subscriptions.seatRequests).toEqual([{ subscriptionId: 'weekly', seats: 1 }]);
    await eventually(() => expect(subscriptions.held('weekly')).toBe(0));
  });

  test('idle seats go back at once when another gateway lacks them', async () => {
    await start({ seatIdleMs: 600_000 });
    const { subscriptions } = rig.link;
    subscriptions.add('weekly', { connections: 5 });
    const [stays, goes] = [await tunnel(), await tunnel()];
    goes.destroy();
    await eventually(() => expect(rig.gateway.stats().served).toBe(1));
    expect(subscriptions.held('weekly')).toBe(2);
    rig.link.emit({ kind: 'seats-recall', subscriptionId: 'weekly' });
    await eventually(() => expect(subscriptions.held('weekly')).toBe(1));
    await exchange(stays);
    rig.link.emit({ kind: 'seats-recall', subscriptionId: 'unknown' });
  });

  test('seats that lie idle on other gateways are asked back before anyone is refused', async () => {
    await start();
    const { subscriptions } = rig.link;
    subscriptions.add('weekly', { connections: 2, seatsElsewhere: 2, idleElsewhere: 1 });
    await tunnel();
    expect(subscriptions.recalls).toBe(1);
    expect(await oneMore()).toBe(429);
    expect(subscriptions.recalls).toBe(3);
  });

  test('who hammers at the limit is refused from memory', async () => {
    await start({ seatRefusalMs: 600_000 });
    const { subscriptions } = rig.link;
    const weekly = subscriptions.add('weekly', { connections: 1 });
    const only = await tunnel();
    for (let count = 0; count < 10; count += 1) expect(await oneMore()).toBe(429);
    expect(subscriptions.seatRequests).toHaveLength(2);
    // The own seat that becomes free, and a larger plan, make room all the same.
    only.destroy();
    await eventually(() => expect(rig.gateway.stats().served).toBe(0));
    await tunnel();
    expect(await oneMore()).toBe(429);
    weekly.connections = 2;
    rig.link.emit({ kind: 'subscription-changed', subscriptionId: 'weekly' });
    expect(await oneMore()).toBe(200);
  });
});

describe('changes', () => {
  /** A report a minute: what happens sooner, an event did. */
  const BY_EVENT = { reportEveryMs: 60_000 };

  test('suspended: its tunnels are cut, and nobody is let in until it is resumed', async () => {
    await start(BY_EVENT);
    const weekly = rig.link.subscriptions.add('weekly');
    const tunnels = [await tunnel(), await tunnel()];
    weekly.serves = false;
    rig.link.emit({ kind: 'subscription-changed', subscriptionId: 'weekly' });
    await Promise.all(tunnels.map((client) => client.closed()));
    expect(await oneMore()).toBe(407);
    weekly.serves = true;
    rig.link.emit({ kind: 'subscription-changed', subscriptionId: 'weekly' });
    expect(await oneMore()).toBe(200);
  });

  test('unbound: the tunnels of that address are cut, the others stay', async () => {
    await start(BY_EVENT);
    const weekly = rig.link.subscriptions.add('weekly', { addresses: ['127.0.0.1', '127.0.0.2'] });
    const stays = await tunnel();
    const goes = await connectFrom('127.0.0.2');
    expect(await askForTunnel(goes)).toBe(ESTABLISHED);
    weekly.addresses.delete('127.0.0.2');
    rig.link.emit({ kind: 'subscription-changed', subscriptionId: 'weekly' });
    await goes.closed();
    await exchange(stays);
    const again = await connectFrom('127.0.0.2');
    expect(await askForTunnel(again)).toMatch(/^HTTP\/1\.1 407 /);
  });

  test('an address that moved to a subuser is not the subscription’s any more', async () => {
    await start(BY_EVENT);
    const weekly = rig.link.subscriptions.add('weekly');
    const goes = await tunnel();
    weekly.addresses.clear();
    const alice = rig.link.addUser('alice', 1_000, { addresses: ['127.0.0.1'] });
    rig.link.emit({ kind: 'resync' });
    await goes.closed();
    await exchange(await tunnel());
    expect(rig.link.leaseRequests[0]!.subuserId).toBe(alice.subuserId);
  });

  test('a smaller plan: as many tunnels stay as it allows, the oldest', async () => {
    await start(BY_EVENT);
    const weekly = rig.link.subscriptions.add('weekly', { connections: 4 });
    const tunnels = [await tunnel(), await tunnel(), await tunnel(), await tunnel()];
    weekly.connections = 2;
    rig.link.emit({ kind: 'subscription-changed', subscriptionId: 'weekly' });
    await Promise.all(tunnels.slice(2).map((client) => client.closed()));
    for (const client of tunnels.slice(0, 2)) await exchange(client);
    expect(rig.link.subscriptions.held('weekly')).toBe(2);
  });

  test('an event that never came: the answer to the next report tells', async () => {
    await start();
    const weekly = rig.link.subscriptions.add('weekly');
    const goes = await tunnel();
    weekly.serves = false;
    await goes.closed();
    expect(await oneMore()).toBe(407);
  });

  test('the control side is away at the event: the look is taken up as soon as it is back', async () => {
    await start();
    const weekly = rig.link.subscriptions.add('weekly', { addresses: ['127.0.0.1', '127.0.0.2'] });
    const stays = await tunnel();
    const goes = await connectFrom('127.0.0.2');
    expect(await askForTunnel(goes)).toBe(ESTABLISHED);
    weekly.addresses.delete('127.0.0.2');
    rig.link.isAway = true;
    rig.link.emit({ kind: 'subscription-changed', subscriptionId: 'weekly' });
    await exchange(stays);
    await exchange(goes);
    rig.link.isAway = false;
    await goes.closed();
    await exchange(stays);
  });

  test('a client that waits for a seat when its address goes is not let in', async () => {
    await start(BY_EVENT);
    const { subscriptions } = rig.link;
    const weekly = subscriptions.add('weekly', { connections: 1, seatsElsewhere: 1, idleElsewhere: 1 });
    const client = await rig.connect();
    client.send(`CONNECT ${echo.authority} HTTP/1.1\r\n\r\n`);
    await eventually(() => expect(subscriptions.recalls).toBe(1));
    weekly.addresses.clear();
    rig.link.emit({ kind: 'subscription-changed', subscriptionId: 'weekly' });
    expect((await client.readResponse()).status).toBe(403);
    expect(echo.connections).toBe(0);
  });
});

describe('the session with the control side', () => {
  test('lost answers neither lose nor double anything', async () => {
    await start();
    const { link } = rig;
    link.subscriptions.add('weekly', { connections: 2 });
    const [first, second] = [await tunnel(), await tunnel()];
    for (let round = 0; round < 5; round += 1) {
      link.lostAnswers = 3;
      await exchange(first, 'a'.repeat(100));
      await exchange(second, 'b'.repeat(50));
      await eventually(() => expect(link.lostAnswers).toBe(0));
    }
    first.destroy();
    second.destroy();
    await rig.settled();
    await eventually(() =>
      expect(link.subscriptions.used('weekly')).toEqual({ bytes: 2 * 5 * 150, requests: 2 }),
    );
    await eventually(() => expect(link.subscriptions.held('weekly')).toBe(0));
  });

  test('a new session takes seats for the tunnels that run, and what the old one relayed counts', async () => {
    await start();
    const { link } = rig;
    const weekly = link.subscriptions.add('weekly', { connections: 3 });
    const tunnels = [await tunnel(), await tunnel(), await tunnel()];
    for (const client of tunnels) await exchange(client, 'c'.repeat(10));
    // Meanwhile another gateway has taken one of the seats that lapsed.
    weekly.seatsElsewhere = 1;
    link.endSession();
    await tunnels[2]!.closed();
    for (const client of tunnels.slice(0, 2)) await exchange(client, 'd'.repeat(10));
    expect(link.subscriptions.held('weekly')).toBe(2);
    for (const client of tunnels.slice(0, 2)) client.destroy();
    await rig.settled();
    await eventually(() =>
      expect(link.subscriptions.used('weekly')).toEqual({ bytes: 3 * 20 + 2 * 20, requests: 3 }),
    );
  });

  test('away: tunnels go on as long as the session was promised, newcomers without a seat are told', async () => {
    rig = await startRig({ limits: { pauseLimitMs: 10_000, awayLimitMs: 50 } });
    echo = rig.adopt(await startEcho());
    const { link } = rig;
    link.subscriptions.add('weekly');
    link.leaseValidForMs = 400;
    link.endSession();
    const first = await tunnel();
    await eventually(() => expect(link.subscriptions.used('weekly').requests).toBe(1));
    link.isAway = true;
    await exchange(first, 'still');
    expect(await oneMore()).toBe(503);
    await eventually(() => {
      first.send('.');
      expect(rig.gateway.stats().paused).toBe(1);
    });
    const receivedBytes = first.receivedBytes;
    link.isAway = false;
    await eventually(() => expect(first.receivedBytes).toBeGreaterThan(receivedBytes));
  });

  test('away for too long: paused tunnels are closed', async () => {
    rig = await startRig({ limits: { pauseLimitMs: 50 } });
    echo = rig.adopt(await startEcho());
    rig.link.subscriptions.add('weekly');
    rig.link.leaseValidForMs = 100;
    rig.link.endSession();
    const first = await tunnel();
    rig.link.isAway = true;
    await eventually(() => {
      first.send('.');
      expect(rig.gateway.stats().paused).toBe(1);
    });
    await first.closed();
    rig.link.isAway = false;
  });
});
