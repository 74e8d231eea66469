/** Connections on which nobody was let in: so many, and no more, from one address and in all. */
import { afterEach, expect, test } from 'vitest';
import type { GatewayOptions } from '../../src/gateway/gateway.ts';
import { Strangers } from '../../src/gateway/strangers.ts';
import { connectHead, eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { type Origin, startEcho } from '../support/gateway/origins.ts';
import type { RawClient } from '../support/gateway/raw-client.ts';
import { proxyVersion1 } from '../support/gateway/socks.ts';

let rig: Rig;
let echo: Origin;

async function start(options: Omit<Partial<GatewayOptions>, 'link'>): Promise<void> {
  rig = await startRig(options);
  rig.link.addUser('alice', 1_000_000);
  echo = rig.adopt(await startEcho());
}
afterEach(() => rig?.dispose());

const handshakes = () => rig.gateway.stats().handshakes;

/** Silent, and in the middle of a request. */
async function holdTwo(): Promise<RawClient[]> {
  const clients = [await rig.connect(), await rig.connect()];
  clients[1]!.send('CONNECT example.com:443 HTTP/1.1\r\nHost: exa');
  await eventually(() => expect(handshakes()).toBe(2));
  return clients;
}

async function expectRefused(client: RawClient): Promise<void> {
  const { status, head } = await client.readResponse();
  expect(status).toBe(503);
  expect(head).toContain('error=connection_limit_reached');
}

test('one more of the same address gets a 503, whoever it is, and has a place when one is free', async () => {
  await start({ handshakesPerAddress: 2 });
  const served = await rig.tunnel(echo.authority);
  const [silent] = await holdTwo();
  await expectRefused(await rig.connect());
  // Who was let in before is not touched.
  served.send('still here');
  expect((await served.readBytes(10)).toString()).toBe('still here');
  expect(rig.gateway.counters.refusals['too-many-handshakes']).toBe(1);
  silent!.destroy();
  await eventually(() => expect(handshakes()).toBe(1));
  await rig.tunnel(echo.authority);
  expect(handshakes()).toBe(1);
});

test('in all, too', async () => {
  await start({ handshakes: 2 });
  await holdTwo();
  await expectRefused(await rig.connect());
});

test('a wrong login is no way in', async () => {
  await start({ handshakesPerAddress: 1 });
  const client = await rig.connect();
  client.send(connectHead(echo.authority, 'mallory'));
  expect((await client.readResponse()).status).toBe(407);
  await expectRefused(await rig.connect());
  client.send(connectHead(echo.authority));
  expect((await client.readResponse()).status).toBe(200);
  expect(handshakes()).toBe(0);
});

test('behind a load balancer the address is the one that it names', async () => {
  await start({ handshakesPerAddress: 1, proxyProtocolFrom: ['127.0.0.0/8'] });
  const from = async (address: string) => {
    const client = await rig.connect();
    client.send(proxyVersion1(address));
    return client;
  };
  await from('203.0.113.7');
  await eventually(() => expect(handshakes()).toBe(1));
  await expectRefused(await from('203.0.113.7'));
  const other = await from('203.0.113.8');
  other.send(connectHead(echo.authority));
  expect((await other.readResponse()).status).toBe(200);
});

test('neighbours of IPv6 count as one', () => {
  const strangers = new Strangers({ handshakes: 10, handshakesPerAddress: 1 });
  expect(strangers.enter('2001:db8::1')).toBe(true);
  expect(strangers.enter('2001:db8::2')).toBe(false);
  expect(strangers.enter('2001:db8:0:1::1')).toBe(true);
  strangers.leave('2001:db8::1');
  expect(strangers.enter('2001:db8::2')).toBe(true);
  expect(strangers.count).toBe(2);
});
