/** A gateway on another machine, as the real program: it has the API's address and a node token, and no database. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../support/certificates.ts';
import { type Cuttable, startCuttable } from '../support/cuttable.ts';
import { type Origin, startOrigin } from '../support/origin.ts';
import { type Credentials, download, Tunnel } from '../support/proxy-clients.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, type Installation, type ServerProcess } from '../support/server-process.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const IN_FORCE_WITHIN_MS = 2_000;
const POLL = { interval: 20, timeout: IN_FORCE_WITHIN_MS };
/** Leases are good for 15 seconds after the last report that was answered. */
const LAPSED_WITHIN = { interval: 100, timeout: 30_000 };
const QUOTA_MB = 3;
const UPSTREAM_PASSWORD = 'Of-the-upstream-7261';

let origin: Origin;
let home: Installation;
let center: ServerProcess;
let road: Cuttable;
let machine: Installation;
let gateway: ServerProcess;
let token: string;
let client: ResellerClient;

beforeAll(async () => {
  [origin, home] = [await startOrigin(), createInstallation()];
  center = await home.start({}, '--roles', 'api,gateway,jobs');
  client = new ResellerClient(center.apiUrl, home.firstRun.key);
  road = await startCuttable(Number(new URL(center.apiUrl).port));
  token = await mint('gw1');
  machine = createInstallation({
    HEADGATE_CONTROL_URL: `http://127.0.0.1:${road.port}`,
    HEADGATE_NODE_TOKEN: token,
    // What is never in its log is looked for there at the end.
    HEADGATE_LOG_LEVEL: 'trace',
  });
  gateway = await machine.start({}, '--roles', 'gateway');
});
afterAll(async () => {
  await Promise.all([machine?.remove(), home?.remove()]);
  await Promise.all([road?.close(), origin?.close()]);
});

async function mint(name: string): Promise<string> {
  return (await home.cli('node', 'create', '--name', name, '--json')).json<{ secret: string }>().secret;
}

async function readiness(server: ServerProcess): Promise<{ status: number; problems: string[] }> {
  const response = await fetch(`${server.healthUrl}/readyz`);
  const { problems } = (await response.json()) as { problems: string[] };
  return { status: response.status, problems };
}

async function statusOf(credentials: Credentials | undefined): Promise<number> {
  const tunnel = await Tunnel.open(gateway.gatewayUrl, credentials, origin.authority);
  await tunnel.close();
  return tunnel.status;
}

const linesWith = (text: string, server = gateway) =>
  server
    .stderr()
    .split('\n')
    .filter((line) => line.includes(text)).length;

test('it starts without a database, and says how it is', async () => {
  expect(existsSync(path.join(machine.dataFolder, 'postgres'))).toBe(false);
  expect(machine.postgresPids()).toEqual([]);
  expect(gateway.stdout()).toMatch(/database {4}none: linked to http:/);
  expect((await fetch(`${gateway.healthUrl}/healthz`)).status).toBe(200);
  expect(await readiness(gateway)).toEqual({ status: 200, problems: [] });
  expect((await fetch(`${gateway.healthUrl}/api/control/v1/node`)).status).toBe(404);
  const shown = (await home.cli('node', 'show', 'gw1', '--json')).json();
  expect(shown).toMatchObject({ name: 'gw1', lastUsedFrom: '127.0.0.1', sessions: 1 });
  expect(shown).not.toHaveProperty('secret');
});

test('a quota used through it and the gateway at home at once is exact', async () => {
  const subuser = await client.createSubuser('shared', QUOTA_MB);
  const before = { ...origin.count };
  const gateways = [gateway.gatewayUrl, center.gatewayUrl] as const;
  const results = await Promise.all(gateways.map((url) => download(url, subuser, origin.authority, 1_000)));
  for (const result of results) expect(result.isComplete).toBe(true);
  const rush = Array.from({ length: 16 }, (_unused, index) =>
    download(gateways[index % 2 ? 1 : 0], subuser, origin.authority, 1_000_000),
  );
  results.push(...(await Promise.all(rush)));
  await expect.poll(() => origin.openConnections, { interval: 5, timeout: 10_000 }).toBe(0);
  const received = results.reduce((sum, result) => sum + result.receivedBytes, 0);
  expect(origin.since(before).receivedBytes + received).toBe(QUOTA_MB * 1_000_000);
  await expect
    .poll(() => client.bandwidth(subuser.username))
    .toMatchObject({ bandwidthUsed: QUOTA_MB, bandwidthRemaining: 0 });
  expect([402, 503]).toContain(await statusOf(subuser));
  // Added bandwidth is there at once.
  await client.moveBandwidth(subuser.username, 'ADD', 1);
  await expect.poll(() => statusOf(subuser), POLL).toBe(200);
});

