/** Which exit a connection takes: by product, place, weight and session. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Exit } from '../../src/gateway/exits/exit.ts';
import { ItemSeed, ranked, SessionSeed } from '../../src/gateway/exits/rank.ts';
import { DEFAULT_LIMITS } from '../../src/gateway/limits.ts';
import type { ExitSettings } from '../../src/gateway/ports.ts';
import { parseTemplate, renderTemplate } from '../../src/shared/exit-template.ts';
import { FakeLink } from '../support/gateway/fake-link.ts';
import {
  ALLOW_LOOPBACK,
  basic,
  connectHead,
  eventually,
  type Rig,
  startRig,
} from '../support/gateway/harness.ts';
import { type Origin, startEcho, startHeadOrigin } from '../support/gateway/origins.ts';
import { NO_LOGIN, socks5Login, socks5Request, WITH_LOGIN } from '../support/gateway/socks.ts';
import { directExit, startMirror, upstreamExit } from '../support/gateway/upstreams.ts';

const ADDRESSES = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];

let mirror: Origin;
const rigs: Rig[] = [];

beforeEach(async () => {
  mirror = await startMirror();
});
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.dispose();
  await mirror.close();
});

/** A gateway with these exits. `seed` makes its random choices the same each time. */
async function rigWith(
  exitSettings: ExitSettings[],
  options: Parameters<typeof startRig>[0] = {},
): Promise<Rig> {
  const link = options.link ?? new FakeLink();
  link.addUser('alice', 1_000_000);
  link.addUser('bob', 1_000_000);
  link.exitSettings = exitSettings;
  const rig = await startRig({ ...options, link });
  rigs.push(rig);
  return rig;
}

/** Mulberry32: small, and the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The address that the target sees. */
async function seenFrom(rig: Rig, username = 'alice'): Promise<string> {
  const client = await rig.tunnel(mirror.authority, username);
  const address = (await client.readAll()).toString();
  client.finish();
  return address;
}

async function refused(
  rig: Rig,
  username = 'alice',
  authority = mirror.authority,
): Promise<[number, string]> {
  const client = await rig.connect();
  client.send(connectHead(authority, username));
  const { status, head } = await client.readResponse();
  return [status, /details="([^"]*)"/.exec(head)![1]!];
}

