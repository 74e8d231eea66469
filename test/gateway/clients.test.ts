import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ProxyAgent, request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificate } from '../support/certificates.ts';
import { eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { run } from '../support/gateway/run.ts';

const BODY = randomBytes(3_000_000);
const BODY_DIGEST = digest(BODY);

let rig: Rig;
let folder: string;
let plain: http.Server;
let secure: https.Server;
let plainUrl: string;
let secureUrl: string;
let proxyUrl: string;
let certificate: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'headgate-clients-'));
  const pem = await makeCertificate(folder);
  certificate = pem.certificateFile;

  plain = http.createServer(serve);
  secure = https.createServer({ key: await readFile(pem.keyFile), cert: await readFile(certificate) }, serve);
  plainUrl = `http://127.0.0.1:${await listen(plain)}`;
  secureUrl = `https://localhost:${await listen(secure)}`;
  rig = await startRig({ tls: { ...pem, port: 0 } });
  rig.link.addUser('alice', 10_000_000_000);
  proxyUrl = `http://alice:secret@127.0.0.1:${rig.port}`;
});

afterAll(async () => {
  plain.closeAllConnections();
  secure.closeAllConnections();
  plain.close();
  secure.close();
  await rig.dispose();
  await rm(folder, { recursive: true });
});

/** GET: the body. Anything else: the digest of what was sent. */
function serve(incoming: http.IncomingMessage, answer: http.ServerResponse): void {
  if (incoming.method === 'GET') {
    answer.end(BODY);
    return;
  }
  const hash = createHash('sha256');
  incoming.on('data', (bytes) => hash.update(bytes));
  incoming.on('end', () => answer.end(hash.digest('hex')));
}

