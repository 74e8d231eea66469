/** Exits, as an operator sets them up on a running server, and as customers see them. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectHead } from '../support/gateway/harness.ts';
import { type Origin, startEcho } from '../support/gateway/origins.ts';
import { RawClient } from '../support/gateway/raw-client.ts';
import { startHttpUpstream, startMirror, type Upstream } from '../support/gateway/upstreams.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, type ServerProcess } from '../support/server-process.ts';

// Each command is a program that starts: many of them, on however busy a machine.
vi.setConfig({ testTimeout: 180_000 });

const installation = createInstallation();
const cli = installation.cli;
let server: ServerProcess;
let mirror: Origin;
let echo: Origin;
let upstream: Upstream;
let login: { username: string; password: string };

/** In which time a change has to be known to every gateway. */
const KNOWN_WITHIN_MS = 2_000;

beforeAll(async () => {
  [mirror, echo, upstream] = await Promise.all([
    startMirror(),
    startEcho(),
    startHttpUpstream({ isWelcome: ({ password }) => password === 'top secret' }),
  ]);
  server = await installation.start();
  const client = new ResellerClient(server.apiUrl, installation.firstRun.key);
  login = await client.createSubuser('traveller', 50);
});
afterAll(async () => {
  await Promise.all([installation.remove(), mirror?.close(), echo?.close(), upstream?.close()]);
});

/** What comes back from the target through the gateway: its bytes, or the status of a refusal. */
async function throughGateway(parameters = '', authority = mirror.authority): Promise<string> {
  const client = await RawClient.connect(Number(new URL(server.gatewayUrl).port));
  try {
    const basic = Buffer.from(`${login.username}${parameters}:${login.password}`).toString('base64');
    client.send(`CONNECT ${authority} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic ${basic}\r\n\r\n`);
    const status = (await client.readHead()).split(' ')[1]!;
    return status === '200' ? (await client.readAll()).toString() : status;
  } finally {
    client.destroy();
  }
}

const known = { interval: 20, timeout: KNOWN_WITHIN_MS };

test('from here; then from a source address, without a restart', async () => {
  expect((await cli('exit', 'list')).stdout).toContain('There are no exits');
  expect(await throughGateway()).toBe('127.0.0.1');
  const made = await cli(
    'exit',
    'create',
    'pool',
    '--kind',
    'direct',
    '--source-address',
    '127.0.0.2',
    '--json',
  );
  expect(made.json()).toMatchObject({ name: 'pool', enabled: true, sourceAddresses: ['127.0.0.2'] });
  await expect.poll(() => throughGateway(), known).toBe('127.0.0.2');

  const tried = await cli('exit', 'test', 'pool', '--target', mirror.authority, '--json');
  expect(tried.json()).toEqual({
    name: 'pool',
    ok: true,
    target: mirror.authority,
    trials: [{ source: '127.0.0.2', ok: true, tookMs: expect.any(Number) }],
  });
  await cli('exit', 'update', 'pool', '--source-address', '127.0.0.2', '240.0.0.77');
  const failed = await cli('exit', 'test', 'pool', '--target', mirror.authority);
  expect(failed.code).toBe(1);
  expect(failed.stdout).toMatch(/^ok .* from 127\.0\.0\.2: connected after \d+ ms$/m);
  expect(failed.stdout).toMatch(/^FAILED .* from 240\.0\.0\.77: no source address is this machine’s/m);
  expect((await cli('exit', 'test', 'pool')).stderr).toContain('--target HOST:PORT');
});

test('a place that only an upstream has; its password is in no output', async () => {
  expect(await throughGateway('-country-de')).toBe('502');
  const passwordFile = path.join(installation.dataFolder, 'upstream-password');
  writeFileSync(passwordFile, 'top secret\n');
  const asUpstream = ['--kind', 'http', '--host', '127.0.0.1', '--port', String(upstream.port)];
  const made = await cli(
    ...['exit', 'create', 'abroad', ...asUpstream, '--username', 'acme', '--password-file', passwordFile],
    ...['--username-template', '{username}-cc-{country:upper}', '--weight', '3'],
  );
  expect(made).toMatchObject({ code: 0, stderr: '' });
  await expect.poll(() => throughGateway('-country-de'), known).toBe('127.0.0.1');
  expect(upstream.asked.at(-1)).toMatchObject({ username: 'acme-cc-DE', password: 'top secret' });

  const tried = await cli(
    ...['exit', 'test', 'abroad', '--target', mirror.authority, '--parameters', 'country-fr'],
  );
  expect(tried).toMatchObject({ code: 0 });
  expect(upstream.asked.at(-1)).toMatchObject({ username: 'acme-cc-FR' });
  expect((await cli('exit', 'test', 'abroad')).stdout).toMatch(/^ok .*the upstream of abroad/);

  const outputs = await Promise.all([
    cli('exit', 'list'),
    cli('exit', 'show', 'abroad'),
    cli('exit', 'list', '--json'),
    cli('exit', 'update', 'abroad', '--city', 'Berlin', '--json'),
  ]);
  for (const output of outputs) {
    expect(output.code).toBe(0);
    expect(output.stdout).toContain('abroad');
    expect(output.stdout + output.stderr).not.toContain('top secret');
  }
  expect(server.stderr()).not.toContain('top secret');
  expect((await cli('exit', 'update', 'abroad', '--city', '', '--json')).json()).toMatchObject({
    city: null,
  });
});

