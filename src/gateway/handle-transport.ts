import dns from 'node:dns';
import net from 'node:net';
import { getSystemErrorMessage, getSystemErrorName } from 'node:util';
import { Acceptors, type LoopWork, loopWork } from './acceptors.ts';
import { HandleLeg, HandleOffice, setOptions } from './handle-leg.ts';
import { openHandles, type TcpHandle } from './handles.ts';
import { ReadBuffers } from './read-buffers.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { Accepting, ListenAddress, Listening, ListenTarget, Transport } from './transport.ts';

const BACKLOG = 4096;
/** Accepted connections have the options of the socket they were accepted on. */
const INHERITS_OPTIONS = process.platform === 'linux';

/** Throws where this Node has no such handles. */
export function fastTransport(timers: Timers = systemTimers, work: () => LoopWork = loopWork): Transport {
  const office = new HandleOffice(openHandles(), new ReadBuffers(timers), timers);
  return {
    name: 'fast',
    async listen(target, accepting) {
      const { host: name, opened } = target;
      const host = net.isIP(name) || opened ? name : (await dns.promises.lookup(name)).address;
      return new HandleListening(office, { ...target, host }, accepting, timers, work);
    },
    connect(address, port, connected, source) {
      const handle = office.handles.newSocket();
      const leg = new HandleLeg(handle, office);
      leg.connect(address, port, connected, source);
      return leg;
    },
  };
}

class HandleListening implements Listening {
  readonly address: ListenAddress;
  readonly #office: HandleOffice;
  readonly #accepting: Accepting;
  readonly #server: TcpHandle;
  readonly #acceptors: Acceptors | undefined;
  #isListening = true;

  constructor(
    office: HandleOffice,
    { host, port, opened, copySocket }: ListenTarget,
    accepting: Accepting,
    timers: Timers,
    work: () => LoopWork,
  ) {
    this.#office = office;
    this.#accepting = accepting;
    const server = opened && 'handle' in opened ? (opened.handle as TcpHandle) : office.handles.newServer();
    this.#server = server;
    const check = (status: number, what: string) => {
      if (status === 0) return;
      server.close();
      throw systemError(status, `${what} ${host}:${port}`);
    };
    if (opened === undefined)
      check(net.isIPv6(host) ? server.bind6(host, port, 0) : server.bind(host, port), 'listen');
    else if ('fd' in opened) check(server.open(opened.fd), 'listen');
    if (copySocket !== undefined) {
      this.#acceptors = new Acceptors(timers, work, async () => {
        const copy = (await copySocket(server)) as TcpHandle | undefined;
        if (copy !== undefined) this.#listenAt(copy);
        return copy;
      });
    }
    check(this.#listenAt(server), 'listen');
    if (INHERITS_OPTIONS) setOptions(server);
    const bound: { address?: string; port?: number } = {};
    server.getsockname(bound);
    this.address = { host: bound.address!, port: bound.port! };
  }

  get isListening(): boolean {
    return this.#isListening;
  }

  close(): void {
    if (!this.#isListening) return;
    this.#isListening = false;
    this.#server.close();
    this.#acceptors?.close();
  }

  #listenAt(server: TcpHandle): number {
    server.onconnection = (status, handle) => {
      if (status !== 0 || handle === undefined) {
        this.#accepting.failed(systemError(status, 'accept'));
        return;
      }
      this.#acceptors?.accepted();
      if (!INHERITS_OPTIONS) setOptions(handle);
      this.#accepting.accepted(new HandleLeg(handle, this.#office));
    };
    return server.listen(BACKLOG);
  }
}

function systemError(status: number, what: string): Error {
  const code = getSystemErrorName(status);
  return Object.assign(new Error(`${what}: ${code}, ${getSystemErrorMessage(status)}`), { code });
}