async function listen(server: http.Server | https.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test.each(['http', 'https'])('curl, %s', async (scheme) => {
  const url = scheme === 'http' ? plainUrl : secureUrl;
  const got = await run('curl', ['-sS', '--cacert', certificate, '-x', proxyUrl, url, url]);
  expect(got.code, got.stderr).toBe(0);
  expect(got.stdout.length).toBe(2 * BODY.length);
  expect(digest(got.stdout.subarray(BODY.length))).toBe(BODY_DIGEST);
  const sent = path.join(folder, 'sent');
  await writeFile(sent, BODY);
  const put = await run('curl', ['-sS', '--cacert', certificate, '-x', proxyUrl, '-T', sent, `${url}/x`]);
  expect(put.stdout.toString(), put.stderr).toBe(BODY_DIGEST);
});

test('curl asks without credentials, is challenged, and tries again', async () => {
  const proxy = `http://127.0.0.1:${rig.port}`;
  const args = [
    '-sS',
    '-o',
    '/dev/null',
    '-w',
    '%{http_code}',
    '--proxy-anyauth',
    '-x',
    proxy,
    '-U',
    'alice:secret',
  ];
  const got = await run('curl', [...args, plainUrl]);
  expect(got.stdout.toString(), got.stderr).toBe('200');
  const bare = await run('curl', ['-sS', '-o', '/dev/null', '-w', '%{http_code}', '-x', proxy, plainUrl]);
  expect(bare.stdout.toString()).toBe('407');
});

test.each(['http', 'https'])('curl through SOCKS5, %s', async (scheme) => {
  const url = scheme === 'http' ? plainUrl : secureUrl;
  // Names are looked up by the gateway, and by curl.
  for (const how of ['--socks5-hostname', '--socks5']) {
    const got = await run('curl', [
      ...['-sS', '--cacert', certificate, how, `127.0.0.1:${rig.port}`, '-U', 'alice:secret', url],
    ]);
    expect(got.code, got.stderr).toBe(0);
    expect(digest(got.stdout)).toBe(BODY_DIGEST);
  }
  const sent = path.join(folder, 'sent5');
  await writeFile(sent, BODY);
  const proxy = proxyUrl.replace('http:', 'socks5h:');
  const put = await run('curl', ['-sS', '--cacert', certificate, '-x', proxy, '-T', sent, `${url}/x`]);
  expect(put.stdout.toString(), put.stderr).toBe(BODY_DIGEST);
});

test('curl is told by SOCKS5 that it is not let in, and why', async () => {
  const socks5 = (user: string, url: string) =>
    run('curl', ['-sS', '--socks5-hostname', `127.0.0.1:${rig.port}`, '-U', user, url]);
  expect((await socks5('alice:wrong', plainUrl)).stderr).toContain('rejected by the SOCKS5 server (1 1)');
  expect((await socks5('alice:secret', 'http://10.0.0.1/')).stderr).toMatch(/SOCKS5.*\(2\)/);
});

test.each(['--socks4', '--socks4a', '--socks5-hostname'])(
  'curl %s, without credentials, from a whitelisted address',
  async (how) => {
    const home = await startRig();
    const identity = home.link.addUser('home', 10_000_000_000, { addresses: ['127.0.0.1'] });
    const proxy = `127.0.0.1:${home.port}`;
    const got = await run('curl', ['-sS', '--cacert', certificate, how, proxy, secureUrl]);
    expect(got.code, got.stderr).toBe(0);
    expect(digest(got.stdout)).toBe(BODY_DIGEST);
    await home.settled();
    expect(home.link.used(identity).total).toBeGreaterThan(BODY.length);
    await home.dispose();
  },
);

test.each(['http', 'https'])('curl through an HTTPS proxy, %s', async (scheme) => {
  const url = scheme === 'http' ? plainUrl : secureUrl;
  const proxy = `https://alice:secret@localhost:${rig.tlsPort}`;
  const trusted = ['-sS', '--cacert', certificate, '--proxy-cacert', certificate, '-x', proxy];
  const got = await run('curl', [...trusted, url, url]);
  expect(got.code, got.stderr).toBe(0);
  expect(got.stdout.length).toBe(2 * BODY.length);
  expect(digest(got.stdout.subarray(BODY.length))).toBe(BODY_DIGEST);
  const sent = path.join(folder, 'sent-tls');
  await writeFile(sent, BODY);
  const insecure = ['-sS', '-k', '--proxy-insecure', '-x', proxy, '-T', sent];
  const put = await run('curl', [...insecure, `${url}/x`]);
  expect(put.stdout.toString(), put.stderr).toBe(BODY_DIGEST);
});

test.each([true, false])('undici ProxyAgent, HTTPS proxy, tunnel: %s', async (proxyTunnel) => {
  const ca = await readFile(certificate);
  const agent = new ProxyAgent({
    uri: `https://alice:secret@localhost:${rig.tlsPort}`,
    proxyTunnel,
    requestTls: { ca },
    proxyTls: { ca },
  });
  for (const url of [plainUrl, secureUrl]) {
    const { statusCode, body } = await request(url, { dispatcher: agent });
    expect(statusCode).toBe(200);
    expect(digest(Buffer.from(await body.arrayBuffer()))).toBe(BODY_DIGEST);
  }
  await agent.close();
});

test('python requests, http and https, on one session', async () => {
  const script = `
import hashlib, requests, sys
plain, secure, proxy, certificate = sys.argv[1:]
session = requests.Session()
session.trust_env = False
session.proxies = {'http': proxy, 'https': proxy}
session.verify = certificate
for url in (plain, secure):
    for _ in range(3):
        print(hashlib.sha256(session.get(url).content).hexdigest())
    # Not chunked: older versions of requests leave the proxy's credentials out of such a request.
    print(session.post(url, data=b'chunk' * 1000).text)
`;
  const got = await run('python3', ['-c', script, plainUrl, secureUrl, proxyUrl, certificate]);
  expect(got.code, got.stderr).toBe(0);
  const posted = digest(Buffer.from('chunk'.repeat(1000)));
  const expected = [BODY_DIGEST, BODY_DIGEST, BODY_DIGEST, posted];
  expect(got.stdout.toString().trim().split('\n')).toEqual([...expected, ...expected]);
});

test.each([true, false])(
  'undici ProxyAgent, http (tunnel: %s) and https, 40 at once',
  async (proxyTunnel) => {
    const agent = new ProxyAgent({
      uri: proxyUrl,
      proxyTunnel,
      requestTls: { ca: await readFile(certificate) },
    });
    const all = Array.from({ length: 40 }, async (_, number) => {
      const { statusCode, body } = await request(number % 2 ? plainUrl : secureUrl, { dispatcher: agent });
      expect(statusCode).toBe(200);
      return digest(Buffer.from(await body.arrayBuffer()));
    });
    expect(new Set(await Promise.all(all))).toEqual(new Set([BODY_DIGEST]));
    await agent.close();
  },
);

test('when they have gone, nothing is left open', async () => {
  await eventually(() =>
    expect(rig.gateway.stats()).toMatchObject({ clientConnections: 0, targetConnections: 0, served: 0 }),
  );
});
