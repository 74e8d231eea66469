/** Programs that people put behind a proxy, besides the HTTP libraries: wget, git, a browser. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SubuserIdentity } from '../../src/gateway/ports.ts';
import { makeCertificate } from '../support/certificates.ts';
import { launchBrowser } from '../support/chromium.ts';
import { type Rig, startRig } from '../support/gateway/harness.ts';
import { run } from '../support/gateway/run.ts';

const SCHEMES = ['http', 'https'] as const;
const BODY = randomBytes(3_000_000);

let rig: Rig;
let alice: SubuserIdentity;
let folder: string;
let certificate: string;
let proxyUrl: string;
const servers: (http.Server | https.Server)[] = [];
const urls = { http: '', https: '' };
/** Connections that did not come through the gateway would be none of these. */
let connections = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'headgate-programs-'));
  const pem = await makeCertificate(folder);
  certificate = pem.certificateFile;
  const secure = { key: await readFile(pem.keyFile), cert: await readFile(certificate) };
  servers.push(http.createServer(serve), https.createServer(secure, serve));
  for (const server of servers) {
    server.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  const [plainPort, securePort] = servers.map((server) => (server.address() as AddressInfo).port);
  urls.http = `http://127.0.0.1:${plainPort}`;
  urls.https = `https://localhost:${securePort}`;
  rig = await startRig({ tls: { ...pem, port: 0 } });
  alice = rig.link.addUser('alice', 10_000_000_000);
  proxyUrl = `http://alice:secret@127.0.0.1:${rig.port}`;
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await rig?.dispose();
  await rm(folder, { recursive: true });
});

function serve(request: http.IncomingMessage, response: http.ServerResponse): void {
  if (request.url === '/body') response.end(BODY);
  else if (request.url === '/page') {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>a page</title><p>hello');
  } else serveGit(request, response);
}

/** git's own server, by CGI. */
function serveGit(request: http.IncomingMessage, response: http.ServerResponse): void {
  const { pathname, search } = new URL(request.url!, 'http://x');
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      HTTP_GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
  });
  request.pipe(backend.stdin);
  const pieces: Buffer[] = [];
  backend.stdout.on('data', (bytes: Buffer) => pieces.push(bytes));
  backend.on('close', () => {
    const output = Buffer.concat(pieces);
    const end = output.indexOf('\r\n\r\n');
    for (const line of output.toString('latin1', 0, end).split('\r\n')) {
      const [name, value] = line.split(': ') as [string, string];
      if (name === 'Status') response.statusCode = Number(value.slice(0, 3));
      else response.setHeader(name, value);
    }
    response.end(output.subarray(end + 4));
  });
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function succeeds(command: string, args: string[], env: Record<string, string> = {}): Promise<Buffer> {
  const { code, stdout, stderr } = await run(command, args, env);
  expect(code, stderr).toBe(0);
  return stdout;
}

describe.each(SCHEMES)('%s', (scheme) => {
  test('wget', async () => {
    const before = connections;
    const env = { [`${scheme}_proxy`]: proxyUrl };
    const args = ['-q', '--no-hsts', `--ca-certificate=${certificate}`, '-O', '-', `${urls[scheme]}/body`];
    expect(digest(await succeeds('wget', args, env))).toBe(digest(BODY));
    const refused = await run('wget', args, { [`${scheme}_proxy`]: proxyUrl.replace('secret', 'wrong') });
    expect(refused.code).not.toBe(0);
    expect(connections).toBe(before + 1);
  });

  test('git clones and pushes', async () => {
    // The environment wins over the configuration, and this one may be set already.
    const trust = { GIT_SSL_CAINFO: certificate };
    const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
    const git = (...args: string[]) =>
      succeeds('git', ['-c', `http.proxy=${proxyUrl}`, ...author, ...args], trust);
    const bare = path.join(folder, `${scheme}.git`);
    await git('init', '-q', '--bare', bare);
    await git('-C', bare, 'config', 'http.receivepack', 'true');
    const url = `${urls[scheme]}/${scheme}.git`;
    const [one, two] = [path.join(folder, `${scheme}-one`), path.join(folder, `${scheme}-two`)];
    await git('clone', '-q', url, one);
    await writeFile(path.join(one, 'body'), BODY);
    await git('-C', one, 'add', '.');
    await git('-C', one, 'commit', '-q', '-m', 'a body');
    const before = rig.link.used(alice).up;
    await git('-C', one, 'push', '-q', 'origin', 'HEAD');
    await git('clone', '-q', url, two);
    expect(digest(await readFile(path.join(two, 'body')))).toBe(digest(BODY));
    await rig.settled();
    expect(rig.link.used(alice).up - before).toBeGreaterThan(BODY.length);
  });
});

test.each(['plain', 'TLS'])('Chromium, %s proxy', { timeout: 120_000 }, async (how) => {
  const server = how === 'TLS' ? `https://localhost:${rig.tlsPort}` : `http://127.0.0.1:${rig.port}`;
  // The proxy's certificate is of the test's own making.
  const browser = await launchBrowser('--ignore-certificate-errors');
  try {
    const context = await browser.newContext({
      proxy: { server, username: 'alice', password: 'secret' },
      ignoreHTTPSErrors: true,
    });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    for (const scheme of SCHEMES) {
      const before = connections;
      await page.goto(`${urls[scheme]}/page`);
      expect(await page.title()).toBe('a page');
      const bytes = await page.evaluate(async () => {
        const bodies = await Promise.all(
          Array.from({ length: 6 }, async () => (await fetch('/body')).arrayBuffer()),
        );
        return bodies.map((body) => body.byteLength);
      });
      expect(bytes).toEqual(Array(6).fill(BODY.length));
      expect(connections).toBeGreaterThan(before);
    }
    await context.close();
  } finally {
    await browser.close();
  }
});
