import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, test } from 'vitest';
import { machineAddresses } from '../../src/gateway/addresses.ts';
import { Destinations, type Resolution } from '../../src/gateway/destination.ts';
import { type Authority, parseAbsoluteTarget, parseAuthority } from '../../src/gateway/http/target.ts';
import { DEFAULT_LIMITS } from '../../src/gateway/limits.ts';
import type { Soon } from '../../src/gateway/service.ts';
import { connectHead, eventually, startRig } from '../support/gateway/harness.ts';
import { ManualTimers } from '../support/gateway/manual-timers.ts';
import { PRIVATE_NOTATIONS } from '../support/gateway/notations.ts';
import { startEcho } from '../support/gateway/origins.ts';

function destinations(
  answers: string[] = [],
  allow: string[] = [],
  denyPorts: number[] = [25],
): { resolve(authority: Authority): Soon<Resolution> } {
  const policy = { allow, denyPorts };
  const judge = new Destinations(
    policy,
    async () => answers,
    new ManualTimers(),
    DEFAULT_LIMITS,
    () => [],
  );
  return { resolve: (authority) => judge.resolve(authority, { subject: 'subuser:1', rules: undefined }) };
}

const PROHIBITED = { kind: 'refused', code: 'address-prohibited' };

test.each(PRIVATE_NOTATIONS)('%s is refused, as it stands and as a URL', async (host) => {
  expect(await destinations().resolve(parseAuthority(`${host}:80`))).toEqual(PROHIBITED);
  expect(await destinations().resolve(parseAbsoluteTarget('GET', `http://${host}/`))).toEqual(PROHIBITED);
});

