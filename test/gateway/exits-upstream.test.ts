/** Exits that are other proxies: what they are told, what is counted, what happens when they fail, where they are not asked. */
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SessionSeed } from '../../src/gateway/exits/rank.ts';
import type { ExitSettings } from '../../src/gateway/ports.ts';
import { RESOLVE_MODES, type ResolveMode } from '../../src/shared/exits.ts';
import { FakeLink } from '../support/gateway/fake-link.ts';
import { basic, connectHead, eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { ManualTimers } from '../support/gateway/manual-timers.ts';
import { type Origin, startEcho, startHeadOrigin } from '../support/gateway/origins.ts';
import {
  type Asked,
  directExit,
  startBadUpstream,
  startHttpUpstream,
  startMirror,
  startSocks5Upstream,
  type Upstream,
  upstreamExit,
} from '../support/gateway/upstreams.ts';

const KINDS = ['http', 'socks5'] as const;

let echo: Origin;
const cleanups: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  echo = await startEcho();
});
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
  await echo.close();
});

function closing<Closing extends { close(): Promise<void> }>(opened: Closing): Closing {
  cleanups.push(() => opened.close());
  return opened;
}

async function rigWith(exits: ExitSettings[], options: Parameters<typeof startRig>[0] = {}): Promise<Rig> {
  const link = options.link ?? new FakeLink();
  link.addUser('alice', 10_000_000);
  link.exitSettings = exits;
  const rig = await startRig({ random: inOrder(), ...options, link });
  cleanups.push(() => rig.dispose());
  return rig;
}

/** Chances that fall from exit to exit: of two, the first is chosen. */
function inOrder(): () => number {
  let calls = 0;
  return () => 0.5 * (calls++ % 2);
}

async function upstreamOf(
  kind: (typeof KINDS)[number],
  options: { isWelcome?: (asked: Asked) => boolean; reply?: number } = {},
): Promise<Upstream> {
  return closing(await (kind === 'http' ? startHttpUpstream(options) : startSocks5Upstream(options)));
}

async function answer(rig: Rig, authority: string, username = 'alice') {
  const client = await rig.connect();
  client.send(connectHead(authority, username));
  const { status, head } = await client.readResponse();
  return { status, details: /details="([^"]*)"/.exec(head)?.[1] };
}

