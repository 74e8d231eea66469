import type net from 'node:net';
import { expect } from 'vitest';
import { createGateway, type Gateway, type GatewayOptions } from '../../../src/gateway/gateway.ts';
import type { GatewayLimits } from '../../../src/gateway/limits.ts';
import { silentLog } from '../../../src/gateway/log.ts';
import { chooseTransport } from '../../../src/gateway/transport.ts';
import { FakeLink } from './fake-link.ts';
import type { Origin } from './origins.ts';
import { RawClient } from './raw-client.ts';

export interface Rig {
  readonly gateway: Gateway;
  readonly link: FakeLink;
  readonly port: number;
  readonly tlsPort: number | undefined;
  readonly host: string;
  connect(): Promise<RawClient>;
  /** A tunnel that stands. */
  tunnel(authority: string, username?: string): Promise<RawClient>;
  adopt<Closing extends Origin>(origin: Closing): Closing;
  /** Until all connections are closed, targets have read what reached them, and everything is reported. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
}

/** Loopback is where the tests' targets live. */
export const ALLOW_LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** These tests run once on each relay: see vitest.config.ts. */
export const RELAY = process.env.HEADGATE_TEST_RELAY === 'portable' ? 'portable' : 'fast';

/** Quick enough for a test to wait for, slow enough for a busy machine. */
const TEST_LIMITS: Partial<GatewayLimits> = { reportEveryMs: 20, lingerMs: 1_000 };

export async function startRig(
  options: Omit<Partial<GatewayOptions>, 'link'> & { link?: FakeLink } = {},
): Promise<Rig> {
  const link = options.link ?? new FakeLink();
  const transport = await chooseTransport(RELAY, silentLog);
  const gateway = createGateway({
    host: '127.0.0.1',
    port: 0,
    allow: ALLOW_LOOPBACK,
    transport,
    ...options,
    link,
    limits: { ...TEST_LIMITS, ...options.limits },
  });
  const { host, port, tlsPort } = await gateway.start();
  const clients: RawClient[] = [];
  const origins: Origin[] = [];

  async function connect(): Promise<RawClient> {
    const client = await RawClient.connect(port);
    clients.push(client);
    return client;
  }

  return {
    gateway,
    link,
    port,
    tlsPort,
    host,
    connect,
    async tunnel(authority, username = 'alice') {
      const client = await connect();
      client.send(connectHead(authority, username));
      expect(await client.readHead()).toBe('HTTP/1.1 200 Connection Established\r\n\r\n');
      return client;
    },
    adopt(origin) {
      origins.push(origin);
      return origin;
    },
    async settled() {
      await eventually(() => {
        const { clientConnections, targetConnections, served } = gateway.stats();
        expect({ clientConnections, targetConnections, served }).toEqual({
          clientConnections: 0,
          targetConnections: 0,
          served: 0,
        });
      });
      // The gateway is done when the kernel has the bytes; the targets still have to read them.
      await eventually(() => {
        for (const origin of origins) expect([...origin.sockets].every(hasReadAll)).toBe(true);
      });
      const before = link.reports.length;
      // One report may have been under way; the second after now holds everything.
      await eventually(() => expect(link.reports.length).toBeGreaterThanOrEqual(before + 2));
    },
    async dispose() {
      for (const client of clients) client.destroy();
      await gateway.stop();
      for (const origin of origins) await origin.close();
      expect(gateway.stats()).toEqual({
        clientConnections: 0,
        targetConnections: 0,
        handshakes: 0,
        served: 0,
        paused: 0,
        leases: 0,
      });
      expect(link.breaches).toEqual([]);
    },
  };
}

function hasReadAll(socket: net.Socket): boolean {
  return socket.readableEnded || socket.destroyed;
}

export function basic(username: string, password = 'secret'): string {
  return `Proxy-Authorization: Basic ${Buffer.from(`${username}:${password}`).toString('base64')}\r\n`;
}

export function connectHead(authority: string, username = 'alice'): string {
  return `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${basic(username)}\r\n`;
}

/** Tries until it holds. Only for what has no event to wait for. */
export async function eventually(check: () => void, withinMs = 60_000): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    try {
      check();
      return;
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