describe('which one', () => {
  test('without any, targets are connected to as they are', async () => {
    const rig = await rigWith([]);
    expect(await seenFrom(rig)).toBe('127.0.0.1');
    expect(await seenFrom(rig, 'alice-session-AB12CD34-lifetime-30')).toBe('127.0.0.1');
    expect(await refused(rig, 'alice-country-us')).toEqual([502, 'no exit in country us']);
    expect(rig.gateway.exitStats()).toEqual([]);
  });

  test('as often as its weight says', async () => {
    const rig = await rigWith(
      ADDRESSES.map((address, index) =>
        directExit({ weight: [1, 2, 5][index]!, sourceAddresses: [address] }),
      ),
      { random: seeded(7) },
    );
    const seen = new Map<string, number>();
    for (let round = 0; round < 400; round += 1) {
      const address = await seenFrom(rig);
      seen.set(address, (seen.get(address) ?? 0) + 1);
    }
    // 50, 100 and 250 expected; the bounds are more than five standard deviations wide.
    expect(seen.get('127.0.0.2')).toBeGreaterThan(15);
    expect(seen.get('127.0.0.2')).toBeLessThan(85);
    expect(seen.get('127.0.0.3')).toBeGreaterThan(55);
    expect(seen.get('127.0.0.3')).toBeLessThan(145);
    expect(seen.get('127.0.0.4')).toBeGreaterThan(200);
  });

  test('one that serves the product; a disabled one serves none', async () => {
    const rig = await rigWith([
      directExit({ products: ['residential'], sourceAddresses: ['127.0.0.2'] }),
      directExit({ products: ['mobile'], sourceAddresses: ['127.0.0.3'] }),
      directExit({ products: ['residential', 'mobile'], enabled: false, sourceAddresses: ['127.0.0.4'] }),
    ]);
    const account = 'account:1';
    rig.link.add(
      { kind: 'subuser', subuserId: 'id-alice', account, username: 'alice', product: 'mobile' },
      100_000,
    );
    for (let round = 0; round < 10; round += 1) {
      expect(await seenFrom(rig)).toBe('127.0.0.2');
      expect(await seenFrom(rig, 'alice-product-mobile')).toBe('127.0.0.3');
    }
  });

  test('subscriptions leave through exits that serve them', async () => {
    const link = new FakeLink();
    link.subscriptions.add('sub-1', { connections: 10 });
    const rig = await rigWith([directExit({ sourceAddresses: ['127.0.0.2'] })], { link });
    const ask = async () => {
      const client = await rig.connect();
      client.send(`CONNECT ${mirror.authority} HTTP/1.1\r\nHost: ${mirror.authority}\r\n\r\n`);
      return client;
    };
    expect((await (await ask()).readResponse()).status).toBe(503);
    link.setExits([
      ...link.exitSettings,
      directExit({ products: ['subscription'], sourceAddresses: ['127.0.0.3'] }),
    ]);
    await eventually(() => expect(rig.gateway.exitStats()).toHaveLength(2));
    const client = await ask();
    await client.readHead();
    expect((await client.readAll()).toString()).toBe('127.0.0.3');
    client.finish();
  });

  test('none that is enabled, or that serves the product: refused, not sent from here', async () => {
    const rig = await rigWith([directExit({ enabled: false }), directExit({ products: ['mobile'] })]);
    expect(await refused(rig)).toEqual([503, 'no exit serves this product']);
    expect(await refused(rig, 'alice-session-AB12CD34')).toEqual([503, 'no exit serves this product']);
    expect(mirror.connections).toBe(0);
  });

  test('at most so many tunnels', async () => {
    const echo = await startEcho();
    const rig = await rigWith([directExit({ name: 'small', maxTunnels: 2 })]);
    rig.adopt(echo);
    const first = await rig.tunnel(echo.authority);
    const second = await rig.tunnel(echo.authority);
    expect(await refused(rig)).toEqual([503, 'every exit carries as many connections as it may']);
    expect(rig.gateway.exitStats()).toMatchObject([{ name: 'small', tunnels: 2, healthy: true }]);
    first.finish();
    await first.closed();
    await eventually(() => expect(rig.gateway.exitStats()).toMatchObject([{ tunnels: 1 }]));
    expect(await seenFrom(rig)).toBe('127.0.0.1');
    second.destroy();
    await eventually(() => expect(rig.gateway.exitStats()).toMatchObject([{ tunnels: 0 }]));
  });

  test('settings that change serve the next connection; a changed exit keeps its count', async () => {
    const echo = await startEcho();
    const exit = directExit({ sourceAddresses: ['127.0.0.2'], maxTunnels: 1 });
    const rig = await rigWith([exit]);
    rig.adopt(echo);
    const tunnel = await rig.tunnel(echo.authority);
    rig.link.setExits([{ ...exit, sourceAddresses: ['127.0.0.3'] }]);
    await eventually(() => expect(rig.link.exitsAsked).toBe(2));
    expect((await refused(rig))[0]).toBe(503);
    rig.link.setExits([{ ...exit, sourceAddresses: ['127.0.0.3'], maxTunnels: 2 }]);
    await eventually(() => expect(rig.link.exitsAsked).toBe(3));
    expect(await seenFrom(rig)).toBe('127.0.0.3');
    tunnel.send('still there');
    expect((await tunnel.readBytes(11)).toString()).toBe('still there');
    rig.link.setExits([]);
    await eventually(() => expect(rig.gateway.exitStats()).toEqual([]));
    expect(await seenFrom(rig)).toBe('127.0.0.1');
    tunnel.send('still there');
    expect((await tunnel.readBytes(11)).toString()).toBe('still there');
  });

  test('until the exits are known, nobody leaves; with the link away, the known ones serve', async () => {
    const link = new FakeLink();
    let isAway = true;
    const exits = link.exits.bind(link);
    link.exits = () => (isAway ? Promise.reject(new Error('away')) : exits());
    const rig = await rigWith([directExit({ sourceAddresses: ['127.0.0.2'] })], {
      link,
      limits: { exitReloadMs: 10 },
    });
    expect((await refused(rig))[0]).toBe(503);
    expect(mirror.connections).toBe(0);
    isAway = false;
    await eventually(() => expect(rig.gateway.exitStats()).toHaveLength(1));
    isAway = true;
    link.emit({ kind: 'exits-changed' });
    expect(await seenFrom(rig)).toBe('127.0.0.2');
  });
});

