/** client ── 127.0.0.1:port ── target, until it is cut: then every connection breaks, and new ones are refused. */
import net from 'node:net';

export interface Cuttable {
  readonly port: number;
  cut(): void;
  mend(): void;
  /** From now on nothing goes through the connection that comes to the target from this port, and nobody is told. */
  silence(localPort: number): void;
  close(): Promise<void>;
}

export async function startCuttable(targetPort: number): Promise<Cuttable> {
  const sockets = new Set<net.Socket>();
  const clients = new Map<net.Socket, net.Socket>();
  let isCut = false;
  const keep = (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  };
  const server = net.createServer((client) => {
    keep(client);
    if (isCut) {
      client.resetAndDestroy();
      return;
    }
    const target = net.connect({ host: '127.0.0.1', port: targetPort });
    keep(target);
    clients.set(target, client);
    client.pipe(target).pipe(client);
    client.once('close', () => target.destroy());
    target.once('close', () => {
      clients.delete(target);
      client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    cut,
    mend: () => {
      isCut = false;
    },
    silence: (localPort) => {
      for (const [target, client] of clients) {
        if (target.localPort !== localPort) continue;
        client.unpipe(target).pause();
        target.unpipe(client).pause();
      }
    },
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}