test.each(PRIVATE_NOTATIONS.filter((host) => !/[xX]|^0|^\[|\.$|^\d+$|^127\.0?\.?1/.test(host)))(
  'a name that leads to %s is refused',
  async (address) => {
    expect(await destinations([address]).resolve({ host: 'name.example', port: 80 })).toEqual(PROHIBITED);
  },
);

test.each(PRIVATE_NOTATIONS.filter((host) => host.startsWith('[')))(
  'a name that leads to %s is refused',
  async (host) => {
    const address = host.slice(1, -1);
    expect(await destinations([address]).resolve({ host: 'name.example', port: 80 })).toEqual(PROHIBITED);
  },
);

test.each([
  ['8.8.8.8', '8.8.8.8'],
  ['134744072', '8.8.8.8'],
  ['[2606:4700::1111]', '2606:4700::1111'],
  ['[::ffff:8.8.8.8]', '8.8.8.8'],
  ['[64:ff9b::8.8.8.8]', '64:ff9b::808:808'],
  ['[2002:808:808::1]', '2002:808:808::1'],
])('%s is public, and connected to as %s', async (host, address) => {
  const resolution = await destinations().resolve(parseAuthority(`${host}:443`));
  expect(resolution).toEqual({ kind: 'addresses', addresses: [address] });
});

test('of a name with public and private addresses, the private ones are left out', async () => {
  const resolution = await destinations(['10.0.0.1', '8.8.8.8', '::1', '8.8.4.4']).resolve({
    host: 'a.example',
    port: 80,
  });
  expect(resolution).toEqual({ kind: 'addresses', addresses: ['8.8.8.8', '8.8.4.4'] });
});

test('allowed CIDRs open what lies in them, in every notation, and nothing else', async () => {
  const some = destinations([], ['10.1.0.0/16', 'fd00::/8']);
  for (const host of ['10.1.2.3', '[::ffff:10.1.2.3]', '167838211', '[fd00:ec2::254]']) {
    expect((await some.resolve(parseAuthority(`${host}:80`))).kind).toBe('addresses');
  }
  for (const host of ['10.2.2.3', '127.0.0.1', '[fc00::1]', '[64:ff9b::10.1.2.3]']) {
    expect(await some.resolve(parseAuthority(`${host}:80`))).toEqual(PROHIBITED);
  }
});

describe('what is at this machine', () => {
  const here = ['198.41.0.4', '2620:fe::fe'];
  function judge(allow: string[] = [], answers: string[] = []) {
    const timers = new ManualTimers();
    const policy = { allow, denyPorts: [] };
    const destinations = new Destinations(
      policy,
      async () => answers,
      timers,
      DEFAULT_LIMITS,
      () => here,
    );
    const asker = { subject: 'subuser:1', rules: undefined };
    return {
      timers,
      resolve: async (host: string) => destinations.resolve(parseAuthority(`${host}:443`), asker),
      judge: (host: string) => destinations.judge(parseAuthority(`${host}:443`), asker),
    };
  }
  const notations = [
    '198.41.0.4',
    '0xc6290004',
    '[::ffff:198.41.0.4]',
    '[64:ff9b::198.41.0.4]',
    '[2002:c629:4::1]',
    '[2620:fe::fe]',
    '[2620:fe:0::00fe]',
  ];

  test.each(notations)(
    '%s is refused although it is public, directly and through an upstream',
    async (host) => {
      expect(await judge().resolve(host)).toEqual(PROHIBITED);
      expect(await judge().judge(host)).toEqual(PROHIBITED);
    },
  );

  test('as the answer of a name too; its neighbours are served', async () => {
    expect(await judge([], ['198.41.0.4']).resolve('name.example')).toEqual(PROHIBITED);
    const both = await judge([], ['2620:fe::fe', '198.41.0.5']).resolve('name.example');
    expect(both).toEqual({ kind: 'addresses', addresses: ['198.41.0.5'] });
  });

  test('is open where it is allowed', async () => {
    expect((await judge(['198.41.0.4/32']).resolve('198.41.0.4')).kind).toBe('addresses');
  });

  test('is known soon when it changes', async () => {
    const some = judge();
    expect((await some.resolve('9.9.9.9')).kind).toBe('addresses');
    here.push('9.9.9.9');
    some.timers.skip(10_000);
    expect(await some.resolve('9.9.9.9')).toEqual(PROHIBITED);
    here.pop();
    some.timers.skip(10_000);
    expect((await some.resolve('9.9.9.9')).kind).toBe('addresses');
  });

  test('is what its interfaces say', () => {
    expect(machineAddresses()).toContain('127.0.0.1');
  });
});

test('port 25 is refused, also inside an allowed CIDR; the list is the operator’s', async () => {
  const refused = { kind: 'refused', code: 'port-prohibited' };
  expect(await destinations([], ['10.0.0.0/8']).resolve({ host: '10.0.0.1', port: 25 })).toEqual(refused);
  expect((await destinations([], [], []).resolve({ host: '8.8.8.8', port: 25 })).kind).toBe('addresses');
  expect(await destinations([], [], [6667]).resolve({ host: '8.8.8.8', port: 6667 })).toEqual(refused);
});

describe('on the wire', () => {
  async function ask(authority: string, options: Parameters<typeof startRig>[0] = {}) {
    const rig = await startRig(options);
    try {
      rig.link.addUser('alice', 1_000_000);
      const client = await rig.connect();
      client.send(connectHead(authority));
      const { status, head } = await client.readResponse();
      return { status, error: /Proxy-Status: headgate; error=(\w+)/.exec(head)?.[1] };
    } finally {
      await rig.dispose();
    }
  }

  test.each([
    ['10.0.0.1:80', 403, 'destination_ip_prohibited'],
    ['127.0.0.1:25', 403, 'http_request_denied'],
    ['127.0.0.1:1', 502, 'connection_refused'],
  ])('%s: %i %s', async (authority, status, error) => {
    expect(await ask(authority)).toEqual({ status, error });
  });

  test('a private answer of the resolver: 403', async () => {
    const answer = await ask('inside.example:80', { allow: [], resolver: async () => ['127.0.0.1'] });
    expect(answer).toEqual({ status: 403, error: 'destination_ip_prohibited' });
  });

  test('no answer, an error, and none in time: 502, 502, 504', async () => {
    expect(await ask('a.example:80', { resolver: async () => [] })).toEqual({
      status: 502,
      error: 'dns_error',
    });
    const failing = async () => {
      throw new Error('ENOTFOUND');
    };
    expect(await ask('a.example:80', { resolver: failing })).toEqual({ status: 502, error: 'dns_error' });
    const limits = { dnsTimeoutMs: 50 };
    const silent = () => new Promise<string[]>(() => {});
    expect(await ask('a.example:80', { resolver: silent, limits })).toEqual({
      status: 504,
      error: 'dns_timeout',
    });
  });

  test('an address that does not answer: 504', async () => {
    const deaf = await startDeafTarget();
    try {
      const answer = await ask(`127.0.0.1:${deaf.port}`, { limits: { connectTimeoutMs: 300 } });
      expect(answer).toEqual({ status: 504, error: 'connection_timeout' });
    } finally {
      deaf.stop();
    }
  });

  test('the address that was judged is dialled: the resolver is asked once, and its second answer is not used', async () => {
    let questions = 0;
    const rig = await startRig({
      allow: ['127.0.0.1/32'],
      resolver: async () => (++questions === 1 ? ['127.0.0.1'] : ['127.0.0.2']),
    });
    rig.link.addUser('alice', 1_000_000);
    const echo = rig.adopt(await startEcho());
    const client = await rig.tunnel(`rebinding.example:${echo.port}`);
    client.send('x');
    await client.readBytes(1);
    expect(questions).toBe(1);
    client.destroy();
    const again = await rig.connect();
    again.send(connectHead(`rebinding.example:${echo.port}`));
    expect((await again.readResponse()).status).toBe(403);
    expect(echo.connections).toBe(1);
    await rig.dispose();
  });

  test('an address that does not answer holds up those behind it for a moment only', async () => {
    const deaf = await startDeafTarget();
    const server = net.createServer((socket) => socket.end('here'));
    await new Promise<void>((resolve) => server.listen(deaf.port, '127.0.0.2', resolve));
    const rig = await startRig({
      resolver: async () => ['127.0.0.1', '127.0.0.1', '127.0.0.2'],
      limits: { connectTimeoutMs: 1e9 },
    });
    rig.link.addUser('alice', 1_000_000);
    const client = await rig.tunnel(`deaf.example:${deaf.port}`);
    expect((await client.readAll()).toString()).toBe('here');
    client.finish();
    await rig.settled();
    await rig.dispose();
    server.close();
    deaf.stop();
  });

  test('addresses are tried in order until one answers', async () => {
    const rig = await startRig({ resolver: async () => ['127.0.0.2', '127.0.0.3', '127.0.0.1'] });
    rig.link.addUser('alice', 1_000_000);
    const echo = rig.adopt(await startEcho());
    const client = await rig.tunnel(`many.example:${echo.port}`);
    client.send('x');
    await client.readBytes(1);
    await eventually(() => expect(echo.connections).toBe(1));
    await rig.dispose();
  });
});

/** Listens, never accepts, and has a full queue: the kernel drops what else comes. */
async function startDeafTarget(): Promise<{ port: number; stop: () => void }> {
  const script = `
    const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      require('node:fs').writeSync(1, String(server.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [bytes] = await once(child.stdout, 'data');
  const port = Number(bytes);
  const queued = Array.from({ length: 4 }, () =>
    net.connect({ port, host: '127.0.0.1' }).on('error', () => {}),
  );
  await Promise.all(queued.slice(0, 2).map((socket) => once(socket, 'connect')));
  return {
    port,
    stop() {
      for (const socket of queued) socket.destroy();
      child.kill('SIGKILL');
    },
  };
}
