import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { readProxyHeader } from '../../src/gateway/handshake/proxy-header.ts';
import { makeCertificate } from '../support/certificates.ts';
import { type Rig, startRig } from '../support/gateway/harness.ts';
import { startEcho } from '../support/gateway/origins.ts';
import { RawClient } from '../support/gateway/raw-client.ts';
import { proxyVersion1, proxyVersion2, socks4Request, type Version2 } from '../support/gateway/socks.ts';

let rig: Rig;
afterEach(() => rig.dispose());

const FROM_LOOPBACK = ['127.0.0.0/8'];
const TLV = Buffer.from([0x05, 0, 3, 1, 2, 3]);

async function start(options: Parameters<typeof startRig>[0] = {}) {
  rig = await startRig({ proxyProtocolFrom: FROM_LOOPBACK, limits: { headTimeoutMs: 500 }, ...options });
  const echo = rig.adopt(await startEcho());
  const alice = rig.link.addUser('alice', 1_000, { addresses: ['203.0.113.7', '2001:db8::7'] });
  const open = `CONNECT ${echo.authority} HTTP/1.1\r\n\r\n`;
  return { echo, alice, open };
}

async function statusAfter(header: Buffer, request: string): Promise<number> {
  const client = await rig.connect();
  client.send(Buffer.concat([header, Buffer.from(request)]));
  const head = await client.readHead();
  client.destroy();
  return Number(head.split(' ')[1]);
}