test('passwords and whitelists that change are in force in time', async () => {
  const subuser = await client.createSubuser('changing', 5);
  const changed = { username: subuser.username, password: 'Changed-there-1' };
  const tunnel = await Tunnel.open(gateway.gatewayUrl, subuser, origin.authority);
  expect(tunnel.status).toBe(200);
  expect(await statusOf(changed)).toBe(407);
  await client.setPassword(subuser.username, changed.password);
  await expect.poll(() => tunnel.isClosed, POLL).toBe(true);
  await expect.poll(() => statusOf(subuser), POLL).toBe(407);
  await expect.poll(() => statusOf(changed), POLL).toBe(200);

  await client.changeWhitelist('POST', subuser.username, '127.0.0.1');
  await expect.poll(() => statusOf(undefined), POLL).toBe(200);
  const byAddress = await Tunnel.open(gateway.gatewayUrl, undefined, origin.authority);
  await client.changeWhitelist('DELETE', subuser.username, '127.0.0.1');
  await expect.poll(() => byAddress.isClosed, POLL).toBe(true);
  await expect.poll(() => statusOf(undefined), POLL).toBe(407);
});

test('limits, and the end of a subuser, are in force in time', async () => {
  const subuser = await client.createSubuser('limited', 5);
  const open = () => Tunnel.open(gateway.gatewayUrl, subuser, origin.authority);
  const limit = async (...limits: string[]) => {
    expect((await home.cli('subuser', 'limits', subuser.username, ...limits)).code).toBe(0);
  };
  const tunnels = [await open(), await open(), await open()];
  const stillOpen = () => tunnels.filter(({ isClosed }) => !isClosed).length;
  await limit('--max-tunnels', '2');
  await expect.poll(stillOpen, POLL).toBe(2);
  expect(await statusOf(subuser)).toBe(429);
  await limit('--deny', '127.0.0.0/8');
  await expect.poll(stillOpen, POLL).toBe(0);
  expect(await statusOf(subuser)).toBe(403);
  await limit('--clear', 'deny', 'max-tunnels');
  await expect.poll(() => statusOf(subuser), POLL).toBe(200);
  const last = await open();
  await client.deleteSubuser(subuser.username);
  await expect.poll(() => last.isClosed, POLL).toBe(true);
  await expect.poll(() => statusOf(subuser), POLL).toBe(407);
});

test('exits that are set up at home are used there in time', async () => {
  const { username, password } = await client.createSubuser('abroad', 5);
  const inGermany = { username: `${username}-country-de`, password };
  expect(await statusOf(inGermany)).toBe(502);
  const exit = ['berlin', '--kind', 'direct', '--source-address', '127.0.0.2', '--country', 'de'];
  expect((await home.cli('exit', 'create', ...exit)).code).toBe(0);
  await expect.poll(() => statusOf(inGermany), POLL).toBe(200);
  expect((await home.cli('exit', 'disable', 'berlin')).code).toBe(0);
  await expect.poll(() => statusOf({ username, password }), POLL).toBe(503);
  const upstream = ['paris', '--kind', 'http', '--host', '127.0.0.1', '--port', '1', '--username', 'us'];
  expect((await home.cli('exit', 'create', ...upstream, '--password', UPSTREAM_PASSWORD)).code).toBe(0);
  await expect.poll(() => statusOf({ username, password }), POLL).toBe(502);
  expect((await home.cli('exit', 'remove', 'paris')).code).toBe(0);
  expect((await home.cli('exit', 'remove', 'berlin')).code).toBe(0);
  await expect.poll(() => statusOf(inGermany), POLL).toBe(502);
  // One that is switched off leads nowhere either: only this tells that the last is gone.
  await expect.poll(() => statusOf({ username, password }), POLL).toBe(200);
});

