/** Live tunnels as an operator's own program sees and ends them: over the admin API of a running server, with traffic through its gateway. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Origin, startOrigin } from '../support/origin.ts';
import { type Credentials, Tunnel } from '../support/proxy-clients.ts';
import { ResellerClient } from '../support/reseller-client.ts';
import { createInstallation, type ServerProcess } from '../support/server-process.ts';

const installation = createInstallation();
let origin: Origin;
let server: ServerProcess;
let ownerKey: string;
let alice: Credentials;
let bob: Credentials;
let open: Tunnel[] = [];

interface Listed {
  status: number;
  total: number;
  tunnels: { tunnelId: string; username: string; upBytes: number; downBytes: number }[];
  silentGateways: string[];
}

async function ask<T>(
  method: 'GET' | 'POST',
  path: string,
  body: object | undefined,
  key: string,
): Promise<T> {
  const response = await fetch(`${server.apiUrl}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, ...((await response.json()) as object) } as T;
}

const admin = <T>(method: 'GET' | 'POST', path: string, body?: object, key = ownerKey) =>
  ask<T>(method, `/admin${path}`, body, key);
const list = (query = '') => admin<Listed>('GET', `/tunnels${query}`);
const cut = (what: object) => admin<{ cut: number }>('POST', '/tunnels/cut', what);

async function openTunnel(who: Credentials): Promise<Tunnel> {
  const tunnel = await Tunnel.open(server.gatewayUrl, who, origin.authority);
  expect(tunnel.status).toBe(200);
  open.push(tunnel);
  return tunnel;
}

/** Asks for a body and waits for some of it; answers the length of the request. */
async function download(tunnel: Tunnel, bytes: number): Promise<number> {
  const requestBytes = tunnel.get(`/bytes/${bytes}`, origin.authority);
  await expect.poll(() => tunnel.receivedBytes, { timeout: 10_000 }).toBeGreaterThan(bytes);
  return requestBytes;
}

beforeAll(async () => {
  [server, origin] = await Promise.all([installation.start(), startOrigin()]);
  const made = await installation.cli(
    ...['key', 'create', '--owner', 'owner@localhost', '--name', 'panel'],
    ...['--scopes', 'admin:read,admin:write', '--json'],
  );
  ownerKey = made.json<{ secret: string }>().secret;
  const reseller = new ResellerClient(server.apiUrl, installation.firstRun.key);
  alice = await reseller.createSubuser('alice', 50);
  bob = await reseller.createSubuser('bob', 50);
});
afterEach(async () => {
  await Promise.all(open.map((tunnel) => tunnel.close()));
  open = [];
});
afterAll(async () => {
  await installation.remove();
  await origin?.close();
});

