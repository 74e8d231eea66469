/** Exits that fail are ejected, and return; sessions go elsewhere meanwhile. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayLog, silentLog } from '../../src/gateway/log.ts';
import type { ExitSettings } from '../../src/gateway/ports.ts';
import { chooseTransport, type Transport } from '../../src/gateway/transport.ts';
import { FakeLink } from '../support/gateway/fake-link.ts';
import { connectHead, eventually, RELAY, type Rig, startRig } from '../support/gateway/harness.ts';
import { ManualTimers } from '../support/gateway/manual-timers.ts';
import { type Origin, startEcho } from '../support/gateway/origins.ts';
import {
  directExit,
  startBadUpstream,
  startHttpUpstream,
  startMirror,
  startSocks5Upstream,
  upstreamExit,
} from '../support/gateway/upstreams.ts';

let echo: Origin;
let timers: ManualTimers;
const logged: [string, object][] = [];
const cleanups: (() => Promise<unknown>)[] = [];

const log: GatewayLog = {
  info: (fields, message) => logged.push([message, fields]),
  warn: (fields, message) => logged.push([message, fields]),
};

beforeEach(async () => {
  echo = await startEcho();
  timers = new ManualTimers();
  logged.length = 0;
});
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
  await echo.close();
});

function closing<Closing extends { close(): Promise<void> }>(opened: Closing): Closing {
  cleanups.push(() => opened.close());
  return opened;
}

/** Of several healthy exits, the first is chosen. */
async function rigWith(exits: ExitSettings[], transport?: Transport): Promise<Rig> {
  const link = new FakeLink();
  // The clock is turned much further than a session's heartbeat is real.
  link.leaseValidForMs = 1e9;
  link.addUser('alice', 10_000_000);
  link.exitSettings = exits;
  let calls = 0;
  const random = () => 0.5 * (calls++ % exits.length);
  const limits = { reportEveryMs: 1_000 };
  const rig = await startRig({ link, timers, log, random, limits, ...(transport && { transport }) });
  cleanups.push(() => rig.dispose());
  return rig;
}

async function ask(rig: Rig, authority = echo.authority, username = 'alice'): Promise<number> {
  const client = await rig.connect();
  client.send(connectHead(authority, username));
  const head = await client.readHead();
  client.destroy();
  return Number(head.split(' ')[1]);
}

const healthy = (rig: Rig) => rig.gateway.exitStats().map((exit) => exit.healthy);
const news = () =>
  logged
    .filter(([message]) => message.startsWith('an exit is'))
    .map(([message, fields]) => [message, fields]);

/** An upstream whose answers are a status line each; `status()` is asked every time. */
async function answering(status: (head: string) => string) {
  return closing(
    await startBadUpstream((socket, head) => {
      socket.end(`HTTP/1.1 ${status(head)}\r\nContent-Length: 0\r\n\r\n`);
    }),
  );
}

test('three faults in a row eject it; it returns after its time, on probation, and is out for longer each time', async () => {
  let status = '407 No';
  const bad = await answering(() => status);
  const rig = await rigWith([upstreamExit('http', bad.port, { name: 'bad' }), directExit()]);
  for (let round = 0; round < 3; round += 1) expect(await ask(rig)).toBe(200);
  expect(bad.connections).toBe(3);
  expect(healthy(rig)).toEqual([false, true]);
  const out = (forMs: number) => [
    'an exit is out',
    { exit: 'bad', reason: 'the upstream answered 407', forMs },
  ];
  const back = ['an exit is back', { exit: 'bad' }];
  expect(news()).toEqual([out(5_000)]);
  for (let round = 0; round < 5; round += 1) expect(await ask(rig)).toBe(200);
  expect(bad.connections).toBe(3);

  const outFor = [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000];
  for (const [index, forMs] of outFor.slice(0, -1).entries()) {
    await timers.advance(forMs - 1);
    expect(healthy(rig)).toEqual([false, true]);
    await timers.advance(1);
    // It can be connected to: that is all this check can see.
    await eventually(() => expect(healthy(rig)).toEqual([true, true]));
    expect(await ask(rig)).toBe(200);
    expect(healthy(rig)).toEqual([false, true]);
    expect(news().slice(-2)).toEqual([back, out(outFor[index + 1]!)]);
  }

  // Once it serves, all is forgotten.
  status = '200 OK';
  await timers.advance(300_000);
  await eventually(() => expect(healthy(rig)).toEqual([true, true]));
  expect(await ask(rig)).toBe(200);
  status = '407 No';
  for (let round = 0; round < 2; round += 1) await ask(rig);
  expect(healthy(rig)).toEqual([true, true]);
  await ask(rig);
  expect(news().at(-1)).toEqual(out(5_000));
});

