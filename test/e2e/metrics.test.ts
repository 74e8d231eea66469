/** What an operator sees from outside: metrics, the dashboard that shows them, and a log without secrets. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway } from '../../src/gateway/gateway.ts';
import { createHealthServer } from '../../src/gateway-http/health.ts';
import { addGatewayMetrics } from '../../src/metrics/gateway.ts';
import { processMetrics } from '../../src/metrics/process.ts';
import { Metrics } from '../../src/metrics/registry.ts';
import { FakeLink } from '../support/gateway/fake-link.ts';
import { directExit, upstreamExit } from '../support/gateway/upstreams.ts';
import { type Origin, startOrigin } from '../support/origin.ts';
import { type Credentials, curl, download, Tunnel } from '../support/proxy-clients.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, ROOT, type ServerProcess } from '../support/server-process.ts';

const TOKEN = randomBytes(24).toString('hex');
const installation = createInstallation({
  HEADGATE_METRICS_TOKEN: TOKEN,
  HEADGATE_LOG_LEVEL: 'trace',
});
let server: ServerProcess;
let origin: Origin;
let subuser: Credentials;
let resellers: ResellerClient;

beforeAll(async () => {
  [server, origin] = await Promise.all([installation.start(), startOrigin()]);
  resellers = new ResellerClient(server.apiUrl, installation.firstRun.key);
  subuser = await resellers.createSubuser('measured', 50);
});
afterAll(async () => {
  await installation.remove();
  await origin?.close();
});

const read = (token?: string) =>
  fetch(
    `${server.apiUrl}/metrics`,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );

async function page(): Promise<string> {
  const response = await read(TOKEN);
  expect(response.status).toBe(200);
  return response.text();
}

/** The sum over all samples of a metric whose labels hold these. */
function sumOf(text: string, name: string, ...labels: string[]): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  const meant = lines.filter((line) => labels.every((label) => line.includes(label)));
  return meant.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

/** Sends these bytes and waits for the end of the answer. */
async function say(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  socket.end(Buffer.from(text, 'latin1'));
  let answer = '';
  for await (const bytes of socket) answer += String(bytes);
  return answer;
}