test('with the link cut it goes on within its leases, then stops, and comes back', {
  timeout: 120_000,
}, async () => {
  const subuser = await client.createSubuser('cut', 50);
  const other = await client.createSubuser('unknown', 5);
  const tunnel = await Tunnel.open(gateway.gatewayUrl, subuser, origin.authority);
  tunnel.get('/paced/2000000/500/20', origin.authority);
  await expect.poll(() => tunnel.receivedBytes).toBeGreaterThan(2_000);
  const before = tunnel.receivedBytes;

  road.cut();
  // Known credentials serve; who is not known cannot be asked for.
  expect(await statusOf(subuser)).toBe(200);
  expect(await statusOf(other)).toBe(503);
  await expect.poll(() => tunnel.receivedBytes).toBeGreaterThan(before + 20_000);
  expect((await readiness(gateway)).status).toBe(200);

  await expect
    .poll(() => readiness(gateway), LAPSED_WITHIN)
    .toEqual({ status: 503, problems: ['the gateway has no link to the control side'] });
  const stoppedAt = tunnel.receivedBytes;
  expect(await statusOf(subuser)).toBe(503);
  expect((await fetch(`${gateway.healthUrl}/healthz`)).status).toBe(200);
  // A piece may have been taken before and be on its way.
  await expect.poll(() => tunnel.receivedBytes - stoppedAt < 1_000).toBe(true);
  expect(linesWith('the control link is away')).toBe(1);
  expect(linesWith('events of the control side are not heard')).toBe(1);

  road.mend();
  await expect.poll(() => readiness(gateway), { interval: 50 }).toMatchObject({ status: 200 });
  await expect.poll(() => tunnel.receivedBytes).toBeGreaterThan(stoppedAt + 20_000);
  await expect.poll(() => statusOf(other), POLL).toBe(200);
  await tunnel.close();
  // The stream of events has a pause of its own between attempts.
  await expect.poll(() => linesWith('events of the control side are heard again')).toBe(1);
  const { upBytes, downBytes } = await client.usedBytes(subuser.username);
  expect(upBytes + downBytes).toBeLessThanOrEqual(tunnel.receivedBytes + 1_000);
});

test('what changed while the link was cut is told when it is back', async () => {
  const subuser = await client.createSubuser('missed', 5);
  const tunnel = await Tunnel.open(gateway.gatewayUrl, subuser, origin.authority);
  road.cut();
  await client.setPassword(subuser.username, 'Changed-there-2');
  expect(await statusOf(subuser)).toBe(200);
  road.mend();
  await expect.poll(() => tunnel.isClosed, { interval: 20, timeout: 10_000 }).toBe(true);
  await expect.poll(() => statusOf(subuser), POLL).toBe(407);
});