describe('where', () => {
  const exits = () => [
    directExit({ country: 'us', state: 'new york', city: 'new york', sourceAddresses: ['127.0.0.2'] }),
    directExit({ country: 'us', state: 'ohio', isp: 'as7922', sourceAddresses: ['127.0.0.3'] }),
    directExit({ country: 'de', city: 'berlin', sourceAddresses: ['127.0.0.4'], enabled: false }),
  ];

  test.each([
    ['-country-us-state-ohio', '127.0.0.3'],
    ['-city-new_york', '127.0.0.2'],
    ['-city-New York-country-US', '127.0.0.2'],
    ['-isp-AS7922', '127.0.0.3'],
  ])('alice%s', async (parameters, address) => {
    const rig = await rigWith(exits());
    expect(await seenFrom(rig, `alice${parameters}`)).toBe(address);
  });

  test('where there is none, it says so, in every protocol', async () => {
    const rig = await rigWith(exits());
    expect(await refused(rig, 'alice-country-us-city-berlin')).toEqual([
      502,
      'no exit in country us, city berlin',
    ]);
    expect(await refused(rig, 'alice-country-de')).toEqual([502, 'no exit in country de']);
    expect(await refused(rig, 'alice-country-us-product-mobile')).toEqual([502, 'no exit in country us']);
    const plain = await rig.connect();
    plain.send(`GET http://${mirror.authority}/ HTTP/1.1\r\nHost: x\r\n${basic('alice-country-fr')}\r\n`);
    expect(await plain.readResponse()).toMatchObject({
      status: 502,
      body: expect.stringContaining('country fr'),
    });
    const socks = await rig.connect();
    socks.send(Buffer.concat([WITH_LOGIN, socks5Login('alice-country-fr')]));
    expect((await socks.readBytes(4)).toString('hex')).toBe('05020100');
    socks.send(socks5Request('127.0.0.1', mirror.port));
    expect((await socks.readBytes(10))[1]).toBe(3);
    expect(mirror.connections).toBe(0);
  });

  test('an upstream with a template for a place can serve it, where it has none of its own', () => {
    const exit = (changes: object) => new Exit(upstreamExit('http', 1, changes), DEFAULT_LIMITS);
    const passing = exit({ country: 'us', usernameTemplate: '{username}-cc-{country}-city-{city}' });
    expect(passing.serves('residential', { country: 'us', city: 'miami' })).toBe(true);
    expect(passing.serves('residential', { country: 'de', city: 'miami' })).toBe(false);
    expect(passing.serves('residential', { state: 'ohio' })).toBe(false);
    const byPassword = exit({ passwordTemplate: '{password}_isp-{isp}' });
    expect(byPassword.serves('residential', { isp: 'as1' })).toBe(true);
    expect(byPassword.serves('mobile', {})).toBe(false);
  });
});