describe('metrics', () => {
  test('only who has the token reads them; without one set there is no such page', async () => {
    expect((await read()).status).toBe(401);
    expect((await read('wrong')).status).toBe(401);
    expect((await read(installation.firstRun.key)).headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect((await read(TOKEN)).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const other = createInstallation();
    try {
      const { apiUrl } = await other.start();
      expect((await fetch(`${apiUrl}/metrics`)).status).toBe(404);
    } finally {
      await other.remove();
    }
  });

  test('count what was done, and name nobody', async () => {
    const before = await page();
    const tunnel = await Tunnel.open(server.gatewayUrl, subuser, origin.authority);
    expect(tunnel.status).toBe(200);
    expect(sumOf(await page(), 'headgate_gateway_tunnels_open')).toBe(1);
    await tunnel.close();
    expect(await download(server.gatewayUrl, subuser, origin.authority, 100_000)).toMatchObject({
      isComplete: true,
    });
    const wrong = await Tunnel.open(server.gatewayUrl, { ...subuser, password: 'wrong' }, origin.authority);
    expect(wrong.status).toBe(407);
    await wrong.close();
    await resellers.call('GET', '/bandwidth');
    const after = await page();
    const grown = (name: string, ...labels: string[]) =>
      sumOf(after, name, ...labels) - sumOf(before, name, ...labels);
    expect(grown('headgate_gateway_tunnels_opened_total', 'protocol="connect"')).toBe(2);
    expect(
      grown('headgate_gateway_bytes_total', 'product="residential"', 'direction="down"'),
    ).toBeGreaterThanOrEqual(100_000);
    expect(grown('headgate_gateway_refusals_total', 'reason="credentials-wrong"')).toBe(1);
    expect(grown('headgate_gateway_authentication_failures_total', 'reason="credentials-wrong"')).toBe(1);
    expect(grown('headgate_gateway_connect_seconds_count')).toBe(2);
    expect(grown('headgate_gateway_lease_request_seconds_count')).toBeGreaterThan(0);
    expect(
      grown(
        'headgate_api_requests_total',
        'dialect="eclipseproxy"',
        'route="/api/reseller/v1/bandwidth"',
        'status="200"',
      ),
    ).toBe(1);
    expect(grown('headgate_api_request_seconds_count', 'dialect="eclipseproxy"')).toBeGreaterThanOrEqual(1);
    expect(sumOf(after, 'headgate_ledger_transfer_number')).toBeGreaterThan(0);
    expect(sumOf(after, 'headgate_job_runs_total', 'job="lapse-leases"')).toBeGreaterThan(0);
    for (const word of ['measured', subuser.username, origin.authority]) expect(after).not.toContain(word);
  });

  test('a gateway without the API shows its own at its health port', async () => {
    const link = new FakeLink();
    const gateway = createGateway({ host: '127.0.0.1', port: 0, link });
    const parts = { gateway, core: undefined, calls: undefined, runsJobs: false };
    const health = createHealthServer(async () => [], processMetrics(TOKEN, parts));
    await new Promise<void>((resolve) => health.server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(health.server.address() as net.AddressInfo).port}/metrics`;
      expect((await fetch(url)).status).toBe(401);
      const response = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } });
      const text = await response.text();
      expect(text).toContain('headgate_gateway_tunnels_open 0\n');
      expect(text).not.toContain('headgate_api_');
    } finally {
      await health.close();
      await gateway.stop();
    }
  });

  test('show which exits are out', async () => {
    const closed = await startOrigin();
    await closed.close();
    const link = new FakeLink();
    link.exitSettings = [
      upstreamExit('http', Number(closed.authority.split(':')[1]), { name: 'gone' }),
      directExit({ name: 'here' }),
    ];
    const limits = { exitCheckEveryMs: 20 };
    const gateway = createGateway({ host: '127.0.0.1', port: 0, link, limits });
    try {
      await gateway.start();
      const metrics = new Metrics(TOKEN);
      addGatewayMetrics(metrics, gateway);
      const shown = async () => (await metrics.answer(`Bearer ${TOKEN}`)).body;
      await expect.poll(shown, { timeout: 10_000 }).toContain('headgate_exit_healthy{exit="gone"} 0\n');
      expect(sumOf(await shown(), 'headgate_exit_failures_total', 'exit="gone"')).toBeGreaterThanOrEqual(3);
      expect(await shown()).toContain('headgate_exit_healthy{exit="here"} 1\n');
    } finally {
      await gateway.stop();
    }
  });

  test('the dashboard asks for nothing that is not there', async () => {
    const text = await page();
    const dashboard = readFileSync(path.join(ROOT, 'docs/grafana/headgate.json'), 'utf8');
    const { panels } = JSON.parse(dashboard) as { panels: { targets?: { expr: string }[] }[] };
    const expressions = panels.flatMap((panel) => panel.targets ?? []).map(({ expr }) => expr);
    const names = new Set(
      expressions.flatMap((expr) => [...expr.matchAll(/([a-z][a-z0-9_]+)\{/g)].map(([, name]) => name!)),
    );
    expect(names.size).toBeGreaterThan(20);
    const kinds = new Map(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => [name!, kind!]),
    );
    const missing = [...names].filter((name) => {
      const histogram = name.replace(/_(bucket|sum|count)$/, '');
      return !kinds.has(name) && kinds.get(histogram) !== 'histogram';
    });
    expect(missing).toEqual([]);
    // And the other way round: what we count is shown.
    const own = [...kinds.keys()].filter((name) => name.startsWith('headgate_'));
    expect(own.filter((name) => !dashboard.includes(name))).toEqual([]);
  });
});

test('no secret is logged, whatever is done with it and at whatever level', async () => {
  const guess = `guess-${randomBytes(9).toString('hex')}`;
  const changed = `Changed-${randomBytes(9).toString('hex')}`;
  const { key, ownerPassword } = installation.firstRun;
  const brokenKey = `${key.slice(0, -6)}abcdef`;
  const secrets = [guess, changed, key, brokenKey, ownerPassword, TOKEN, subuser.password];
  const { gatewayUrl, apiUrl } = server;
  const target = `http://${origin.authority}/`;

  // Through the gateway, right and wrong, by every protocol, and broken off in the middle.
  for (const password of [subuser.password, guess]) {
    const credentials = { username: subuser.username, password };
    await curl(target, { gatewayUrl, credentials });
    await curl(target, { gatewayUrl: gatewayUrl.replace('http:', 'socks5h:'), credentials });
    const basic = Buffer.from(`${subuser.username}:${password}`).toString('base64');
    secrets.push(basic);
    const login = `Proxy-Authorization: Basic ${basic}\r\n`;
    await say(gatewayUrl, `CONNECT ${origin.authority} HTTP/1.1\r\n${login}Host: a\r\nHost: b\r\n\r\n`);
    await say(gatewayUrl, `GET ${target} HTTP/1.1\r\n${login}Bad Header: ${password}\r\n\r\n`);
    await say(gatewayUrl, `CONNECT 127.0.0.1:1 HTTP/1.1\r\n${login}\r\n`);
    await say(gatewayUrl, `GET http://${subuser.username}:${password}@${origin.authority}/ HTTP/1.1\r\n\r\n`);
  }
  // To the API: keys in every place that takes one, bodies that cannot be read, and the password itself.
  for (const candidate of [key, brokenKey]) {
    const client = new ResellerClient(apiUrl, candidate);
    await client.call('GET', '/bandwidth');
    await client.call('POST', '/subusers', { username: [candidate], password: guess });
    const response = await fetch(`${apiUrl}/api/reseller/v1/subusers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${candidate}`, 'content-type': 'application/json' },
      body: `{"username": "x", "password": ${guess}`,
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    await say(
      apiUrl,
      `GET /api/reseller/v1/bandwidth HTTP/1.1\r\nAuthorization: Bearer ${candidate}\r\nBad Header\r\n\r\n`,
    );
  }
  await resellers.setPassword(subuser.username, changed);
  secrets.push(Buffer.from(`${subuser.username}:${changed}`).toString('base64'));
  await curl(target, { gatewayUrl, credentials: { username: subuser.username, password: changed } });
  await read(guess);
  for (const [password, status] of [
    [ownerPassword, 200],
    [guess, 401],
  ] as const) {
    const response = await fetch(`${apiUrl}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: apiUrl },
      body: JSON.stringify({ email: 'owner@localhost', password }),
    });
    expect(response.status).toBe(status);
  }
  expect(await server.stop()).toBe(0);

  const log = server.stderr();
  // It is a log: lines of JSON that say something, but for those of the launcher.
  const lines = log.split('\n').filter((line) => line !== '' && !line.startsWith('headgate: '));
  const messages = lines.map((line) => (JSON.parse(line) as { msg?: string }).msg);
  expect(messages).toContain('the gateway is listening');
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});