describe('from a load balancer', () => {
  test.each<[string, Buffer, number]>([
    ['version 1, a whitelisted address', proxyVersion1('203.0.113.7'), 200],
    ['version 1, IPv6', proxyVersion1('2001:0db8:0:0::7'), 200],
    ['version 1, IPv4 in IPv6', proxyVersion1('::ffff:203.0.113.7'), 200],
    ['version 1, another address', proxyVersion1('203.0.113.8'), 407],
    ['version 1, UNKNOWN', Buffer.from('PROXY UNKNOWN\r\n'), 407],
    ['version 1, UNKNOWN with more', Buffer.from('PROXY UNKNOWN ff::1 ff::2 1 2\r\n'), 407],
    ['version 2, a whitelisted address', proxyVersion2({ source: '203.0.113.7' }), 200],
    ['version 2, IPv6', proxyVersion2({ source: '2001:db8::7' }), 200],
    ['version 2, another address', proxyVersion2({ source: '203.0.113.8' }), 407],
    ['version 2, with TLVs', proxyVersion2({ tlvs: Buffer.concat([TLV, TLV]) }), 200],
    [
      'version 2, with much of them',
      proxyVersion2({ tlvs: Buffer.from([1, 0x0e, 0, ...Buffer.alloc(3584)]) }),
      200,
    ],
    ['version 2, LOCAL', proxyVersion2({ command: 0x20 }), 407],
    [
      'version 2, LOCAL with nothing',
      proxyVersion2({ command: 0x20, family: 0, length: 0 }).subarray(0, 16),
      407,
    ],
    ['version 2, of no family', proxyVersion2({ family: 0 }), 407],
  ])('%s', async (_, header, status) => {
    const { open } = await start();
    expect(await statusAfter(header, open)).toBe(status);
  });

  const version2 = (options: Version2) => proxyVersion2(options);
  test.each<[string, Buffer | string]>([
    ['no header', 'CONNECT 127.0.0.1:80 HTTP/1.1\r\n\r\n'],
    ['a SOCKS handshake', '\x05\x01\x00'],
    ['version 1, another family', 'PROXY UDP4 203.0.113.7 203.0.113.7 1 2\r\n'],
    ['version 1, lower case', 'proxy TCP4 203.0.113.7 203.0.113.7 1 2\r\n'],
    ['version 1, no port', 'PROXY TCP4 203.0.113.7 203.0.113.7 1\r\n'],
    ['version 1, one too many', 'PROXY TCP4 203.0.113.7 203.0.113.7 1 2 3\r\n'],
    ['version 1, two blanks', 'PROXY TCP4  203.0.113.7 203.0.113.7 1 2\r\n'],
    ['version 1, a port too large', 'PROXY TCP4 203.0.113.7 203.0.113.7 1 65536\r\n'],
    ['version 1, a port with a zero in front', 'PROXY TCP4 203.0.113.7 203.0.113.7 01 2\r\n'],
    ['version 1, the other family', 'PROXY TCP4 2001:db8::7 2001:db8::7 1 2\r\n'],
    ['version 1, a name', 'PROXY TCP4 localhost 203.0.113.7 1 2\r\n'],
    ['version 1, a zone', 'PROXY TCP6 fe80::1%eth0 fe80::2 1 2\r\n'],
    ['version 1, LF only', 'PROXY TCP4 203.0.113.7 203.0.113.7 1 2\n\n'.padEnd(120, ' ')],
    ['version 1, too long', `PROXY UNKNOWN ${'x'.repeat(100)}\r\n`],
    ['version 2, another version', version2({ command: 0x11 })],
    ['version 2, another command', version2({ command: 0x22 })],
    ['version 2, datagrams', version2({ family: 0x12 })],
    ['version 2, a socket of the file system', version2({ family: 0x31 })],
    ['version 2, shorter than its addresses', version2({ length: 11 })],
    ['version 2, longer than anything', version2({ length: 60_000 })],
    ['version 2, a TLV that ends too early', version2({ tlvs: Buffer.from([5, 0, 4, 1]) })],
    ['version 2, half a TLV', version2({ tlvs: Buffer.from([5, 0]) })],
  ])('%s: closed without a word', async (_, bytes) => {
    await start();
    const client = await rig.connect();
    client.send(bytes);
    await client.closed();
    expect(client.receivedBytes).toBe(0);
  });

  test('a header that does not come to its end is given up', async () => {
    await start({ limits: { headTimeoutMs: 100 } });
    for (const header of [proxyVersion1(), proxyVersion2({ tlvs: TLV })]) {
      await Promise.all(
        [0, 1, 5, 13, header.length - 1].map(async (length) => {
          const client = await rig.connect();
          client.send(header.subarray(0, length));
          await client.closed();
          expect(client.receivedBytes).toBe(0);
        }),
      );
    }
  });

  test('byte by byte, then SOCKS4', async () => {
    const { echo } = await start();
    for (const header of [proxyVersion1(), proxyVersion2({ tlvs: TLV })]) {
      const client = await rig.connect();
      client.socket.setNoDelay(true);
      for (const byte of Buffer.concat([header, socks4Request('127.0.0.1', echo.port)])) {
        client.send(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
      expect((await client.readBytes(8))[1]).toBe(0x5a);
      client.destroy();
    }
  });

  test('a slot is found by the address that is said, and its connections are ended by it', async () => {
    const { open } = await start();
    const slot = rig.link.subscriptions.add('s', { addresses: ['198.51.100.9'] });
    const client = await rig.connect();
    client.send(Buffer.concat([proxyVersion2({ source: '198.51.100.9' }), Buffer.from(open)]));
    expect(await client.readHead()).toContain(' 200 ');
    slot.addresses.clear();
    rig.link.emit({ kind: 'subscription-changed', subscriptionId: 's' });
    await client.closed();
  });

  test('a second header is refused', async () => {
    await start();
    const client = await rig.connect();
    client.send(Buffer.concat([proxyVersion1(), proxyVersion1()]));
    await client.closed();
    expect(client.receivedBytes).toBe(0);
  });
});

test.each([
  ['version 1', proxyVersion1()],
  ['version 2', proxyVersion2()],
])('from anybody else, %s is closed', async (_, header) => {
  const { open } = await start({ proxyProtocolFrom: ['192.0.2.1/32'] });
  const client = await rig.connect();
  client.send(Buffer.concat([header, Buffer.from(open)]));
  await client.closed();
  expect(client.receivedBytes).toBe(0);
});

test('in front of TLS', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headgate-introduced-'));
  const pem = await makeCertificate(folder);
  const { echo } = await start({ tls: { ...pem, port: 0 }, limits: { headTimeoutMs: 1_000 } });
  await rm(folder, { recursive: true });
  for (const [header, status] of [
    [proxyVersion1('203.0.113.7'), 200],
    [proxyVersion2({ source: '203.0.113.8', tlvs: TLV }), 407],
  ] as const) {
    const carrier = await RawClient.connect(rig.tlsPort!);
    carrier.send(header);
    const { socket } = carrier.release();
    const inside = new RawClient(tls.connect({ socket, rejectUnauthorized: false }));
    inside.send(`CONNECT ${echo.authority} HTTP/1.1\r\n\r\n`);
    expect((await inside.readHead()).split(' ')[1]).toBe(String(status));
    inside.destroy();
  }
  for (const bytes of ['\x16\x03\x01\x02\x00\x01', 'PROXY TCP4 x\r\n', 'PROXY ', '']) {
    const carrier = await RawClient.connect(rig.tlsPort!);
    carrier.send(bytes);
    await carrier.closed();
    expect(carrier.receivedBytes).toBe(0);
  }
});

test('in front of TLS, in one piece with its first bytes', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headgate-introduced-'));
  const { echo } = await start({ tls: { ...(await makeCertificate(folder)), port: 0 } });
  await rm(folder, { recursive: true });
  const carrier = await RawClient.connect(rig.tlsPort!);
  const { socket } = carrier.release();
  // Held back until TLS has written its hello, so that both leave in one write.
  socket.cork();
  socket.write(proxyVersion2({ tlvs: TLV }));
  const inside = new RawClient(tls.connect({ socket, rejectUnauthorized: false }));
  socket.uncork();
  inside.send(`CONNECT ${echo.authority} HTTP/1.1\r\n\r\n`);
  expect((await inside.readHead()).split(' ')[1]).toBe('200');
  inside.destroy();
});

test('whatever is sent has one reading, wherever it is cut', () => {
  const header = fc.oneof(
    fc.constantFrom(proxyVersion1(), proxyVersion1('2001:db8::7'), Buffer.from('PROXY UNKNOWN\r\n')),
    fc.uint8Array({ maxLength: 30 }).map((bytes) => proxyVersion2({ tlvs: Buffer.from(bytes) })),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.concat([Buffer.from('PROXY TCP4 '), bytes])),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.concat([proxyVersion2().subarray(0, 12), bytes])),
  );
  fc.assert(
    fc.property(header, fc.uint8Array({ maxLength: 20 }), (bytes, rest) => {
      const whole = readProxyHeader(Buffer.concat([bytes, rest]));
      let length = 0;
      let first = readProxyHeader(bytes.subarray(0, 0));
      const all = Buffer.concat([bytes, rest]);
      while (first.kind === 'incomplete' && length < all.length) {
        length += 1;
        first = readProxyHeader(all.subarray(0, length));
      }
      expect(first).toEqual(whole);
      if (first.kind === 'header') expect(length).toBe(first.bytes);
    }),
    { numRuns: 2_000 },
  );
});
