/** The main job: real clients send traffic through the gateway, and every byte of it is on the account, once. */
import { ProxyAgent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import { curl, proxyUrlOf, pythonRequests } from '../support/proxy-clients.ts';
import { ResellerClient, type WireSubuser } from '../support/reseller-client.ts';
import { createInstallation, type ServerProcess } from '../support/server-process.ts';

/** How soon what was relayed must be in the figures. */
const SHOWN_WITHIN_MS = 2_000;
const QUOTA_MB = 50;
const QUOTA_BYTES = QUOTA_MB * 1_000_000;
const DOWN_BYTES = 1_234_567;
const UP_BYTES = 345_678;

interface ShownSubuser {
  bandwidth: Record<string, { allocatedBytes: number; usedBytes: number; remainingBytes: number }>;
}

const installation = createInstallation();
let origin: Origin;
let server: ServerProcess;
let client: ResellerClient;

beforeAll(async () => {
  [origin, server] = await Promise.all([startOrigin(), installation.start()]);
  client = new ResellerClient(server.apiUrl, installation.firstRun.key);
});
afterAll(async () => {
  await Promise.all([installation.remove(), origin?.close()]);
});

/** Lets a new subuser do `work`, and compares what every door says with what passed the web server's connections. */
async function expectExactUsage(name: string, work: (subuser: WireSubuser) => Promise<void>): Promise<void> {
  const subuser = await client.createSubuser(name, QUOTA_MB);
  const before = { ...origin.count };
  await work(subuser);
  // The last bytes of TLS follow the answer.
  await expect.poll(() => origin.openConnections, { interval: 5, timeout: 5_000 }).toBe(0);
  const { receivedBytes, sentBytes } = origin.since(before);
  expect(receivedBytes).toBeGreaterThan(UP_BYTES);
  expect(sentBytes).toBeGreaterThan(DOWN_BYTES);

  await expect
    .poll(() => client.usedBytes(subuser.username), { interval: 20, timeout: SHOWN_WITHIN_MS })
    .toEqual({ upBytes: receivedBytes, downBytes: sentBytes });

  const usedBytes = receivedBytes + sentBytes;
  const inMegabytes = (bytes: number) => Math.floor(bytes / 10_000) / 100;
  expect(await client.bandwidth(subuser.username)).toMatchObject({
    bandwidthAllocated: QUOTA_MB,
    bandwidthUsed: inMegabytes(usedBytes),
    bandwidthRemaining: inMegabytes(QUOTA_BYTES - usedBytes),
  });
  const shown = (await installation.cli('subuser', 'show', subuser.username, '--json')).json<ShownSubuser>();
  expect(shown.bandwidth.residential).toEqual({
    allocatedBytes: QUOTA_BYTES,
    usedBytes,
    remainingBytes: QUOTA_BYTES - usedBytes,
  });
  expect(shown.bandwidth.mobile).toEqual({ allocatedBytes: 0, usedBytes: 0, remainingBytes: 0 });
  used.set(subuser.username, usedBytes);
}

const used = new Map<string, number>();

describe.each(['http', 'https'] as const)('over %s', (scheme) => {
  test('curl', async () => {
    await expectExactUsage(`curl_${scheme}`, async (credentials) => {
      const options = { gatewayUrl: server.gatewayUrl, certificateFile: origin.certificateFile, credentials };
      const down = await curl(`${origin[scheme]}/bytes/${DOWN_BYTES}`, options);
      expect(down).toMatchObject({ exitCode: 0, status: 200, bodyBytes: DOWN_BYTES });
      const upload = ['--data-binary', 'x'.repeat(UP_BYTES / 6), '-H', 'Expect:'];
      for (let call = 0; call < 6; call += 1) {
        const up = await curl(`${origin[scheme]}/upload`, { ...options, args: upload });
        expect(up).toMatchObject({ exitCode: 0, status: 200 });
      }
    });
  });

  test('requests of Python, on kept connections', async () => {
    await expectExactUsage(`python_${scheme}`, async (credentials) => {
      const base = origin[scheme];
      const answers = await pythonRequests(
        proxyUrlOf(server.gatewayUrl, credentials),
        origin.certificateFile,
        [
          { method: 'GET', url: `${base}/bytes/${DOWN_BYTES}`, upload: 0 },
          { method: 'POST', url: `${base}/upload`, upload: UP_BYTES },
          { method: 'GET', url: `${base}/bytes/0`, upload: 0 },
        ],
      );
      expect(answers.map(({ status, bytes }) => [status, bytes])).toEqual([
        [200, DOWN_BYTES],
        [200, String(UP_BYTES).length],
        [200, 0],
      ]);
      expect(answers[1]!.text).toBe(String(UP_BYTES));
    });
  });

  test.each([
    ['by CONNECT', true],
    ['forwarded where it can be', false],
  ])('undici, ten requests at once, %s', async (_how, proxyTunnel) => {
    await expectExactUsage(`undici_${scheme}_${proxyTunnel}`, async (credentials) => {
      const agent = new ProxyAgent({
        uri: proxyUrlOf(server.gatewayUrl, credentials),
        requestTls: { ca: origin.certificate },
        proxyTunnel,
      });
      try {
        await Promise.all(
          Array.from({ length: 10 }, async (_unused, index) => {
            const isUpload = index === 0;
            const path = isUpload ? 'upload' : `bytes/${DOWN_BYTES}`;
            const { statusCode, body } = await request(`${origin[scheme]}/${path}`, {
              dispatcher: agent,
              method: isUpload ? 'POST' : 'GET',
              body: isUpload ? Buffer.alloc(UP_BYTES) : null,
            });
            expect(statusCode).toBe(200);
            const { byteLength } = await body.arrayBuffer();
            expect(byteLength).toBe(isUpload ? String(UP_BYTES).length : DOWN_BYTES);
          }),
        );
      } finally {
        await agent.close();
      }
    });
  });
});

test('afterwards nothing is leased, and the ledger has consumed exactly what was relayed', async () => {
  expect(used.size).toBe(8);
  const readLedger = () =>
    installation.query(
      (sql) => sql<{ username: string; leased: bigint; consumed: bigint }[]>`
        SELECT s.username, leased.balance AS leased, consumed.balance AS consumed
          FROM subuser s JOIN subuser_bandwidth b ON b.subuser_id = s.id AND b.product = 'residential'
            JOIN ledger_account leased ON leased.id = b.leased_id
            JOIN ledger_account consumed ON consumed.id = b.consumed_id`,
    );
  const leasedBytes = async () => (await readLedger()).reduce((sum, row) => sum + row.leased, 0n);
  // A gateway keeps what it does not use for half a minute.
  await expect.poll(leasedBytes, { interval: 500, timeout: 90_000 }).toBe(0n);
  const consumed = new Map((await readLedger()).map((row) => [row.username, Number(row.consumed)]));
  expect(consumed).toEqual(used);
  expect((await installation.cli('ledger', 'verify', '--json')).json()).toMatchObject({ ok: true });
});
