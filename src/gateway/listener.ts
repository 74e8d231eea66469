import type { Networks } from '../shared/networks.ts';
import { canonicalAddress } from './addresses.ts';
import { type RefusalCode, refusal } from './answers.ts';
import { ByteReader } from './handshake/byte-reader.ts';
import { serveHttp } from './handshake/http.ts';
import { looksLikeProxyHeader, readProxyHeader } from './handshake/proxy-header.ts';
import { serveSocks4 } from './handshake/socks4.ts';
import { serveSocks5 } from './handshake/socks5.ts';
import type { Consumer, Leg } from './leg.ts';
import type { GatewayLog } from './log.ts';
import type { Connection, Service } from './service.ts';
import type { Strangers } from './strangers.ts';
import type { Timer } from './timers.ts';
import type { ListenAddress, Listening, ListenTarget } from './transport.ts';

/** Serves until the connection is closed, or somebody else's. A fault is told to `failed`, once. */
type Handshake = (connection: Connection, service: Service, failed: (error: unknown) => void) => void;

const socks5: Handshake = (connection, service, failed) => {
  serveSocks5(connection, service).catch(failed);
};
const socks4: Handshake = (connection, service, failed) => {
  serveSocks4(connection, service).catch(failed);
};

/** The protocols that share the port are told apart by a connection's first byte. */
function handshakeFor(firstByte: number): Handshake | undefined {
  if (firstByte === 0x05) return socks5;
  if (firstByte === 0x04) return socks4;
  const isLetter = (firstByte | 0x20) >= 0x61 && (firstByte | 0x20) <= 0x7a;
  // An HTTP method is a word. It may have an empty line before it, and a malformed one deserves its 400.
  const isPrintable = firstByte >= 0x20 && firstByte < 0x7f;
  return isLetter || isPrintable || firstByte === 0x0d || firstByte === 0x0a ? serveHttp : undefined;
}

/** How long a connection above the limit may take to read that it is one too many. */
const REJECTION_MS = 1_000;

/** Accepts clients, and finds out which handshake each of them speaks. */
export class Listener {
  readonly #service: Service;
  readonly #introducers: Networks;
  readonly #log: GatewayLog;
  #listening: Listening | undefined;
  #rejecting = 0;

  /** `introducers` are load balancers, which say before anything else whom they speak for. */
  constructor(service: Service, introducers: Networks, log: GatewayLog) {
    this.#service = service;
    this.#introducers = introducers;
    this.#log = log;
  }

