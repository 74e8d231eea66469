/** Gateways in threads of one process: one port, one quota, and one that dies takes nobody with it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificate } from '../support/certificates.ts';
import { type Origin, startOrigin } from '../support/origin.ts';
import { curl, download, Tunnel } from '../support/proxy-clients.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, type Installation, type ServerProcess } from '../support/server-process.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const RELAYS = ['fast', 'portable'] as const;
const QUOTA_MB = 50;
const TUNNELS = 64;
const METRICS_TOKEN = 'a-token-for-the-metrics-of-threads';

let origin: Origin;
let installation: Installation;
let server: ServerProcess;
let client: ResellerClient;
let certificateFile: string;

beforeAll(async () => {
  origin = await startOrigin();
  const pem = await makeCertificate(makeTempFolder('headgate-threads-'));
  certificateFile = pem.certificateFile;
  installation = createInstallation({
    HEADGATE_GATEWAY_THREADS: '2',
    HEADGATE_METRICS_TOKEN: METRICS_TOKEN,
    HEADGATE_GATEWAY_TLS_PORT: '0',
    HEADGATE_GATEWAY_TLS_CERT: pem.certificateFile,
    HEADGATE_GATEWAY_TLS_KEY: pem.keyFile,
    HEADGATE_GATEWAY_PROXY_PROTOCOL_FROM: '127.0.0.9',
  });
});
afterAll(async () => {
  await installation?.remove();
  await origin?.close();
});

test.each(RELAYS)(
  'two threads on the %s relay relay exactly 50 MB through 64 tunnels',
  { timeout: 120_000 },
  async (relay) => {
    server = await installation.start({ HEADGATE_GATEWAY_RELAY: relay });
    expect(server.stdout()).toContain(`relay       ${relay}`);
    client = new ResellerClient(server.apiUrl, installation.firstRun.key);
    const sessions = await installation.query(
      (sql) =>
        sql<{ name: string }[]>`SELECT name FROM gateway_session WHERE closed_at IS NULL ORDER BY name`,
    );
    expect(sessions.map(({ name }) => name)).toEqual(['local', 'local/1']);

    const subuser = await client.createSubuser(`threads${relay}`, QUOTA_MB);
    const before = { ...origin.count };
    const results = await Promise.all(
      Array.from({ length: TUNNELS }, () =>
        download(server.gatewayUrl, subuser, origin.authority, 1_000_000),
      ),
    );
    await expect.poll(() => origin.openConnections, { interval: 5, timeout: 20_000 }).toBe(0);
    const received = results.reduce((sum, result) => sum + result.receivedBytes, 0);
    expect(origin.since(before).receivedBytes + received).toBe(QUOTA_MB * 1_000_000);
    await expect
      .poll(() => client.bandwidth(subuser.username))
      .toMatchObject({ bandwidthUsed: QUOTA_MB, bandwidthRemaining: 0 });
    // The figures of both, added up.
    const relayed = async () => {
      const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
      const text = await (await fetch(`${server.apiUrl}/metrics`, { headers })).text();
      const values = text.matchAll(/^headgate_gateway_bytes_total\{[^}]*residential[^}]*\} (\d+)$/gm);
      return [...values].reduce((sum, [, value]) => sum + Number(value), 0);
    };
    await expect.poll(relayed).toBe(QUOTA_MB * 1_000_000);
    // Both had some of it.
    const shares = await installation.query(
      (sql) => sql<{ bytes: bigint }[]>`
      SELECT sum(l.reported_up_bytes + l.reported_down_bytes)::bigint AS bytes
        FROM lease l JOIN subuser s ON s.id = l.subuser_id WHERE s.username = ${subuser.username} GROUP BY l.session_id`,
    );
    expect(shares).toHaveLength(2);
    for (const { bytes } of shares) expect(bytes).toBeGreaterThan(0n);

    // Wrong credentials are counted together: twenty, and one more for every three seconds.
    const startedAtMs = performance.now();
    let wrong = 0;
    for (let guess = 0; guess < 60; guess += 1) {
      const credentials = { username: subuser.username, password: `guess${guess}` };
      const tunnel = await Tunnel.open(server.gatewayUrl, credentials, origin.authority);
      await tunnel.close();
      expect([407, 429]).toContain(tunnel.status);
      if (tunnel.status === 407) wrong += 1;
    }
    // A guess may be looked at before the other thread has told of the one before.
    const forgotten = (performance.now() - startedAtMs) / 3_000;
    expect(wrong).toBeLessThanOrEqual(22 + forgotten);
    expect(wrong).toBeGreaterThanOrEqual(19);

    const other = await client.createSubuser(`inside${relay}`, 5);
    const tlsUrl = /^ {2}TLS +(\S+)$/m.exec(server.stdout())![1]!;
    const inside = await curl(`${origin.http}/bytes/1000`, {
      gatewayUrl: tlsUrl,
      credentials: other,
      args: ['--proxy-cacert', certificateFile],
    });
    expect(inside).toMatchObject({ exitCode: 0, status: 200, bodyBytes: 1000 });
    const introduced = await curl(`${origin.http}/bytes/1000`, {
      gatewayUrl: server.gatewayUrl,
      credentials: other,
      args: ['--interface', '127.0.0.9', '--haproxy-protocol'],
    });
    expect(introduced.status).not.toBe(407);

    expect(await server.stop()).toBe(0);
    const [row] = await installation.query(
      (sql) => sql<{ open: bigint }[]>`SELECT count(*) AS open FROM gateway_session WHERE closed_at IS NULL`,
    );
    expect(row).toEqual({ open: 0n });
    expect((await installation.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
  },
);

test('a port that is taken stops the start with a sentence, with threads too', async () => {
  const { port } = new URL(origin.http);
  const { code, stderr } = await installation.startInVain({ HEADGATE_GATEWAY_PORT: port });
  expect(code).toBe(1);
  expect(stderr).toContain('EADDRINUSE');
});
