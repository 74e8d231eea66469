import net from 'node:net';
import { NetLeg, SOCKET_OPTIONS } from './net-leg.ts';
import type { Transport } from './transport.ts';

const BACKLOG = 1024;

export function portableTransport(): Transport {
  return {
    name: 'portable',
    listen(address, accepting) {
      return new Promise((resolve, reject) => {
        const server = net.createServer({ ...SOCKET_OPTIONS, pauseOnConnect: true }, (socket) =>
          accepting.accepted(new NetLeg(socket)),
        );
        server.once('error', reject);
        server.listen({ host: address.host, port: address.port, backlog: BACKLOG }, () => {
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