describe('live tunnels', () => {
  test('who, to which host, bytes so far, since when', async () => {
    const tunnel = await openTunnel(alice);
    const upBytes = await download(tunnel, 200_000);
    const [host, port] = origin.authority.split(':');
    const { total, tunnels, silentGateways } = await list('?reseller=DEMO');
    expect({ total, silentGateways }).toEqual({ total: 1, silentGateways: [] });
    expect(tunnels[0]).toEqual({
      tunnelId: expect.stringMatching(/^t_/),
      username: alice.username,
      subscription: null,
      storeCode: 'DEMO',
      protocol: 'connect',
      host,
      port: Number(port),
      clientAddress: '127.0.0.1',
      upBytes,
      downBytes: tunnel.receivedBytes,
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      gateway: expect.any(String),
    });
  });

  test('one is cut by its id while it runs; the others go on', async () => {
    const [first, second, other] = [await openTunnel(alice), await openTunnel(alice), await openTunnel(bob)];
    await download(second, 10_000);
    const { tunnels } = await list(`?subuser=${alice.username}`);
    const busy = tunnels.find(({ downBytes }) => downBytes > 0)!;
    expect(await cut({ tunnelId: busy.tunnelId })).toMatchObject({ status: 200, cut: 1 });
    await second.closed;
    await download(first, 10_000);
    await download(other, 10_000);
    expect((await list()).tunnels.map(({ username }) => username).sort()).toEqual(
      [alice.username, bob.username].sort(),
    );
  });

  test('all of a subuser, or to a host; who may only read cuts nothing', async () => {
    const [first, second, other] = [await openTunnel(alice), await openTunnel(alice), await openTunnel(bob)];
    expect(await cut({ subuser: alice.username })).toMatchObject({ cut: 2 });
    await Promise.all([first.closed, second.closed]);
    const reader = await installation.cli(
      ...[
        'key',
        'create',
        '--owner',
        'owner@localhost',
        '--name',
        'reader',
        '--scopes',
        'admin:read',
        '--json',
      ],
    );
    const { secret } = reader.json<{ secret: string }>();
    const host = origin.authority.split(':')[0];
    expect(await admin('POST', '/tunnels/cut', { host }, secret)).toMatchObject({ status: 403 });
    expect(await cut({})).toMatchObject({ status: 400 });
    await download(other, 10_000);
    expect(await cut({ host })).toMatchObject({ cut: 1 });
    await other.closed;
    expect(await list()).toMatchObject({ total: 0, tunnels: [] });
  });

  test('a reseller sees and ends its own, and another’s are as if there were none', async () => {
    const scopes = ['--scopes', 'reseller:read,reseller:write', '--json'];
    const named = ['--store-code', 'RIVAL', '--store-name', 'Rival', '--email', 'rival@example.com'];
    await installation.cli('reseller', 'create', ...named);
    const made = await installation.cli('key', 'create', '--owner', 'RIVAL', '--name', 'x', ...scopes);
    await installation.cli('reseller', 'topup', 'RIVAL', '--product', 'residential', '--mb', '100');
    const rivalKey = made.json<{ secret: string }>().secret;
    const carol = await new ResellerClient(server.apiUrl, rivalKey).createSubuser('carol', 50);
    const [mine, theirs] = [await openTunnel(alice), await openTunnel(carol)];

    const own = (method: 'GET' | 'POST', path: string, body?: object) =>
      ask<Listed & { cut: number; isComplete: boolean }>(
        method,
        `/account${path}`,
        body,
        installation.firstRun.key,
      );
    const listed = await own('GET', '/tunnels');
    expect(listed).toMatchObject({ status: 200, total: 1, isComplete: true });
    expect(listed.tunnels).toMatchObject([{ username: alice.username, storeCode: 'DEMO' }]);
    expect(JSON.stringify(listed)).not.toMatch(/gateway/i);
    const host = origin.authority.split(':')[0]!;
    expect(await own('GET', `/tunnels?host=${host}&limit=1`)).toMatchObject({ total: 1 });

    const notFound = await own('GET', `/tunnels?subuser=${carol.username}`);
    expect(notFound).toEqual(await own('GET', '/tunnels?subuser=RIVAL_nobody'));
    expect(notFound).toMatchObject({ status: 404, code: 'subuser_not_found' });
    expect(await own('POST', '/tunnels/cut', { subuser: carol.username })).toMatchObject({ status: 404 });
    expect(await own('POST', '/tunnels/cut', {})).toMatchObject({ status: 400 });
    expect((await own('GET', '/tunnels?reseller=RIVAL')).status).toBe(400);
    const { tunnels } = await list('?reseller=RIVAL');
    expect(tunnels).toMatchObject([{ username: carol.username }]);
    expect(await own('POST', '/tunnels/cut', { tunnelId: tunnels[0]!.tunnelId })).toMatchObject({ cut: 0 });
    // To the host that both have open.
    expect(await own('POST', '/tunnels/cut', { host })).toMatchObject({
      status: 200,
      cut: 1,
      isComplete: true,
    });
    await mine.closed;
    await download(theirs, 10_000);
  });
});
