/** The other doors of the gateway, as an operator opens them and customers use them: SOCKS, and a TLS port. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificate, type PemFiles } from '../support/certificates.ts';
import { type Origin, startOrigin } from '../support/origin.ts';
import { curl } from '../support/proxy-clients.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, type ServerProcess } from '../support/server-process.ts';

const DOWN_BYTES = 1_234_567;

const installation = createInstallation();
let origin: Origin;
let server: ServerProcess;
let client: ResellerClient;
let pem: PemFiles;

beforeAll(async () => {
  origin = await startOrigin();
  pem = await makeCertificate(installation.dataFolder);
  server = await installation.start({
    HEADGATE_GATEWAY_TLS_PORT: '0',
    HEADGATE_GATEWAY_TLS_CERT: pem.certificateFile,
    HEADGATE_GATEWAY_TLS_KEY: pem.keyFile,
  });
  client = new ResellerClient(server.apiUrl, installation.firstRun.key);
});
afterAll(async () => {
  await Promise.all([installation.remove(), origin?.close()]);
});

const tlsUrl = () => /^ {2}TLS +(https:\S+)$/m.exec(server.stdout())![1]!;

test.each([
  ['socks5h', () => server.gatewayUrl.replace('http:', 'socks5h:'), []],
  ['an HTTPS proxy', () => tlsUrl(), ['--proxy-insecure']],
])('curl through %s: every byte is on the account, once', async (name, gatewayUrl, args) => {
  const credentials = await client.createSubuser(`door_${name.replaceAll(' ', '_').toLowerCase()}`, 50);
  const before = { ...origin.count };
  const options = { gatewayUrl: gatewayUrl(), certificateFile: origin.certificateFile, credentials, args };
  const down = await curl(`${origin.https}/bytes/${DOWN_BYTES}`, options);
  expect(down).toMatchObject({ exitCode: 0, status: 200, bodyBytes: DOWN_BYTES });
  await expect.poll(() => origin.openConnections, { interval: 5, timeout: 5_000 }).toBe(0);
  const { receivedBytes, sentBytes } = origin.since(before);
  await expect
    .poll(() => client.usedBytes(credentials.username), { interval: 20, timeout: 5_000 })
    .toEqual({ upBytes: receivedBytes, downBytes: sentBytes });
});

test('settings of the TLS port that cannot be used stop the start, and are named', async () => {
  expect(await server.stop()).toBe(0);
  const settings = {
    HEADGATE_GATEWAY_TLS_PORT: '0',
    HEADGATE_GATEWAY_TLS_CERT: pem.certificateFile,
    HEADGATE_GATEWAY_TLS_KEY: path.join(installation.dataFolder, 'not-there.pem'),
  };
  const { code, stdout, stderr } = await installation.startInVain(settings);
  expect({ code, isReady: stdout.includes('headgate ready') }).toEqual({ code: 1, isReady: false });
  expect(stderr).toMatch(/HEADGATE_GATEWAY_TLS_KEY: the TLS key .*not-there\.pem cannot be read: ENOENT/);
  expect(installation.postgresPids()).toEqual([]);

  const { HEADGATE_GATEWAY_TLS_CERT: _, ...incomplete } = settings;
  const halfSet = await installation.startInVain({
    ...incomplete,
    HEADGATE_GATEWAY_PROXY_PROTOCOL_FROM: 'everybody',
  });
  expect(halfSet.stderr).toContain('HEADGATE_GATEWAY_TLS_CERT: expected a PEM file');
  expect(halfSet.stderr).toContain('HEADGATE_GATEWAY_PROXY_PROTOCOL_FROM: expected comma-separated CIDRs');
});
