import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGateway } from '../../src/gateway/gateway.ts';
import { makeCertificate, type PemFiles } from '../support/certificates.ts';
import { FakeLink } from '../support/gateway/fake-link.ts';
import { connectHead, eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { type Origin, startEcho } from '../support/gateway/origins.ts';
import { RawClient } from '../support/gateway/raw-client.ts';
import { socks4Request, socks5Login, socks5Request, WITH_LOGIN } from '../support/gateway/socks.ts';

let folder: string;
let made: { first: PemFiles; second: PemFiles };
let inUse: PemFiles;
let rig: Rig;
let echo: Origin;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'headgate-tls-'));
  made = { first: await makeCertificate(folder, 'first'), second: await makeCertificate(folder, 'second') };
  inUse = { certificateFile: path.join(folder, 'tls.pem'), keyFile: path.join(folder, 'tls.key') };
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  await copyFile(made.first.certificateFile, inUse.certificateFile);
  await copyFile(made.first.keyFile, inUse.keyFile);
  rig = await startRig({ tls: { ...inUse, port: 0 }, limits: { tlsFilesEveryMs: 20, headTimeoutMs: 2_000 } });
  echo = rig.adopt(await startEcho());
});
afterEach(() => rig.dispose());

function connect(more: tls.ConnectionOptions = {}): Promise<tls.TLSSocket> {
  const address = { host: '127.0.0.1', port: rig.tlsPort!, allowHalfOpen: true };
  const options: tls.ConnectionOptions = { ...address, rejectUnauthorized: false, ...more };
  return new Promise((resolve, reject) => {
    const socket = tls.connect(options, () => resolve(socket));
    socket.once('error', reject);
  });
}

async function client(): Promise<RawClient> {
  return new RawClient(await connect());
}

const REPLY = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

describe('inside TLS', () => {
  test('CONNECT, with the end of each direction by itself', async () => {
    const alice = rig.link.addUser('alice', 1_000_000);
    const inside = await client();
    inside.send(connectHead(echo.authority));
    expect(await inside.readHead()).toContain(' 200 ');
    inside.send('x'.repeat(100_000));
    inside.finish();
    expect((await inside.readAll()).length).toBe(100_000);
    await inside.closed();
    await rig.settled();
    expect(rig.link.used(alice)).toEqual({ up: 100_000, down: 100_000, total: 200_000 });
  });

  test('SOCKS5, all in one piece', async () => {
    const alice = rig.link.addUser('alice', 1_000);
    const inside = await client();
    const request = socks5Request('127.0.0.1', echo.port);
    inside.send(Buffer.concat([WITH_LOGIN, socks5Login('alice'), request, Buffer.from('hello')]));
    expect(await inside.readBytes(4)).toEqual(Buffer.from([5, 2, 1, 0]));
    expect(await inside.readBytes(10)).toEqual(REPLY);
    expect((await inside.readBytes(5)).toString()).toBe('hello');
    inside.finish();
    await inside.closed();
    await rig.settled();
    expect(rig.link.used(alice).total).toBe(10);
  });

  test('SOCKS4a, from a whitelisted address', async () => {
    rig.link.addUser('alice', 1_000, { addresses: ['127.0.0.1'] });
    const inside = await client();
    inside.send(socks4Request('127.0.0.1', echo.port));
    expect((await inside.readBytes(8))[1]).toBe(0x5a);
    inside.destroy();
  });

  test('the quota ends at its last byte, and that arrives', async () => {
    const alice = rig.link.addUser('alice', 60_000);
    const inside = await client();
    inside.send(connectHead(echo.authority));
    await inside.readHead();
    inside.send('x'.repeat(500_000));
    const back = await inside.readAll();
    inside.destroy();
    await rig.settled();
    expect(rig.link.used(alice)).toMatchObject({ down: back.length, total: 60_000 });
  });

  test('a reset of the target is a reset of the client', async () => {
    rig.link.addUser('alice', 1_000);
    const inside = await client();
    inside.send(connectHead(echo.authority));
    await inside.readHead();
    await eventually(() => expect(echo.sockets.size).toBe(1));
    for (const socket of echo.sockets) socket.resetAndDestroy();
    await inside.closed();
    expect(inside.error?.code).toBe('ECONNRESET');
  });
});

