/** A thread that dies: another takes its place, and nothing of it counts twice. */
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { CarriedEvent } from '../../src/gateway/link/events.ts';
import type { Carrier } from '../../src/gateway/link/link.ts';
import { SocketCalls } from '../../src/gateway/socket-calls.ts';
import { ThreadedGateway } from '../../src/gateway/threads/threads.ts';
import { FakeLink } from '../support/gateway/fake-link.ts';
import { ALLOW_LOOPBACK, connectHead, RELAY } from '../support/gateway/harness.ts';
import { startEcho } from '../support/gateway/origins.ts';
import { RawClient } from '../support/gateway/raw-client.ts';

const MEGABYTE = 1_000_000;

/** A descriptor of a socket that is bound, and belongs to whoever uses it. */
function boundDescriptor(port: number): number {
  const socket = new SocketCalls().bind('127.0.0.1', port);
  expect(socket).toBeGreaterThan(0);
  return socket;
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('a thread that dies is replaced', async () => {
  const link = new FakeLink();
  link.addUser('alice', MEGABYTE);
  const listeners: ((event: CarriedEvent) => void)[] = [];
  const carrier: Carrier = {
    ask: ({ call, args }) => (link[call] as (...args: unknown[]) => Promise<unknown>).apply(link, [...args]),
    onEvent(listener) {
      listeners.push(listener);
      return () => void listeners.splice(listeners.indexOf(listener), 1);
    },
  };
  const port = await freePort();
  const warnings: string[] = [];
  const gateway = new ThreadedGateway({
    threads: 1,
    settings: { host: '127.0.0.1', port, allow: ALLOW_LOOPBACK },
    relay: RELAY,
    openSockets: async () => ({ plain: boundDescriptor(port) }),
    carrierFor: () => carrier,
    log: { info: () => {}, warn: (_fields, text) => warnings.push(text) },
  });
  onTestFinished(() => gateway.stop());
  const echo = await startEcho();
  onTestFinished(() => echo.close());
  expect((await gateway.start()).port).toBe(port);

  const clients: RawClient[] = [];
  async function echoed(): Promise<string> {
    const client = await RawClient.connect(port);
    onTestFinished(() => client.destroy());
    clients.push(client);
    client.send(connectHead(echo.authority));
    expect((await client.readResponse()).status).toBe(200);
    client.send('x');
    return String(await client.readBytes(1));
  }
  expect(await echoed()).toBe('x');
  expect(listeners).toHaveLength(1);
  await expect.poll(() => gateway.counters.opened.connect).toBe(1);

  // No link says such a thing: the thread knows no better than to die of it.
  listeners[0]!(null as unknown as CarriedEvent);
  await expect.poll(() => warnings).toContain('a thread of the gateway has died; another takes its place');
  await expect.poll(() => gateway.listening).toBe(true);
  expect(listeners).toHaveLength(1);
  // Its connections have died with it.
  await clients[0]!.closed();
  expect(await echoed()).toBe('x');
  await expect.poll(() => gateway.counters.opened.connect).toBe(2);
  expect(gateway.stats().clientConnections).toBe(1);
});