  async listen(target: ListenTarget): Promise<ListenAddress> {
    this.#listening = await this.#service.transport.listen(target, {
      accepted: (client) => this.accept(client),
      failed: (error) => this.#log.warn({ err: error }, 'a connection could not be accepted'),
    });
    return this.#listening.address;
  }

  get isListening(): boolean {
    return this.#listening?.isListening ?? false;
  }

  /** Accepts no more. */
  close(): void {
    this.#listening?.close();
  }

  /** Closes the connections on which nothing is asked at the moment. */
  stop(): void {
    for (const connection of this.#service.clients) connection.onStop?.();
  }

  /** `clientAddress` is what an introducer has said already, where the leg lies inside something else. */
  accept(client: Leg, clientAddress?: string): void {
    if (this.#service.isStopping) {
      client.destroy();
      return;
    }
    const { clients, limits, delays } = this.#service;
    // Kept connections on which nothing is asked keep nobody out.
    if (clients.size >= limits.clientConnections && !delays.keepAlive.endFirst()) {
      this.#reject(client, 'too-many-connections');
      return;
    }
    const connection = new Incoming(client, clientAddress, this.#service.timers.nowMs());
    const place = clients.join(connection);
    client.whenClosed(() => {
      connection.becomesKnown();
      place.leave();
    });
    const mayIntroduce = clientAddress === undefined && !this.#introducers.isEmpty;
    if (mayIntroduce && this.#introducers.has(connection.clientAddress)) void this.#introduce(connection);
    else this.#greet(connection);
  }

  async #introduce(connection: Incoming): Promise<void> {
    const { client } = connection;
    const stop = () => client.destroy();
    connection.onStop = stop;
    const bytes = await new ByteReader(connection, this.#service).readUntil((received) => {
      const header = readProxyHeader(received);
      if (header.kind === 'incomplete') return undefined;
      return header.kind === 'header' ? header.bytes : received.length;
    });
    const header = bytes && readProxyHeader(bytes);
    if (header?.kind !== 'header') {
      client.destroy();
      return;
    }
    if (header.clientAddress !== undefined) connection.speaksFor(header.clientAddress);
    this.#greet(connection);
  }

  #greet(connection: Incoming): void {
    if (!connection.isStrangerTo(this.#service.strangers)) {
      this.#reject(connection.client, 'too-many-handshakes');
      return;
    }
    const giveUp = () => connection.client.destroy();
    const timer = this.#service.delays.head.after(giveUp);
    connection.onStop = giveUp;
    connection.client.attach(new Greeting(connection, timer, this));
  }

  /** The first bytes have come, and are held by the leg. */
  greeted(connection: Connection, bytes: Buffer): void {
    // A load balancer's words, from somebody who may not say them.
    const handshake = looksLikeProxyHeader(bytes) ? undefined : handshakeFor(bytes[0]!);
    if (handshake === undefined) connection.client.destroy();
    else this.#serve(handshake, connection);
  }

  #serve(handshake: Handshake, connection: Connection): void {
    // A fault of ours costs the one connection on which it happened.
    const failed = (error: unknown) => {
      this.#log.warn({ err: error, client: connection.clientAddress }, 'a connection failed');
      connection.client.destroy();
    };
    try {
      handshake(connection, this.#service, failed);
    } catch (error) {
      failed(error);
    }
  }

  /** Above the limit: a quick 503, and for a flood of them not even that. */
  #reject(client: Leg, code: RefusalCode): void {
    this.#service.counters.refused(code);
    if (this.#rejecting >= this.#service.limits.clientConnections) {
      client.destroy();
      return;
    }
    this.#rejecting += 1;
    const timer = this.#service.timers.after(REJECTION_MS, () => client.destroy());
    client.whenClosed(() => {
      timer.cancel();
      this.#rejecting -= 1;
    });
    client.attach({ data: () => true, end: () => {}, closed: () => {} });
    client.write(refusal(code, { keepsClient: false }));
    client.finish();
  }
}

class Incoming implements Connection {
  readonly client: Leg;
  readonly acceptedAtMs: number;
  onStop: (() => void) | undefined;
  #clientAddress: string | undefined;
  #strangers: Strangers | undefined;

  constructor(client: Leg, clientAddress: string | undefined, acceptedAtMs: number) {
    this.client = client;
    this.acceptedAtMs = acceptedAtMs;
    this.#clientAddress = clientAddress;
  }

  get clientAddress(): string {
    this.#clientAddress ??= canonicalAddress(this.client.remoteAddress);
    return this.#clientAddress;
  }

  speaksFor(clientAddress: string): void {
    this.#clientAddress = clientAddress;
  }

  /** False: there are too many already. */
  isStrangerTo(strangers: Strangers): boolean {
    if (!strangers.enter(this.clientAddress)) return false;
    this.#strangers = strangers;
    return true;
  }

  becomesKnown(): void {
    this.#strangers?.leave(this.clientAddress);
    this.#strangers = undefined;
  }
}

/** Waits for the first bytes. */
class Greeting implements Consumer {
  readonly #connection: Connection;
  readonly #timer: Timer;
  readonly #listener: Listener;

  constructor(connection: Connection, timer: Timer, listener: Listener) {
    this.#connection = connection;
    this.#timer = timer;
    this.#listener = listener;
  }

  data(bytes: Buffer): boolean {
    this.#timer.cancel();
    this.#connection.onStop = undefined;
    this.#connection.client.detach(bytes);
    this.#listener.greeted(this.#connection, bytes);
    return false;
  }

  end(): void {
    this.#connection.client.destroy();
  }

  closed(): void {
    this.#timer.cancel();
  }
}