test('one success in between, and the count begins anew', async () => {
  let round = 0;
  const flaky = await answering(() => (++round % 3 === 0 ? '200 OK' : '407 No'));
  const rig = await rigWith([upstreamExit('http', flaky.port), directExit()]);
  for (let asked = 0; asked < 9; asked += 1) await ask(rig);
  expect(rig.gateway.exitStats()).toMatchObject([{ healthy: true, failures: 6 }, { failures: 0 }]);
});

test('the last exit there is, is still tried, and is back with its first success', async () => {
  let status = '407 No';
  const only = await answering(() => status);
  const rig = await rigWith([upstreamExit('http', only.port)]);
  for (let round = 0; round < 6; round += 1) expect(await ask(rig)).toBe(502);
  expect(only.connections).toBe(6);
  expect(healthy(rig)).toEqual([false]);
  status = '200 OK';
  expect(await ask(rig)).toBe(200);
  expect(healthy(rig)).toEqual([true]);
  expect(news().map(([message]) => message)).toEqual(['an exit is out', 'an exit is back']);
});

test('settings that were changed are tried at once', async () => {
  const bad = await answering((head) => (head.includes('Basic') ? '200 OK' : '407 No'));
  const exit = upstreamExit('http', bad.port);
  const rig = await rigWith([exit, directExit()]);
  for (let round = 0; round < 3; round += 1) await ask(rig);
  expect(healthy(rig)).toEqual([false, true]);
  rig.link.setExits([{ ...exit, username: 'acme', password: 'pw' }]);
  await eventually(() => expect(healthy(rig)).toEqual([true]));
  expect(await ask(rig)).toBe(200);
});