describe('the handshake', () => {
  test('speaks TLS 1.2 and 1.3, and http/1.1 where a protocol is asked for', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = await connect({
        minVersion: version,
        maxVersion: version,
        ALPNProtocols: ['h2', 'http/1.1'],
      });
      expect([socket.getProtocol(), socket.alpnProtocol]).toEqual([version, 'http/1.1']);
      socket.destroy();
    }
  });

  test.each<[string, tls.ConnectionOptions, RegExp]>([
    [
      'TLS 1.1',
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' },
      /alert protocol version/i,
    ],
    ['HTTP/2 only', { ALPNProtocols: ['h2'] }, /no application protocol/i],
  ])('refuses %s', async (_, options, message) => {
    await expect(connect(options)).rejects.toThrow(message);
  });

  test.each(['GET http://example.com/ HTTP/1.1\r\n\r\n', '\x05\x01\x00', '\x16\x03\x01\xff\xff'])(
    'closes what is none: %j',
    async (text) => {
      const plain = await RawClient.connect(rig.tlsPort!);
      plain.send(text);
      plain.finish();
      await plain.closed();
      await eventually(() => expect(rig.gateway.stats().clientConnections).toBe(0));
    },
  );

  test('that never comes is given up', async () => {
    await rig.dispose();
    rig = await startRig({ tls: { ...inUse, port: 0 }, limits: { headTimeoutMs: 100 } });
    const silent = await RawClient.connect(rig.tlsPort!);
    await silent.closed();
  });

  test('TLS on the plain port is closed', async () => {
    const plain = await rig.connect();
    plain.send('\x16\x03\x01\x02\x00\x01\x00');
    await plain.closed();
  });
});

describe('the files', () => {
  const nameOf = async () => {
    const socket = await connect();
    const { CN } = socket.getPeerCertificate().subject;
    socket.destroy();
    return CN;
  };

  test('a renewed pair serves new connections, and running tunnels go on; half a pair changes nothing', async () => {
    rig.link.addUser('alice', 1_000);
    const inside = await client();
    inside.send(connectHead(echo.authority));
    await inside.readHead();
    expect(await nameOf()).toBe('first');
    await writeFile(inUse.certificateFile, 'not a certificate');
    expect(await nameOf()).toBe('first');
    await copyFile(made.second.certificateFile, inUse.certificateFile);
    expect(await nameOf()).toBe('first');
    await copyFile(made.second.keyFile, inUse.keyFile);
    let name: unknown;
    while (name !== 'second') name = await nameOf();
    inside.send('still here');
    expect((await inside.readBytes(10)).toString()).toBe('still here');
    inside.destroy();
  });

  test.each<[string, () => PemFiles | Promise<PemFiles>, RegExp]>([
    [
      'a certificate that is not there',
      () => ({ ...inUse, certificateFile: path.join(folder, 'none.pem') }),
      /^the TLS certificate .*none\.pem cannot be read: ENOENT/,
    ],
    ['a key that is none', () => ({ ...inUse, keyFile: inUse.certificateFile }), /^the TLS key .*PEM/],
    [
      'a certificate that is none',
      () => ({ ...inUse, certificateFile: inUse.keyFile }),
      /^the TLS certificate .*PEM/,
    ],
    [
      'a key of another certificate',
      () => ({ ...inUse, keyFile: made.second.keyFile }),
      /^the TLS key .* does not belong to the certificate/,
    ],
  ])('%s stops the start, and nothing is left', async (_, files, message) => {
    const link = new FakeLink();
    const gateway = createGateway({ host: '127.0.0.1', port: 0, link, tls: { ...(await files()), port: 0 } });
    await expect(gateway.start()).rejects.toThrow(message);
    await gateway.stop();
    expect(gateway.listening).toBe(false);
  });

  test('a TLS port that is taken stops the start', async () => {
    const link = new FakeLink();
    const taken = { ...inUse, port: rig.tlsPort! };
    const gateway = createGateway({ host: '127.0.0.1', port: 0, link, tls: taken });
    await expect(gateway.start()).rejects.toThrow(/EADDRINUSE/);
    await gateway.stop();
  });
});

test('a stop closes what has not begun, and lets tunnels finish', async () => {
  rig.link.addUser('alice', 1_000);
  const inside = await client();
  inside.send(connectHead(echo.authority));
  await inside.readHead();
  const idle = await client();
  const stopped = rig.gateway.stop({ drainMs: 5_000 });
  await idle.closed();
  await expect(connect()).rejects.toThrow(/ECONNREFUSED/);
  inside.send('last');
  expect((await inside.readBytes(4)).toString()).toBe('last');
  inside.finish();
  await inside.closed();
  await stopped;
});