describe.concurrent('while leases lapse', () => {
  test('a gateway that stops returns all it held; one whose node is revoked stops serving', {
    timeout: 120_000,
  }, async ({ expect }) => {
    const subuser = await client.createSubuser('last', 5);
    expect((await download(gateway.gatewayUrl, subuser, origin.authority, 100_000)).isComplete).toBe(true);
    expect(await gateway.stop()).toBe(0);
    const first = gateway;
    const leased = () =>
      home.query(async (sql) => {
        const [row] = await sql<{ leased: bigint }[]>`
          SELECT coalesce(sum(l.granted_bytes - l.reported_up_bytes - l.reported_down_bytes), 0)::bigint AS leased
            FROM lease l JOIN gateway_session g ON g.id = l.session_id WHERE l.closed_at IS NULL AND g.node_id IS NOT NULL`;
        return row!.leased;
      });
    expect(await leased()).toBe(0n);

    gateway = await machine.start({}, '--roles', 'gateway');
    expect((await download(gateway.gatewayUrl, subuser, origin.authority, 100_000)).isComplete).toBe(true);
    await home.cli('node', 'revoke', 'gw1');
    await expect.poll(() => linesWith('the control link is away'), POLL).toBe(1);
    expect(gateway.stderr()).toContain('refuses the node token');
    await expect.poll(async () => (await readiness(gateway)).status, LAPSED_WITHIN).toBe(503);
    expect(await statusOf(subuser)).toBe(503);
    // At home its leases lapse as if it had died.
    await expect.poll(leased, LAPSED_WITHIN).toBe(0n);
    await gateway.stop();
    expect((await home.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
    for (const log of [first.stderr(), gateway.stderr(), center.stderr()]) {
      for (const secret of [token, UPSTREAM_PASSWORD, subuser.password]) expect(log).not.toContain(secret);
    }
  });

  test('settings that cannot work are refused with a sentence', async ({ expect }) => {
    const cases: [Record<string, string>, string[], RegExp][] = [
      [
        { HEADGATE_NODE_TOKEN: `hg_node_${'x'.repeat(44)}` },
        ['--roles', 'gateway'],
        /refuses the node token/,
      ],
      [
        { HEADGATE_NODE_TOKEN: 'secret-thing' },
        ['--roles', 'gateway'],
        /HEADGATE_NODE_TOKEN: expected a token/,
      ],
      [{ HEADGATE_CONTROL_URL: '' }, ['--roles', 'gateway'], /HEADGATE_CONTROL_URL: expected the URL/],
      [{ HEADGATE_NODE_TOKEN: '' }, ['--roles', 'gateway'], /HEADGATE_NODE_TOKEN: expected a token/],
      [
        { HEADGATE_CONTROL_URL: 'http://192.0.2.1:8080' },
        ['--roles', 'gateway'],
        /http:\/\/ only to a loopback/,
      ],
      [
        { HEADGATE_CONTROL_URL: 'https://a:b@x.example' },
        ['--roles', 'gateway'],
        /HEADGATE_CONTROL_URL: expected/,
      ],
      [
        { HEADGATE_CONTROL_CA: '/nowhere.pem' },
        ['--roles', 'gateway'],
        /HEADGATE_CONTROL_CA: .* cannot be read/,
      ],
      [{}, ['--roles', 'api,gateway'], /HEADGATE_CONTROL_URL: it is for a gateway alone/],
    ];
    for (const [env, args, sentence] of cases) {
      const { code, stderr } = await machine.startInVain(env, ...args);
      expect(code).toBe(1);
      expect(stderr).toMatch(sentence);
      expect(stderr).not.toContain('secret-thing');
    }
  });
});

test('over TLS, where the API has a certificate', async () => {
  const folder = makeTempFolder('headgate-tls-');
  const { certificateFile, keyFile } = await makeCertificate(folder);
  const tls = { HEADGATE_API_TLS_CERT: certificateFile, HEADGATE_API_TLS_KEY: keyFile };
  expect(await center.stop()).toBe(0);
  const { code, stderr } = await home.startInVain({ ...tls, HEADGATE_API_TLS_KEY: certificateFile });
  expect(code).toBe(1);
  expect(stderr).toMatch(/HEADGATE_API_TLS_CERT, HEADGATE_API_TLS_KEY: /);
  center = await home.start(tls);
  expect(center.apiUrl).toMatch(/^https:/);
  const env = { HEADGATE_CONTROL_URL: center.apiUrl, HEADGATE_NODE_TOKEN: await mint('gw2') };

  // A certificate that nobody vouches for is none: the link is away, and nothing is served.
  const wary = await machine.start(env, '--roles', 'gateway');
  expect(await readiness(wary)).toMatchObject({ status: 503 });
  expect(linesWith('the control side is away', wary)).toBe(1);
  await wary.stop();
  const trusting = await machine.start(
    { ...env, HEADGATE_CONTROL_CA: certificateFile },
    '--roles',
    'gateway',
  );
  await expect.poll(async () => (await readiness(trusting)).status).toBe(200);
  const nobody = { username: 'DEMO_last', password: 'wrong' };
  const tunnel = await Tunnel.open(trusting.gatewayUrl, nobody, origin.authority);
  expect(tunnel.status).toBe(407);
  await tunnel.close();
  await trusting.stop();
});
