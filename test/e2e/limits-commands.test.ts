/** Limits and live tunnels by command, beside a running server. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import { type Credentials, Tunnel } from '../support/proxy-clients.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, type ServerProcess } from '../support/server-process.ts';

const installation = createInstallation();
const { cli } = installation;
let server: ServerProcess;
let origin: Origin;
let subuser: Credentials;

beforeAll(async () => {
  [server, origin] = await Promise.all([installation.start(), startOrigin()]);
  subuser = await new ResellerClient(server.apiUrl, installation.firstRun.key).createSubuser('seen', 10);
});
afterAll(async () => {
  await installation.remove();
  await origin?.close();
});

const open = () => Tunnel.open(server.gatewayUrl, subuser, origin.authority);

test('limits are set, shown, in force within two seconds, and lifted', async () => {
  const unlimited = { maxTunnels: null, tunnelsPerSecond: null, bytesPerSecond: null, allow: [], deny: [] };
  expect((await cli('subuser', 'limits', subuser.username, '--json')).json()).toEqual(unlimited);
  const set = ['--max-tunnels', '1', '--mbit-per-second', '8.5', '--deny', 'Example.com', '*:25'];
  const limits = { ...unlimited, maxTunnels: 1, bytesPerSecond: 1_062_500, deny: ['example.com', '*:25'] };
  expect((await cli('subuser', 'limits', subuser.username, ...set, '--json')).json()).toEqual(limits);
  expect((await cli('subuser', 'limits', subuser.username)).stdout).toMatch(/bytes a second: +1,062,500\n/);
  const first = await open();
  expect(first.status).toBe(200);
  const second = await open();
  expect(second.status).toBe(429);
  await Promise.all([first.close(), second.close()]);
  const clear = ['--clear', 'max-tunnels', 'bytes-per-second', 'deny', '--json'];
  expect((await cli('subuser', 'limits', subuser.username, ...clear)).json()).toEqual(unlimited);
});

test('destinations for the installation and a reseller', async () => {
  const port = origin.authority.split(':')[1];
  for (const command of [
    ['gateway', 'limits'],
    ['reseller', 'limits', 'DEMO'],
  ]) {
    expect((await cli(...command, '--deny', `*:${port}`, '--json')).json()).toEqual({
      allow: [],
      deny: [`*:${port}`],
    });
    await expect
      .poll(
        async () => {
          const tunnel = await open();
          await tunnel.close();
          return tunnel.status;
        },
        { timeout: 2_000 },
      )
      .toBe(403);
    expect((await cli(...command, '--clear', 'deny', '--json')).json()).toEqual({ allow: [], deny: [] });
  }
});

test.each([
  [['subuser', 'limits', 'DEMO_nobody'], /Subuser not found/],
  [['subuser', 'limits', 'DEMO_seen', '--max-tunnels', '0'], /expected a whole number from 1/],
  [['subuser', 'limits', 'DEMO_seen', '--allow', 'not a host'], /allow must be/],
  [['subuser', 'limits', 'DEMO_seen', '--allow', 'a.test', '--clear', 'allow'], /both set and cleared/],
  [['subscription', 'limits', 'su_0', '--reseller', 'DEMO'], /Subscription not found/],
  [['reseller', 'limits', 'NOBODY', '--deny', ':1'], /No account NOBODY/],
  [['tunnel', 'cut'], /filter must be/],
  [['tunnel', 'list', '--limit', '0'], /expected a whole number from 1 to 10000/],
])('%j is refused', async (args, sentence) => {
  const { code, stdout, stderr } = await cli(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(sentence);
});

test('tunnels are listed and cut', async () => {
  const tunnel = await open();
  const [host, port] = origin.authority.split(':');
  const { total, tunnels } = (await cli('tunnel', 'list', '--subuser', subuser.username, '--json')).json<{
    total: number;
    tunnels: { tunnelId: string }[];
  }>();
  expect(total).toBe(1);
  expect(tunnels).toEqual([
    expect.objectContaining({ username: subuser.username, host, port: Number(port), storeCode: 'DEMO' }),
  ]);
  expect((await cli('tunnel', 'list')).stdout).toContain(origin.authority);
  expect((await cli('tunnel', 'cut', tunnels[0]!.tunnelId, '--json')).json()).toEqual({
    cut: 1,
    silentGateways: [],
  });
  await expect.poll(() => tunnel.isClosed).toBe(true);
  expect((await cli('tunnel', 'list')).stdout).toBe('Nothing is open.\n');
});
