import { canonicalAddress, type Networks } from './addresses.ts';
import { refusal } from './answers.ts';
import { ByteReader } from './handshake/byte-reader.ts';
import { serveHttp } from './handshake/http.ts';
import { looksLikeProxyHeader, readProxyHeader } from './handshake/proxy-header.ts';
import { serveSocks4 } from './handshake/socks4.ts';
import { serveSocks5 } from './handshake/socks5.ts';
import type { Leg } from './leg.ts';
import type { GatewayLog } from './log.ts';
import type { Connection, Service } from './service.ts';
import type { ListenAddress, Listening } from './transport.ts';

type Handshake = (connection: Connection, service: Service) => Promise<void>;

/** The protocols that share the port are told apart by a connection's first byte. */
function handshakeFor(firstByte: number): Handshake | undefined {
  if (firstByte === 0x05) return serveSocks5;
  if (firstByte === 0x04) return serveSocks4;
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
  readonly #waiting = new Set<Connection>();
  #rejecting = 0;

  /** `introducers` are load balancers, which say before anything else whom they speak for. */
  constructor(service: Service, introducers: Networks, log: GatewayLog) {
    this.#service = service;
    this.#introducers = introducers;
    this.#log = log;
  }

  async listen(address: ListenAddress): Promise<ListenAddress> {
    this.#listening = await this.#service.transport.listen(address, {
      accepted: (client) => this.accept(client),
      failed: (error) => this.#log.warn({ err: error }, 'a connection could not be accepted'),
    });
    return this.#listening.address;
  }

  get isListening(): boolean {
    return this.#listening?.isListening ?? false;
  }

  /** Accepts no more, and closes the connections on which nothing is asked at the moment. */
  stop(): void {
    this.#listening?.close();
    for (const connection of [...this.#waiting]) connection.onStop?.();
  }

  /** `clientAddress` is what an introducer has said already, where the leg lies inside something else. */
  accept(client: Leg, clientAddress?: string): void {
    if (this.#service.isStopping) {
      client.destroy();
      return;
    }
    if (this.#service.clients.size >= this.#service.limits.clientConnections) {
      this.#reject(client);
      return;
    }
    const peerAddress = canonicalAddress(client.remoteAddress);
    const connection: Connection = {
      client,
      clientAddress: clientAddress ?? peerAddress,
      acceptedAtMs: this.#service.timers.nowMs(),
      onStop: undefined,
    };
    this.#service.clients.add(client);
    this.#waiting.add(connection);
    client.whenClosed(() => {
      this.#service.clients.delete(client);
      this.#waiting.delete(connection);
    });
    if (clientAddress === undefined && this.#introducers.has(peerAddress)) void this.#introduce(connection);
    else this.#greet(connection);
  }

  async #introduce(connection: Connection): Promise<void> {
    const { client } = connection;
    connection.onStop = () => client.destroy();
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
    connection.clientAddress = header.clientAddress ?? connection.clientAddress;
    this.#greet(connection);
  }

  #greet(connection: Connection): void {
    const { client } = connection;
    const drop = () => client.destroy();
    const timer = this.#service.timers.after(this.#service.limits.headTimeoutMs, drop);
    const forget = () => timer.cancel();
    client.whenClosed(forget);
    connection.onStop = drop;
    client.attach({
      data: (bytes) => {
        timer.cancel();
        client.forgetWhenClosed(forget);
        connection.onStop = undefined;
        client.detach(bytes);
        // From somebody who may not say it.
        const handshake = looksLikeProxyHeader(bytes) ? undefined : handshakeFor(bytes[0]!);
        if (handshake === undefined) drop();
        else void this.#serve(handshake, connection);
        return false;
      },
      end: drop,
      closed: () => {},
    });
  }

  async #serve(handshake: Handshake, connection: Connection): Promise<void> {
    try {
      await handshake(connection, this.#service);
    } catch (error) {
      // A fault of ours costs the one connection on which it happened.
      this.#log.warn({ err: error, client: connection.clientAddress }, 'a connection failed');
      connection.client.destroy();
    }
  }

  /** Above the limit: a quick 503, and for a flood of them not even that. */
  #reject(client: Leg): void {
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
    client.write(refusal('too-many-connections', { keepsClient: false }));
    client.finish();
  }
}