describe('active checks', () => {
  test('an upstream that cannot be connected to is out before anybody needs it, and back when it is there', async () => {
    const gone = await startHttpUpstream();
    const { port } = gone;
    await gone.close();
    const rig = await rigWith([upstreamExit('http', port), directExit()]);
    for (const failures of [1, 2, 3]) {
      await timers.advance(15_000);
      await eventually(() => expect(rig.gateway.exitStats()[0]).toMatchObject({ failures }));
    }
    expect(healthy(rig)).toEqual([false, true]);
    await timers.advance(5_000);
    await eventually(() => expect(rig.gateway.exitStats()[0]).toMatchObject({ failures: 4, healthy: false }));
    const again = closing(await startHttpUpstream({ port }));
    await timers.advance(9_999);
    expect(healthy(rig)).toEqual([false, true]);
    await timers.advance(1);
    await eventually(() => expect(healthy(rig)).toEqual([true, true]));
    await ask(rig);
    expect(again.asked).toHaveLength(1);
    expect(echo.connections).toBe(1);
  });

  test.each(['http', 'socks5'] as const)(
    'through a %s upstream to its check target, with its login',
    async (kind) => {
      let isWelcome = true;
      const options = { isWelcome: () => isWelcome };
      const upstream = closing(
        await (kind === 'http' ? startHttpUpstream(options) : startSocks5Upstream(options)),
      );
      const rig = await rigWith([
        upstreamExit(kind, upstream.port, {
          username: 'acme',
          password: 'pw',
          usernameTemplate: '{username}-session-{session}',
          checkTarget: echo.authority,
        }),
      ]);
      await timers.advance(15_000);
      await eventually(() =>
        expect(upstream.asked).toEqual([
          { username: 'acme', password: 'pw', host: '127.0.0.1', port: echo.port },
        ]),
      );
      await eventually(() => expect(echo.sockets.size).toBe(0));
      expect(rig.gateway.exitStats()).toMatchObject([{ failures: 0, tunnels: 0 }]);
      isWelcome = false;
      for (const failures of [1, 2, 3]) {
        await timers.advance(15_000);
        await eventually(() => expect(rig.gateway.exitStats()[0]).toMatchObject({ failures }));
      }
      expect(healthy(rig)).toEqual([false]);
      isWelcome = true;
      await timers.advance(5_000);
      await eventually(() => expect(healthy(rig)).toEqual([true]));
    },
  );

  test('a direct exit to its check target, from each source address by itself', async () => {
    const mirror = closing(await startMirror());
    const dead = new Set<string | undefined>();
    const transport = await chooseTransport(RELAY, silentLog);
    const rig = await rigWith(
      [directExit({ sourceAddresses: ['127.0.0.2', '::1', '127.0.0.3'], checkTarget: echo.authority })],
      {
        ...transport,
        // Nobody has that one.
        connect: (address, port, connected, source) =>
          transport.connect(dead.has(source) ? '240.0.0.1' : address, port, connected, source),
      },
    );
    const sourceOf = async (session: number) =>
      (await (await rig.tunnel(mirror.authority, `alice-session-${session}`)).readAll()).toString();
    const sources = () => Promise.all(Array.from({ length: 12 }, (_, index) => sourceOf(10_000_000 + index)));
    const told = () =>
      logged.filter(([message]) => message.startsWith('a source')).map(([message]) => message);
    const untilTold = (message: string, times = 1) =>
      expect
        .poll(async () => {
          await timers.advance(15_000);
          return told().filter((one) => one === message).length;
        })
        .toBe(times);
    const before = await sources();
    expect(new Set(before)).toEqual(new Set(['127.0.0.2', '127.0.0.3']));
    dead.add('127.0.0.3');
    await untilTold('a source address is out');
    expect(new Set(await sources())).toEqual(new Set(['127.0.0.2']));
    expect(healthy(rig)).toEqual([true]);
    dead.clear();
    await untilTold('a source address is back');
    expect(await sources()).toEqual(before);
    dead.add('127.0.0.2').add('127.0.0.3');
    await untilTold('a source address is out', 3);
    await eventually(() => expect(healthy(rig)).toEqual([false]));
    dead.clear();
    // Out or not: there is no other.
    expect(await sources()).toEqual(before);
  });

  test('its check target comes to an upstream as an address, where it is given addresses only', async () => {
    const upstream = closing(await startSocks5Upstream());
    const checkTarget = `localhost:${echo.port}`;
    const rig = await rigWith([
      upstreamExit('socks5', upstream.port, { host: 'localhost', resolve: 'address', checkTarget }),
    ]);
    await timers.advance(15_000);
    await eventually(() => expect(upstream.asked).toMatchObject([{ host: '127.0.0.1', port: echo.port }]));
    expect(healthy(rig)).toEqual([true]);
  });

  test('disabled exits, and a gateway that has stopped, check nothing', async () => {
    const upstream = closing(await startHttpUpstream());
    const exit = upstreamExit('http', upstream.port, { checkTarget: echo.authority });
    const rig = await rigWith([exit]);
    rig.link.setExits([{ ...exit, enabled: false }]);
    await eventually(() => expect(rig.gateway.exitStats()).toMatchObject([{ enabled: false }]));
    await timers.advance(60_000);
    rig.link.setExits([exit]);
    await eventually(() => expect(rig.gateway.exitStats()).toMatchObject([{ enabled: true }]));
    await rig.gateway.stop();
    const { pending } = timers;
    await timers.advance(60_000);
    expect(timers.pending).toBeLessThanOrEqual(pending);
    expect(upstream.asked).toEqual([]);
  });
});

