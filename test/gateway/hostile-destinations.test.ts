/**
 * Every way in, and every way to write an address that nobody may reach. A target listens on all addresses of this machine, and must
 * see nothing of it.
 */
import ipaddr from 'ipaddr.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemResolver } from '../../src/gateway/destination.ts';
import { basic, connectHead, type Rig, startRig } from '../support/gateway/harness.ts';
import { MALFORMED_HOSTS, PRIVATE_NOTATIONS } from '../support/gateway/notations.ts';
import { type Origin, startEcho } from '../support/gateway/origins.ts';
import { socks4Request, socks5Login, socks5Request, WITH_LOGIN } from '../support/gateway/socks.ts';

/** The one address that may be reached. */
const OPEN = '127.0.0.99';

let rig: Rig;
let target: Origin;
const asked: string[] = [];

beforeAll(async () => {
  rig = await startRig({
    allow: [`${OPEN}/32`],
    resolver: (name) => {
      asked.push(name);
      return systemResolver(name);
    },
  });
  rig.link.addUser('alice', 1_000_000, { addresses: ['127.0.0.1'] });
  target = rig.adopt(await startEcho('::'));
});
afterAll(async () => {
  // It lives, and serves what it may.
  const client = await rig.tunnel(`${OPEN}:${target.port}`);
  client.send('x');
  await client.readBytes(1);
  expect(target.connections).toBe(1);
  await rig.dispose();
});

async function http(head: string): Promise<string> {
  const client = await rig.connect();
  client.send(head);
  const answer = await client.readResponse();
  client.destroy();
  return `${answer.status} ${/\r\nProxy-Status: headgate; error=(\w+)/.exec(answer.head)?.[1]}`;
}

async function socks(bytes: Buffer[], replyAt: number): Promise<number> {
  const client = await rig.connect();
  client.send(Buffer.concat(bytes));
  const code = (await client.readBytes(replyAt + 1))[replyAt]!;
  client.destroy();
  return code;
}

/** What each protocol answers to a destination. Names of SOCKS may be any bytes. */
async function answersTo(host: string) {
  const { port } = target;
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return {
    connect: await http(connectHead(`${host}:${port}`)),
    get: await http(`GET http://${host}:${port}/ HTTP/1.1\r\n${basic('alice')}\r\n`),
    socks5: await socks([WITH_LOGIN, socks5Login('alice'), named(bare)], 5),
    // One has to be an address in four bytes, the other must not.
    socks4: host.includes('\0') ? 91 : await socks([socks4Request(bare, port)], 1),
  };
}

function named(host: string): Buffer {
  const name = Buffer.from(host, 'latin1');
  const { port } = target;
  return Buffer.from([5, 1, 0, 3, name.length, ...name, port >> 8, port & 0xff]);
}

describe('what is prohibited', () => {
  test.each([...PRIVATE_NOTATIONS, 'localhost', 'LocalHost'])('%s', async (host) => {
    expect(await answersTo(host)).toEqual({
      connect: '403 destination_ip_prohibited',
      get: '403 destination_ip_prohibited',
      socks5: 2,
      socks4: 91,
    });
    expect(target.connections).toBe(0);
  });

  test('the same as the bytes of an address', async () => {
    const addresses = PRIVATE_NOTATIONS.map((host) => host.replace(/^\[(.*)\]$/, '$1')).filter(
      (host) => host.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(host),
    );
    expect(addresses.length).toBeGreaterThan(30);
    for (const address of addresses) {
      const code = await socks([WITH_LOGIN, socks5Login('alice'), socks5Request(address, target.port)], 5);
      expect({ address, code }).toEqual({ address, code: 2 });
    }
    expect(target.connections).toBe(0);
  });
});

describe('what is malformed', () => {
  test.each(MALFORMED_HOSTS)('%j', async (host) => {
    asked.length = 0;
    expect(await answersTo(host)).toEqual({
      connect: '400 http_request_error',
      get: '400 http_request_error',
      socks5: 1,
      socks4: 91,
    });
    expect({ asked, connections: target.connections }).toEqual({ asked: [], connections: 0 });
  });
});