describe.each(KINDS)('through a %s upstream', (kind) => {
  test('bytes pass whole both ways, and what is counted is the payload alone', async () => {
    const upstream = await upstreamOf(kind, { isWelcome: () => true });
    const rig = await rigWith([upstreamExit(kind, upstream.port, { username: 'acme', password: 'pw' })]);
    const alice = {
      kind: 'subuser',
      subuserId: 'id-alice',
      account: 'account:1',
      username: 'alice',
      product: 'residential',
    } as const;
    const client = await rig.tunnel(echo.authority);
    const sent = Buffer.alloc(300_000, 'payload ');
    client.send(sent);
    expect((await client.readBytes(sent.length)).equals(sent)).toBe(true);
    client.finish();
    expect(await client.readAll()).toHaveLength(0);
    await rig.settled();
    expect(rig.link.used(alice)).toEqual({ up: sent.length, down: sent.length, total: 2 * sent.length });
    expect(upstream.asked).toEqual([
      { username: 'acme', password: 'pw', host: '127.0.0.1', port: echo.port },
    ]);
  });

  test('plain requests go through a tunnel, too: their heads are not the upstream’s to read', async () => {
    const upstream = await upstreamOf(kind);
    const origin = closing(await startHeadOrigin(() => 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    const rig = await rigWith([upstreamExit(kind, upstream.port)]);
    const client = await rig.connect();
    for (let round = 0; round < 2; round += 1) {
      client.send(`GET http://${origin.authority}/x HTTP/1.1\r\nHost: x\r\n${basic('alice')}\r\n`);
      expect(await client.readResponse()).toMatchObject({ status: 200, body: 'ok' });
    }
    expect(origin.heads[0]).toMatch(/^GET \/x HTTP\/1.1\r\n/);
    // The second one came on the kept connection.
    expect(upstream.asked).toMatchObject([{ host: '127.0.0.1', port: origin.port }]);
  });

  test('parameters are spelled as its templates say; a session is known to it by another name', async () => {
    const upstream = await upstreamOf(kind, { isWelcome: () => true });
    const rig = await rigWith([
      upstreamExit(kind, upstream.port, {
        username: 'acme',
        password: 'pw',
        usernameTemplate:
          '{username}-country-{country:upper}-city-{city}-session-{session}[-sessTime-{lifetime}]',
        passwordTemplate: '{password}_pool-{product}',
      }),
    ]);
    const session = new SessionSeed('subuser id-alice', 'AB12CD34').label;
    for (const username of [
      'alice',
      'alice-country-us',
      'alice-city-new_york-session-AB12CD34-country-us-lifetime-30',
    ]) {
      (await rig.tunnel(echo.authority, username)).destroy();
    }
    expect(upstream.asked.map(({ username, password }) => [username, password])).toEqual([
      ['acme', 'pw_pool-residential'],
      ['acme-country-US', 'pw_pool-residential'],
      [`acme-country-US-city-newyork-session-${session}-sessTime-30`, 'pw_pool-residential'],
    ]);
    expect(await answer(rig, echo.authority, 'alice-isp-as1')).toEqual({
      status: 502,
      details: 'no exit in isp as1',
    });
  });

  test('an exit’s own place stands in its template where the client asks for none', async () => {
    const upstream = await upstreamOf(kind, { isWelcome: () => true });
    const usernameTemplate = '{username}-cc-{country}';
    const rig = await rigWith([
      upstreamExit(kind, upstream.port, { country: 'de', username: 'acme', usernameTemplate }),
    ]);
    (await rig.tunnel(echo.authority)).destroy();
    expect(upstream.asked).toMatchObject([{ username: 'acme-cc-de', password: '' }]);
    expect((await answer(rig, echo.authority, 'alice-country-us')).status).toBe(502);
  });

  test('a wrong password there: the next exit serves; with none left, 502', async () => {
    const upstream = await upstreamOf(kind, { isWelcome: ({ password }) => password === 'right' });
    const mirror = closing(await startMirror());
    const bad = upstreamExit(kind, upstream.port, { name: 'bad', username: 'acme', password: 'wrong' });
    const rig = await rigWith([bad, directExit({ sourceAddresses: ['127.0.0.2'] })]);
    expect((await (await rig.tunnel(mirror.authority)).readAll()).toString()).toBe('127.0.0.2');
    expect(rig.gateway.exitStats()).toMatchObject([
      { name: 'bad', failures: 1, tunnels: 0 },
      { failures: 0 },
    ]);
    rig.link.setExits([bad]);
    await eventually(() => expect(rig.gateway.exitStats()).toHaveLength(1));
    expect(await answer(rig, echo.authority)).toEqual({ status: 502, details: 'the exit failed' });
    expect(echo.connections).toBe(0);
    rig.link.setExits([{ ...bad, password: 'right' }]);
    await eventually(() => expect(rig.link.exitsAsked).toBe(3));
    (await rig.tunnel(echo.authority)).destroy();
  });

  test('the upstream is away: the next exit serves', async () => {
    const gone = await upstreamOf(kind);
    await gone.close();
    const rig = await rigWith([upstreamExit(kind, gone.port), directExit()]);
    (await rig.tunnel(echo.authority)).destroy();
    expect(rig.gateway.exitStats()).toMatchObject([{ failures: 1 }, { failures: 0 }]);
  });

  test.each([
    ['at once', ''],
    ['in the middle of its answer', kind === 'http' ? 'HTTP/1.1 200 Conn' : '\x05\x00\x05\x00'],
  ])('it dies %s: the next exit serves', async (_when, last) => {
    const dying = closing(
      await startBadUpstream((socket) => {
        if (last === '') socket.resetAndDestroy();
        else socket.end(Buffer.from(last, 'latin1'));
      }),
    );
    const rig = await rigWith([upstreamExit(kind, dying.port), directExit()]);
    (await rig.tunnel(echo.authority)).destroy();
    expect(dying.connections).toBe(1);
    expect(rig.gateway.exitStats()).toMatchObject([{ failures: 1, tunnels: 0 }, { failures: 0 }]);
  });

  test('it speaks something else: the next exit serves', async () => {
    const other = closing(await startBadUpstream((socket) => socket.write('220 mail.example ESMTP\r\n\r\n')));
    const rig = await rigWith([upstreamExit(kind, other.port), directExit()]);
    (await rig.tunnel(echo.authority)).destroy();
    expect(rig.gateway.exitStats()).toMatchObject([{ failures: 1 }, { failures: 0 }]);
  });

  test('it is slow: after its time, the next exit serves', async () => {
    const timers = new ManualTimers();
    const silent = closing(await startBadUpstream(() => {}));
    const rig = await rigWith([upstreamExit(kind, silent.port), directExit()], { timers });
    const client = await rig.connect();
    client.send(connectHead(echo.authority));
    await eventually(() => expect(silent.receivedBytes).toBeGreaterThan(0));
    await timers.advance(14_999);
    expect(echo.connections).toBe(0);
    await timers.advance(1);
    expect(await client.readHead()).toContain('200');
    expect(rig.gateway.exitStats()).toMatchObject([{ failures: 1, tunnels: 0 }, { tunnels: 1 }]);
  });

  test('the client leaves while the upstream is slow: given up, and nobody is blamed', async () => {
    const silent = closing(await startBadUpstream(() => {}));
    const rig = await rigWith([upstreamExit(kind, silent.port), directExit()]);
    const client = await rig.connect();
    client.send(connectHead(echo.authority));
    await eventually(() => expect(silent.receivedBytes).toBeGreaterThan(0));
    client.reset();
    await eventually(() => expect(silent.sockets.size).toBe(0));
    await eventually(() =>
      expect(rig.gateway.exitStats()).toMatchObject([{ failures: 0, tunnels: 0 }, { tunnels: 0 }]),
    );
    expect(echo.connections).toBe(0);
  });

  test('after the tunnel stands there is no second exit: it ends', async () => {
    const established =
      kind === 'http' ? 'HTTP/1.1 200 OK\r\n\r\n' : Buffer.from([5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    const dying = closing(
      await startBadUpstream((socket) => {
        socket.write(established);
        socket.on('data', (bytes: Buffer) => {
          if (bytes.includes('payload')) socket.resetAndDestroy();
        });
      }),
    );
    const rig = await rigWith([upstreamExit(kind, dying.port), directExit()]);
    const client = await rig.tunnel(echo.authority);
    client.send('payload');
    await client.closed();
    expect(echo.connections).toBe(0);
    expect(rig.gateway.exitStats()).toMatchObject([{ failures: 0, tunnels: 0 }, { tunnels: 0 }]);
  });

  test('bytes of the target that come with the answer reach the client', async () => {
    const early =
      kind === 'http'
        ? Buffer.from('HTTP/1.1 200 OK\r\nX: y\r\n\r\nhello')
        : Buffer.from([5, 0, 5, 0, 0, 3, 2, 0x61, 0x62, 0, 0, ...Buffer.from('hello')]);
    const upstream = closing(await startBadUpstream((socket) => socket.end(early)));
    const rig = await rigWith([upstreamExit(kind, upstream.port)]);
    const client = await rig.tunnel(echo.authority);
    expect((await client.readAll()).toString()).toBe('hello');
    client.finish();
  });

  test('an IPv6 destination is spelled as the protocol has it', async () => {
    const upstream = await upstreamOf(kind);
    const rig = await rigWith([upstreamExit(kind, upstream.port)], { allow: ['::/0'] });
    await answer(rig, '[2001:db8::7]:9');
    expect(upstream.asked).toHaveLength(1);
    expect(upstream.asked[0]!.host.replace(/[[\]]/g, '')).toBe('2001:db8::7');
  });
});

describe('what the upstream says of the target', () => {
  const saying = (line: string) =>
    startBadUpstream((socket) => socket.end(`HTTP/1.1 ${line}\r\nContent-Length: 2\r\n\r\nno`));

  test.each([
    ['403 Forbidden', 403, 'the exit does not serve this destination'],
    ['502 Bad Gateway', 502, 'the connection to the destination failed'],
    ['504 Gateway Timeout', 504, 'the destination did not answer in time'],
  ])('HTTP %s is the target’s own fault: no other exit is asked', async (line, status, details) => {
    const upstream = closing(await saying(line));
    const rig = await rigWith([upstreamExit('http', upstream.port), directExit()]);
    expect(await answer(rig, echo.authority)).toEqual({ status, details });
    expect(rig.gateway.exitStats()).toMatchObject([{ failures: 0, healthy: true }, { failures: 0 }]);
    expect(echo.connections).toBe(0);
  });

  test.each(['401 X', '402 X', '407 X', '429 X', '400 X', '404 X', '500 X', '503 X', '594 X'])(
    'HTTP %s: another exit is asked',
    async (line) => {
      const upstream = closing(await saying(line));
      const rig = await rigWith([upstreamExit('http', upstream.port), directExit()]);
      (await rig.tunnel(echo.authority)).destroy();
      expect(rig.gateway.exitStats()).toMatchObject([{ failures: 1 }, { failures: 0 }]);
    },
  );

  test.each([
    [2, 403, 'the exit does not serve this destination'],
    [3, 502, 'there is no route to the destination'],
    [4, 502, 'the connection to the destination failed'],
    [5, 502, 'the destination refused the connection'],
    [6, 504, 'the destination did not answer in time'],
  ])('SOCKS5 %i is the target’s own fault', async (reply, status, details) => {
    const upstream = closing(await startSocks5Upstream({ reply }));
    const rig = await rigWith([upstreamExit('socks5', upstream.port), directExit()]);
    expect(await answer(rig, echo.authority)).toEqual({ status, details });
    expect(rig.gateway.exitStats()).toMatchObject([{ failures: 0 }, { failures: 0 }]);
  });

  test.each([1, 7, 8, 99])('SOCKS5 %i: another exit is asked', async (reply) => {
    const upstream = closing(await startSocks5Upstream({ reply }));
    const rig = await rigWith([upstreamExit('socks5', upstream.port), directExit()]);
    (await rig.tunnel(echo.authority)).destroy();
  });

  test('at most three exits are asked for one connection', async () => {
    const upstreams = await Promise.all([1, 2, 3, 4].map(() => saying('407 X').then(closing)));
    const rig = await rigWith(upstreams.map(({ port }) => upstreamExit('http', port)));
    expect(await answer(rig, echo.authority)).toEqual({ status: 502, details: 'the exit failed' });
    expect(upstreams.reduce((sum, upstream) => sum + upstream.connections, 0)).toBe(3);
  });
});

describe('where an upstream is not asked', () => {
  const NAMES: Record<string, string[]> = {
    'public.test': ['93.184.216.34'],
    'private.test': ['10.1.2.3'],
    'mixed.test': ['93.184.216.34', '192.168.0.1'],
    'metadata.test': ['169.254.169.254'],
    'both.test': ['2606:4700::1111', '93.184.216.34'],
    'ipv6.test': ['2606:4700::1111'],
  };
  const resolver = async (name: string) => {
    const found = NAMES[name];
    if (found === undefined) throw new Error('ENOTFOUND');
    return found;
  };
  /** The upstream’s own address is private, and nothing private is allowed to clients. */
  const strictRig = async (resolve: ResolveMode) => {
    const upstream = await upstreamOf('socks5');
    const exit = upstreamExit('socks5', upstream.port, { resolve });
    return { upstream, rig: await rigWith([exit], { allow: [], resolver }) };
  };

  test.each(RESOLVE_MODES)('private destinations, in every form (%s)', async (resolve) => {
    const { upstream, rig } = await strictRig(resolve);
    const hosts = ['10.0.0.1', '127.0.0.1', '[::1]', '[::ffff:10.0.0.1]', '0x7f000001', '2130706433'];
    for (const host of [...hosts, 'private.test', 'mixed.test', 'metadata.test']) {
      expect(await answer(rig, `${host}:443`), host).toEqual({
        status: 403,
        details: 'this destination is not served',
      });
    }
    expect((await answer(rig, 'public.test:25')).status).toBe(403);
    expect(upstream.asked).toEqual([]);
  });

  test('a public name is passed on as a name', async () => {
    const { upstream, rig } = await strictRig('local');
    (await rig.tunnel(`public.test:${echo.port}`)).destroy();
    expect(upstream.asked).toMatchObject([{ host: 'public.test', port: echo.port }]);
  });

  test('where it is given addresses only, it cannot find another one', async () => {
    const upstream = await upstreamOf('socks5', { reply: 5 });
    const exit = upstreamExit('socks5', upstream.port, { resolve: 'address' });
    const rig = await rigWith([exit], { allow: [], resolver });
    for (const host of ['public.test', 'both.test', 'ipv6.test', '93.184.216.34', 'nowhere.test'])
      expect((await answer(rig, `${host}:443`)).status).toBe(502);
    const hosts = ['93.184.216.34', '93.184.216.34', '2606:4700::1111', '93.184.216.34'];
    expect(upstream.asked.map((asked) => asked.host)).toEqual(hosts);
  });

  test('a name that has no address here: refused, or the upstream’s to look up', async () => {
    const { upstream, rig } = await strictRig('local');
    expect((await answer(rig, `nowhere.test:${echo.port}`)).status).toBe(502);
    expect(upstream.asked).toEqual([]);
    const remote = await strictRig('remote');
    (await remote.rig.tunnel(`nowhere.test:${echo.port}`)).destroy();
    expect(remote.upstream.asked).toMatchObject([{ host: 'nowhere.test' }]);
  });
});

describe('limits of a client’s destinations', () => {
  const resolver = async (name: string) => (name === 'two.test' ? ['127.0.0.1', '127.0.0.9'] : ['127.0.0.1']);
  const limitsOf = (deny: string[]) => ({ rules: [{ allow: [], deny }] });

  test.each(['direct', 'http', 'socks5'] as const)(
    'hold through a %s exit, also for what runs',
    async (kind) => {
      const exit = kind === 'direct' ? directExit() : upstreamExit(kind, (await upstreamOf(kind)).port);
      const rig = await rigWith([exit], { resolver });
      const kept = await rig.tunnel(`kept.test:${echo.port}`);
      const cut = await rig.tunnel(`two.test:${echo.port}`);
      rig.link.setLimits('alice', limitsOf(['127.0.0.9']));
      // Another client would be sent to the address that is allowed; an upstream might choose the other one.
      if (kind === 'direct') (await rig.tunnel(`two.test:${echo.port}`)).destroy();
      else expect((await answer(rig, `two.test:${echo.port}`)).status).toBe(403);
      await cut.closed();
      kept.send('kept');
      expect((await kept.readBytes(4)).toString()).toBe('kept');
      rig.link.setLimits('alice', limitsOf(['kept.test']));
      await kept.closed();
    },
  );
});

describe('source addresses', () => {
  test('every one of them is used; those that are not this machine’s are passed over', async () => {
    const mirror = closing(await startMirror());
    const elsewhere = Array.from({ length: 20 }, (_, index) => `240.0.0.${index + 1}`);
    const sourceAddresses = ['127.0.0.2', ...elsewhere, '127.0.0.3'];
    const rig = await rigWith([directExit({ sourceAddresses })], { random: Math.random });
    const seen = new Set<string>();
    while (seen.size < 2) seen.add((await (await rig.tunnel(mirror.authority)).readAll()).toString());
    expect([...seen].sort()).toEqual(['127.0.0.2', '127.0.0.3']);
    expect(rig.gateway.exitStats()).toMatchObject([{ failures: 0 }]);
    rig.link.setExits([directExit({ sourceAddresses: ['240.0.0.77'] })]);
    await eventually(() => expect(rig.link.exitsAsked).toBe(2));
    expect(await answer(rig, mirror.authority)).toEqual({ status: 502, details: 'the exit failed' });
    expect(rig.gateway.exitStats()).toMatchObject([{ failures: 1 }]);
  });

  test('of both families: each target sees one of its own', async () => {
    const mirror = closing(await startMirror());
    const server = net.createServer((socket) => socket.end(socket.remoteAddress!));
    await new Promise<void>((resolve) => server.listen(0, '::1', resolve));
    cleanups.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as net.AddressInfo;
    const rig = await rigWith([directExit({ sourceAddresses: ['127.0.0.2', '::1', '127.0.0.3'] })]);
    for (let round = 0; round < 5; round += 1) {
      expect((await (await rig.tunnel(`[::1]:${port}`)).readAll()).toString()).toBe('::1');
      expect((await (await rig.tunnel(mirror.authority)).readAll()).toString()).toMatch(/^127\.0\.0\.[23]$/);
    }
  });

  test('of the target’s family: with none, another exit serves, and nobody is blamed', async () => {
    const mirror = closing(await startMirror());
    const rig = await rigWith([
      directExit({ sourceAddresses: ['::1'] }),
      directExit({ sourceAddresses: ['::1', '127.0.0.2'] }),
    ]);
    expect((await (await rig.tunnel(mirror.authority)).readAll()).toString()).toBe('127.0.0.2');
    expect(rig.gateway.exitStats()).toMatchObject([{ failures: 0 }, { failures: 0 }]);
  });

  test('a target that refuses is not the exit’s fault', async () => {
    const gone = await startEcho();
    await gone.close();
    const rig = await rigWith([directExit(), directExit()]);
    for (let round = 0; round < 5; round += 1) {
      expect((await answer(rig, gone.authority)).details).toBe('the destination refused the connection');
    }
    expect(rig.gateway.exitStats()).toMatchObject([
      { failures: 0, healthy: true },
      { failures: 0, healthy: true },
    ]);
  });
});
