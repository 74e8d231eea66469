/** Traffic in this moment: tunnels through the gateways, to names that only an invented upstream knows. */
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Credentials, Tunnel } from '../support/proxy-clients.ts';
import { RESELLERS, TARGETS } from './business.ts';

const EVERY_MS = 250;
const SLOWEST_BYTES = 6_000;
const TUNNELS_PER_STORE = 8;
const TRIES = 30;
const REQUEST = Buffer.alloc(640);

/** A proxy that plays the targets, too: whoever is connected gets bytes at a pace of his own. */
export interface Upstream {
  port: number;
  close(): Promise<void>;
}

export async function startUpstream(): Promise<Upstream> {
  const sockets = new Set<net.Socket>();
  let count = 0;
  const server = net.createServer((socket) => {
    sockets.add(socket);
    count += 1;
    const piece = Buffer.alloc(SLOWEST_BYTES * (1 + ((count * 7) % 9)));
    let pacing: NodeJS.Timeout | undefined;
    // The first bytes are the gateway's CONNECT, which one packet holds.
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      pacing = setInterval(() => socket.writableLength === 0 && socket.write(piece), EVERY_MS);
      socket.resume();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(pacing);
      sockets.delete(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Opens tunnels of many customers over all gateways, which stay open. */
export async function openTunnels(
  gatewayUrls: readonly string[],
  logins: ReadonlyMap<string, Credentials>,
): Promise<void> {
  const whose = RESELLERS.flatMap(({ storeCode }, position) =>
    [...logins.values()]
      .filter(({ username }) => username.startsWith(`${storeCode}_`))
      .slice(0, Math.max(2, TUNNELS_PER_STORE - position * 2)),
  );
  const opening = whose.flatMap((login, index) =>
    Array.from({ length: 1 + (index % 3) }, (_, again) => {
      const place = index + again;
      const gatewayUrl = gatewayUrls[place % gatewayUrls.length]!;
      return open(gatewayUrl, login, TARGETS[(place * 3 + again) % TARGETS.length]!);
    }),
  );
  for (const { socket } of await Promise.all(opening)) {
    const asking = setInterval(() => socket.write(REQUEST), 1000);
    socket.on('close', () => clearInterval(asking));
  }
}

/** A gateway that has only just started, on a busy machine, may need more than one try. */
async function open(gatewayUrl: string, login: Credentials, target: string): Promise<Tunnel> {
  for (let tries = 1; ; tries += 1) {
    const tunnel = await Tunnel.open(gatewayUrl, login, target);
    if (tunnel.status === 200) return tunnel;
    await tunnel.close();
    if (tries === TRIES) throw new Error(`a gateway answered ${tunnel.status}`);
    await delay(1000);
  }
}
