import net from 'node:net';
import { NetLeg, SOCKET_OPTIONS } from './net-leg.ts';
import type { ListenTarget, Transport } from './transport.ts';

const BACKLOG = 1024;

export function portableTransport(): Transport {
  return {
    name: 'portable',
    listen(target, accepting) {
      return new Promise((resolve, reject) => {
        const server = net.createServer({ ...SOCKET_OPTIONS, pauseOnConnect: true }, (socket) =>
          accepting.accepted(new NetLeg(socket)),
        );
        server.once('error', reject);
        beginListening(server, target, () => {
          server.off('error', reject);
          server.on('error', accepting.failed);
          const bound = server.address() as net.AddressInfo;
          resolve({
            address: { host: bound.address, port: bound.port },
            get isListening() {
              return server.listening;
            },
            close: () => server.close(),
          });
        });
      });
    },
    connect(address, port, connected, source) {
      const target = { ...SOCKET_OPTIONS, host: address, port, autoSelectFamily: false };
      const socket = net.connect(source === undefined ? target : { ...target, localAddress: source });
      socket.once('connect', connected);
      return new NetLeg(socket);
    },
  };
}

export function beginListening(
  server: net.Server,
  { host, port, opened }: ListenTarget,
  listening: () => void,
): void {
  if (opened === undefined) server.listen({ host, port, backlog: BACKLOG }, listening);
  else if ('fd' in opened) server.listen({ fd: opened.fd, backlog: BACKLOG }, listening);
  else server.listen(opened.handle, BACKLOG, listening);
}
