import dns from 'node:dns';
import net from 'node:net';
import { getSystemErrorMessage, getSystemErrorName } from 'node:util';
import { HandleLeg, HandleOffice, setOptions } from './handle-leg.ts';
import { openHandles, type TcpHandle } from './handles.ts';
import { ReadBuffers } from './read-buffers.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { Accepting, Listening, ListenTarget, Transport } from './transport.ts';

const BACKLOG = 4096;
/** Accepted connections have the options of the socket they were accepted on. */
const INHERITS_OPTIONS = process.platform === 'linux';

/** Throws where this Node has no such handles. */
export function fastTransport(timers: Timers = systemTimers): Transport {
  const office = new HandleOffice(openHandles(), new ReadBuffers(timers), timers);
  return {
    name: 'fast',
    async listen({ host: name, port, opened }, accepting) {
      const host = net.isIP(name) || opened ? name : (await dns.promises.lookup(name)).address;
      return listen(office, { host, port, opened }, accepting);
    },
    connect(address, port, connected, source) {
      const handle = office.handles.newSocket();
      const leg = new HandleLeg(handle, office);
      leg.connect(address, port, connected, source);
      return leg;
    },
  };
}

function listen(office: HandleOffice, { host, port, opened }: ListenTarget, accepting: Accepting): Listening {
  const server = opened && 'handle' in opened ? (opened.handle as TcpHandle) : office.handles.newServer();
  const check = (status: number, what: string) => {
    if (status === 0) return;
    server.close();
    throw systemError(status, `${what} ${host}:${port}`);
  };
  if (opened === undefined)
    check(net.isIPv6(host) ? server.bind6(host, port, 0) : server.bind(host, port), 'listen');
  else if ('fd' in opened) check(server.open(opened.fd), 'listen');
  server.onconnection = (status, handle) => {
    if (status !== 0 || handle === undefined) {
      accepting.failed(systemError(status, 'accept'));
      return;
    }
    if (!INHERITS_OPTIONS) setOptions(handle);
    accepting.accepted(new HandleLeg(handle, office));
  };
  check(server.listen(BACKLOG), 'listen');
  if (INHERITS_OPTIONS) setOptions(server);
  const bound: { address?: string; port?: number } = {};
  server.getsockname(bound);
  let isListening = true;
  return {
    address: { host: bound.address!, port: bound.port! },
    get isListening() {
      return isListening;
    },
    close() {
      if (isListening) server.close();
      isListening = false;
    },
  };
}

function systemError(status: number, what: string): Error {
  const code = getSystemErrorName(status);
  return Object.assign(new Error(`${what}: ${code}, ${getSystemErrorMessage(status)}`), { code });
}
