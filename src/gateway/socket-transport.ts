import dns from 'node:dns';
import net from 'node:net';
import os from 'node:os';
import { getSystemErrorMessage, getSystemErrorName } from 'node:util';
import { IN, SocketCalls, WOULD_BLOCK } from './socket-calls.ts';
import { KEEP_ALIVE_AFTER_SECONDS, peerText, SocketLeg, SocketOffice } from './socket-leg.ts';
import type { Polled } from './socket-poller.ts';
import { systemTimers, type Timer, type Timers } from './timers.ts';
import type { Accepting, ListenAddress, Listening, ListenTarget, Transport } from './transport.ts';

const BACKLOG = 4096;
/** In a row, before others have their turn; of a socket that threads share, one: what comes at once is for all of them. */
const MOST_ACCEPTED = { alone: 64, shared: 1 };
/** The system has no room for one more connection: the next attempt. */
const NO_ROOM_MS = 100;
const { ECONNABORTED, EINTR, EPROTO } = os.constants.errno;
/** It is gone by itself; perhaps another one waits. */
const GONE = new Set([-ECONNABORTED, -EINTR, -EPROTO]);

export interface FastOptions {
  readonly timers?: Timers;
  /** By descriptor: 1 where this transport has it open. Whoever outlives its thread closes what is left; see `closeLeftOpen`. */
  readonly opened?: Uint8Array | undefined;
}

/** Throws where this system, or this Node, does not have what it takes. */
export function fastTransport({ timers = systemTimers, opened }: FastOptions = {}): Transport {
  const office = new SocketOffice(timers, opened);
  return {
    name: 'fast',
    async listen(target, accepting) {
      const { host: name, opened } = target;
      const host = net.isIP(name) || opened ? name : (await dns.promises.lookup(name)).address;
      return new SocketListening(office, { ...target, host }, accepting, timers);
    },
    connect(address, port, connected, source) {
      const leg = new SocketLeg(office);
      leg.connect(address, port, connected, source);
      return leg;
    },
  };
}

/** Connections of a thread that has died are nobody's: its peers would wait for ever. */
export function closeLeftOpen(opened: Uint8Array): void {
  let calls: SocketCalls | undefined;
  for (let fd = opened.indexOf(1); fd >= 0; fd = opened.indexOf(1, fd)) {
    calls ??= new SocketCalls();
    opened[fd] = 0;
    calls.close(fd);
  }
}

class SocketListening implements Listening, Polled {
  readonly address: ListenAddress;
  readonly fd: number;
  readonly #office: SocketOffice;
  readonly #accepting: Accepting;
  readonly #timers: Timers;
  /** Node's own handle of the socket, where that is who opened it. */
  readonly #handle: { close(): void } | undefined;
  readonly #mostAccepted: number;
  #isListening = true;
  #pause: Timer | undefined;

  constructor(
    office: SocketOffice,
    { host, port, opened }: ListenTarget,
    accepting: Accepting,
    timers: Timers,
  ) {
    this.#office = office;
    this.#accepting = accepting;
    this.#timers = timers;
    const { calls } = office;
    this.#mostAccepted = opened !== undefined && 'fd' in opened ? MOST_ACCEPTED.shared : MOST_ACCEPTED.alone;
    if (opened !== undefined && 'handle' in opened) {
      const handle = opened.handle as { fd: number; close(): void };
      this.#handle = handle;
      this.fd = handle.fd;
    } else {
      this.fd = opened?.fd ?? calls.bind(host, port);
      if (this.fd < 0) throw systemError(this.fd, `listen ${host}:${port}`);
      office.opened(this.fd);
    }
    // Accepted connections have the options of the socket they were accepted on.
    calls.setNoDelay(this.fd);
    calls.setKeepAlive(this.fd, KEEP_ALIVE_AFTER_SECONDS);
    const status = Math.min(calls.listen(this.fd, BACKLOG), office.poller.add(this, IN));
    if (status < 0) {
      this.close();
      throw systemError(status, `listen ${host}:${port}`);
    }
    const own = calls.ownAddress(this.fd);
    this.address = { host: peerText(own.address), port: own.port };
  }

  get isListening(): boolean {
    return this.#isListening;
  }

  close(): void {
    if (!this.#isListening) return;
    this.#isListening = false;
    this.#pause?.cancel();
    this.#office.poller.remove(this.fd, true);
    if (this.#handle !== undefined) {
      this.#handle.close();
      return;
    }
    this.#office.closing(this.fd);
    this.#office.calls.close(this.fd);
  }

  ready(): void {
    const { calls } = this.#office;
    for (let count = 0; count < this.#mostAccepted && this.#isListening; count += 1) {
      const fd = calls.accept(this.fd);
      if (fd >= 0) {
        const leg = new SocketLeg(this.#office);
        leg.accepted(fd, calls.peer());
        this.#accepting.accepted(leg);
      } else if (!GONE.has(fd)) {
        if (fd !== WOULD_BLOCK) this.#failed(fd);
        return;
      }
    }
  }

  goOn(): void {}

  /** Out of descriptors, most often. Who waits is told of as long as nobody accepts, so it is not listened to for a moment. */
  #failed(status: number): void {
    this.#accepting.failed(systemError(status, 'accept'));
    this.#office.poller.change(this.fd, 0);
    this.#pause ??= this.#timers.after(NO_ROOM_MS, () => {
      this.#pause = undefined;
      this.#office.poller.change(this.fd, IN);
    });
  }
}

function systemError(status: number, what: string): Error {
  const code = getSystemErrorName(status);
  return Object.assign(new Error(`${what}: ${code}, ${getSystemErrorMessage(status)}`), { code });
}