describe('sticky sessions', () => {
  const three = () =>
    ADDRESSES.map((address, index) => directExit({ id: `e${index}`, sourceAddresses: [address] }));
  const sessionNames = Array.from({ length: 12 }, (_, index) => `SESSION${String.fromCharCode(65 + index)}`);

  test('have one exit across reconnects, protocols and gateways, whatever the order of the settings', async () => {
    const first = await rigWith(three());
    const second = await rigWith(three().reverse());
    const chosen = new Set<string>();
    for (const session of sessionNames) {
      const address = await seenFrom(first, `alice-session-${session}`);
      chosen.add(address);
      for (const rig of [first, second, first]) {
        expect(await seenFrom(rig, `alice-session-${session}-lifetime-30`)).toBe(address);
      }
    }
    expect(chosen.size).toBe(3);
  });

  test('have one source address, too', async () => {
    const sourceAddresses = Array.from({ length: 40 }, (_, index) => `127.0.1.${index + 1}`);
    const first = await rigWith([directExit({ id: 'pool', sourceAddresses })]);
    const second = await rigWith([
      directExit({ id: 'pool', sourceAddresses: [...sourceAddresses].reverse() }),
    ]);
    const chosen = new Set<string>();
    for (const session of sessionNames) {
      const address = await seenFrom(first, `alice-session-${session}`);
      chosen.add(address);
      expect(await seenFrom(second, `alice-session-${session}`)).toBe(address);
      expect(await seenFrom(first, `alice-session-${session}`)).toBe(address);
    }
    expect(chosen.size).toBeGreaterThan(4);
  });

  test('of two subusers have nothing to do with each other', () => {
    const items = Array.from({ length: 100 }, (_, index) => ({ weight: 1, seed: new ItemSeed(`e${index}`) }));
    const bestOf = (owner: string) => ranked(items, new SessionSeed(owner, 'AB12CD34').chanceOf)[0];
    expect(bestOf('subuser 1')).not.toBe(bestOf('subuser 2'));
    expect(bestOf('subuser 1')).not.toBe(bestOf('subscription 1'));
    expect(bestOf('subuser 1')).toBe(bestOf('subuser 1'));
    expect(new SessionSeed('subuser 1', 'AB12CD34').label).toMatch(/^[A-Za-z0-9]{8}$/);
    expect(new SessionSeed('subuser 1', 'AB12CD34').label).not.toBe(
      new SessionSeed('subuser 2', 'AB12CD34').label,
    );
  });

  test('are spread by weight; one exit less moves only its own, and each to its next best', () => {
    const weights = [1, 2, 3, 10];
    const items = weights.map((weight, index) => ({ index, weight, seed: new ItemSeed(`exit_${index}`) }));
    const counts = weights.map(() => 0);
    const seconds = weights.map(() => 0);
    const rounds = 20_000;
    for (let round = 0; round < rounds; round += 1) {
      const { chanceOf } = new SessionSeed('subuser 7', `S${String(round).padStart(7, '0')}`);
      const order = ranked(items, chanceOf);
      counts[order[0]!.index]! += 1;
      if (order[0]!.index === 3) seconds[order[1]!.index]! += 1;
      const rest = ranked(
        items.filter((item) => item !== order[0]),
        chanceOf,
      );
      expect(rest).toEqual(order.slice(1));
    }
    // Within six standard deviations.
    for (const [index, weight] of weights.entries()) {
      const p = weight / 16;
      expect(Math.abs(counts[index]! - rounds * p)).toBeLessThan(6 * Math.sqrt(rounds * p * (1 - p)));
    }
    const moved = counts[3]!;
    for (const [index, weight] of [1, 2, 3].entries()) {
      const p = weight / 6;
      expect(Math.abs(seconds[index]! - moved * p)).toBeLessThan(6 * Math.sqrt(moved * p * (1 - p)));
    }
  });

  test('requests on one client connection leave by what each of them asks for', async () => {
    const origin = await startHeadOrigin(({ socket }) => {
      const body = socket.remoteAddress!;
      return `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    });
    const rig = await rigWith([
      directExit({ country: 'us', sourceAddresses: ['127.0.0.2'] }),
      directExit({ country: 'de', sourceAddresses: ['127.0.0.3'] }),
    ]);
    rig.adopt(origin);
    const client = await rig.connect();
    const get = async (username: string) => {
      client.send(`GET http://${origin.authority}/ HTTP/1.1\r\nHost: x\r\n${basic(username)}\r\n`);
      return (await client.readResponse()).body;
    };
    expect(await get('alice-country-us')).toBe('127.0.0.2');
    expect(await get('alice-country-us')).toBe('127.0.0.2');
    expect(origin.connections).toBe(1);
    expect(await get('alice-country-de')).toBe('127.0.0.3');
    expect(await get('alice-country-us')).toBe('127.0.0.2');
  });
});

describe('templates', () => {
  const render = (text: string, values: object) => {
    const parsed = parseTemplate(text, 'username');
    return parsed.kind === 'template' ? renderTemplate(parsed.template, values) : parsed;
  };
  const all = { username: 'acme', country: 'us', city: 'new york', session: 'AB12CD34', lifetime: '30' };

  test.each<[string, object, string]>([
    ['{username}', all, 'acme'],
    ['{username}-country-{country}-session-{session}', all, 'acme-country-us-session-AB12CD34'],
    ['{username}-country-{country}-session-{session}', { username: 'acme', session: 'x' }, 'acme-session-x'],
    ['{username}-country-{country}-session-{session}', { username: 'acme' }, 'acme'],
    ['customer-{username}-cc-{country}', { username: 'acme' }, 'customer-acme'],
    ['customer-acme[-cc-{country}]', {}, 'customer-acme'],
    ['customer-acme[-cc-{country}]', all, 'customer-acme-cc-us'],
    ['{username}[-sess-{session}-{lifetime}m]', all, 'acme-sess-AB12CD34-30m'],
    ['{username}[-sess-{session}-{lifetime}m]', { username: 'acme', session: 'x' }, 'acme'],
    ['{username}-cc-{country:upper};', all, 'acme-cc-US;'],
    ['{username}-cc-{country:upper};', { username: 'acme' }, 'acme;'],
    ['{username}-city-{city}', all, 'acme-city-newyork'],
    ['{username}-city-{city:underscore}', all, 'acme-city-new_york'],
    ['{username}_city_{city:hyphen}', all, 'acme_city_new-york'],
    ['{username}-city-{city}', { username: 'acme', city: 'x-session-zz_zz.1' }, 'acme-city-xsessionzzzz1'],
    ['{username}-country-{country}', { country: 'us' }, '-country-us'],
  ])('%s with %j', (text, values, result) => {
    expect(render(text, values)).toBe(result);
  });

  test('whatever is written, it is a template or is refused; a client’s value adds no separator', () => {
    const piece = fc.constantFrom(
      '{username}',
      '{city}',
      '{country:upper}',
      '-',
      '_',
      '[',
      ']',
      '{',
      '}',
      'x',
      '{city:hyphen}',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.stringMatching(/^[a-z0-9][a-z0-9 ._-]{0,20}$/),
        (pieces, city) => {
          const text = pieces.join('');
          const parsed = parseTemplate(text, 'username');
          if (parsed.kind === 'malformed') return;
          const rendered = renderTemplate(parsed.template, { city });
          const separators = (value: string) => value.replace(/[^_.-]/g, '').length;
          if (!text.includes(':hyphen')) expect(separators(rendered)).toBeLessThanOrEqual(separators(text));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

test('an address on a whitelist, and SOCKS without a login, leave through the exits as well', async () => {
  const link = new FakeLink();
  link.addUser('carol', 1_000_000, { addresses: ['127.0.0.1'] });
  const rig = await rigWith([directExit({ sourceAddresses: ['127.0.0.2'] })], {
    link,
    allow: ALLOW_LOOPBACK,
  });
  const client = await rig.connect();
  client.send(Buffer.concat([NO_LOGIN, socks5Request('127.0.0.1', mirror.port)]));
  expect((await client.readBytes(12)).subarray(0, 4).toString('hex')).toBe('05000500');
  expect((await client.readAll()).toString()).toBe('127.0.0.2');
  client.finish();
});