test('how an exit does, is seen where the operator looks', async () => {
  const closed = await startEcho();
  const port = closed.authority.split(':')[1]!;
  await closed.close();
  const where = ['--kind', 'http', '--host', '127.0.0.1', '--port', port, '--isp', 'deadnet'];
  const made = await cli('exit', 'create', 'gone', ...where);
  expect(made).toMatchObject({ code: 0 });
  const owner = ['--owner', 'owner@localhost', '--name', 'eyes', '--scopes', 'admin:read', '--json'];
  const { secret } = (await cli('key', 'create', ...owner)).json<{ secret: string }>();
  const seen = async () => {
    const headers = { authorization: `Bearer ${secret}` };
    const answer = await fetch(`${server.apiUrl}/api/admin/exits`, { headers });
    const { data } = (await answer.json()) as { data: { name: string; seenBy: { isHealthy: boolean }[] }[] };
    return Object.fromEntries(
      data.map(({ name, seenBy }) => [name, seenBy.map(({ isHealthy }) => isHealthy)]),
    );
  };
  const heard = { interval: 200, timeout: 30_000 };
  await expect.poll(seen, heard).toEqual({ abroad: [true], gone: [true], pool: [true] });
  // Three failures in a row put it out.
  for (let times = 0; times < 3; times += 1) expect(await throughGateway('-isp-deadnet')).toBe('502');
  await expect.poll(seen, heard).toEqual({ abroad: [true], gone: [false], pool: [true] });
  const listed = (await cli('exit', 'list', '--json')).json<object[]>();
  expect(listed).toMatchObject([
    { name: 'abroad' },
    { name: 'gone', seenBy: [{ gateway: expect.any(String), tunnels: 0, at: expect.any(String) }] },
    { name: 'pool' },
  ]);
  expect((await cli('exit', 'list')).stdout).toMatch(/ENABLED +HEALTH +TUNNELS\n/);
  await cli('exit', 'remove', 'gone');
});

test('disabled and enabled; running tunnels stay; removed, traffic leaves from here again', async () => {
  await cli('exit', 'update', 'pool', '--source-address', '127.0.0.2');
  const client = await RawClient.connect(Number(new URL(server.gatewayUrl).port));
  client.send(connectHead(echo.authority, login.username).replace(/Basic \S+/, basicOf(login)));
  expect(await client.readHead()).toContain('200');
  expect(await cli('exit', 'disable', 'pool')).toMatchObject({ code: 0, stdout: 'Exit pool is disabled.\n' });
  await cli('exit', 'disable', 'abroad');
  await expect.poll(() => throughGateway(), known).toBe('503');
  client.send('still here');
  expect((await client.readBytes(10)).toString()).toBe('still here');
  await cli('exit', 'enable', 'pool');
  await expect.poll(() => throughGateway(), known).toBe('127.0.0.2');
  for (const name of ['pool', 'abroad']) expect((await cli('exit', 'remove', name)).code).toBe(0);
  await expect.poll(() => throughGateway(), known).toBe('127.0.0.1');
  client.send('still here');
  expect((await client.readBytes(10)).toString()).toBe('still here');
  client.destroy();
});

test('what cannot be is refused in a sentence', async () => {
  for (const [args, sentence] of [
    [['show', 'nowhere'], 'No exit nowhere'],
    [['test', 'nowhere'], 'No exit nowhere'],
    [['create', 'x', '--kind', 'http', '--host', 'proxy.example.net'], 'Missing required field: port'],
    [['create', 'x', '--kind', 'direct', '--host', 'proxy.example.net'], 'host must be left out'],
    [['create', 'x', '--kind', 'direct', '--weight', '0'], 'weight must be a whole number from 1 to 1000'],
    [['create', 'x', '--kind', 'direct', '--weight', 'much'], 'expected a whole number'],
    [['create', 'x', '--kind', 'ftp'], 'Allowed choices are direct, http, socks5'],
    [['create', 'x', '--kind', 'direct', '--product', 'datacenter'], 'Allowed choices are residential'],
  ] as const) {
    const { code, stdout, stderr } = await cli('exit', ...args);
    expect({ code, stdout }, args.join(' ')).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^ +at /m);
  }
});

function basicOf({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