describe('when nobody says whose fault it is', () => {
  test('one dead destination, however often it is asked for, ejects nobody; five do', async () => {
    const dead = await answering((head) => (head.startsWith('CONNECT 127.0.0.1') ? '200 OK' : '503 Dead'));
    const rig = await rigWith([upstreamExit('http', dead.port)]);
    for (let round = 0; round < 12; round += 1) expect(await ask(rig, '127.0.0.9:7')).toBe(502);
    expect(healthy(rig)).toEqual([true]);
    for (let host = 20; host < 23; host += 1) await ask(rig, `127.0.0.${host}:7`);
    expect(healthy(rig)).toEqual([true]);
    // A success in between clears the exit.
    expect(await ask(rig, `127.0.0.1:${echo.port}`)).toBe(200);
    for (let host = 31; host < 35; host += 1) await ask(rig, `127.0.0.${host}:7`);
    expect(healthy(rig)).toEqual([true]);
    await ask(rig, '127.0.0.40:7');
    expect(healthy(rig)).toEqual([false]);
  });

  test('with a check target, the check says', async () => {
    let isBroken = false;
    const upstream = await answering((head) => {
      const isCheck = head.startsWith('CONNECT check.example:443 ');
      return isCheck && !isBroken ? '200 OK' : '503 Dead';
    });
    const rig = await rigWith([upstreamExit('http', upstream.port, { checkTarget: 'check.example:443' })]);
    for (let host = 31; host < 45; host += 1) await ask(rig, `127.0.0.${host}:7`);
    await timers.advance(0);
    // Fourteen connections for clients, and one for the check that they asked for.
    await eventually(() => expect(upstream.connections).toBe(15));
    expect(healthy(rig)).toEqual([true]);
    isBroken = true;
    for (let round = 1; round <= 3; round += 1) {
      await timers.advance(1_000);
      await ask(rig, `127.0.0.${round + 100}:7`);
      await timers.advance(0);
      await eventually(() => expect(upstream.connections).toBe(15 + 2 * round));
    }
    await eventually(() => expect(healthy(rig)).toEqual([false]));
  });
});

test('sessions of an ejected exit move to the next choice, the same on every gateway, and come back', async () => {
  const mirror = closing(await startMirror());
  let isDown = false;
  // Through the upstream, the target sees this machine's own address.
  const upstream = closing(await startHttpUpstream({ isWelcome: () => !isDown }));
  const exits = () => [
    upstreamExit('http', upstream.port, { id: 'up' }),
    directExit({ id: 'two', sourceAddresses: ['127.0.0.2'] }),
    directExit({ id: 'three', sourceAddresses: ['127.0.0.3'] }),
  ];
  const rigs = [await rigWith(exits()), await rigWith(exits())];
  const seenBy = async (rig: Rig, session: string) => {
    const client = await rig.tunnel(mirror.authority, `alice-session-${session}`);
    const address = (await client.readAll()).toString();
    client.destroy();
    return address;
  };
  const everywhere = async (session: string) => {
    const [first, second] = [await seenBy(rigs[0]!, session), await seenBy(rigs[1]!, session)];
    expect(second).toBe(first);
    return first;
  };
  const sessions = Array.from({ length: 12 }, (_, index) => `MOVING${10 + index}`);
  const before = new Map<string, string>();
  for (const session of sessions) before.set(session, await everywhere(session));
  const movers = sessions.filter((session) => before.get(session) === '127.0.0.1');
  expect(movers.length).toBeGreaterThan(0);
  expect(movers.length).toBeLessThan(sessions.length);

  isDown = true;
  const moved = new Map<string, string>();
  for (let round = 0; round < 4; round += 1) {
    for (const session of sessions) {
      const address = await everywhere(session);
      if (before.get(session) !== '127.0.0.1') expect(address).toBe(before.get(session));
      else expect(address).toBe(moved.get(session) ?? address);
      moved.set(session, address);
    }
  }
  for (const rig of rigs) expect(healthy(rig)).toEqual([false, true, true]);
  expect([...moved.values()]).not.toContain('127.0.0.1');

  isDown = false;
  await timers.advance(5_000);
  for (const rig of rigs) await eventually(() => expect(healthy(rig)).toEqual([true, true, true]));
  for (const session of sessions) expect(await everywhere(session)).toBe(before.get(session));
});
