/**
 * client ═ TLS ═ gateway   inside, everything that is spoken on the plain port
 *
 * Always on `net.Socket`: the processor time goes to the encryption.
 */
import net from 'node:net';
import tls from 'node:tls';
import type { Networks } from '../shared/networks.ts';
import { canonicalAddress } from './addresses.ts';
import { readProxyHeader } from './handshake/proxy-header.ts';
import type { Listener } from './listener.ts';
import type { GatewayLog } from './log.ts';
import { NetLeg, SOCKET_OPTIONS } from './net-leg.ts';
import { beginListening } from './net-transport.ts';
import type { Service } from './service.ts';
import { TlsCertificate, type TlsFiles } from './tls-certificate.ts';

import type { OpenedSocket } from './transport.ts';

export type { TlsFiles } from './tls-certificate.ts';

export class TlsListener {
  readonly #port: number;
  readonly #listener: Listener;
  readonly #introducers: Networks;
  readonly #service: Service;
  readonly #log: GatewayLog;
  readonly #certificate: TlsCertificate;
  readonly #server: net.Server;
  /** Load balancers' connections that have not said yet whom they speak for. */
  readonly #introducing = new Set<net.Socket>();

  constructor(
    tlsFiles: TlsFiles & { readonly port: number },
    listener: Listener,
    introducers: Networks,
    service: Service,
    log: GatewayLog,
  ) {
    this.#port = tlsFiles.port;
    this.#listener = listener;
    this.#introducers = introducers;
    this.#service = service;
    this.#log = log;
    this.#certificate = new TlsCertificate(tlsFiles, service.timers, service.limits.tlsFilesEveryMs, log);
    this.#server = net.createServer({ ...SOCKET_OPTIONS, pauseOnConnect: true }, (socket) =>
      this.#accept(socket),
    );
  }

  /** Rejects when the files cannot be used. */
  prepare(): Promise<void> {
    return this.#certificate.start();
  }

  /** Answers the port. */
  listen(host: string, opened?: OpenedSocket): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      beginListening(this.#server, { host, port: this.#port, opened }, () => {
        this.#server.off('error', reject);
        this.#server.on('error', (error) => this.#log.warn({ err: error }, 'the TLS port failed'));
        resolve((this.#server.address() as net.AddressInfo).port);
      });
    });
  }

  get isListening(): boolean {
    return this.#server.listening;
  }

  close(): void {
    this.#certificate.stop();
    this.#server.close();
  }

  /** Closes the connections that have not said for whom they speak. */
  stop(): void {
    for (const socket of this.#introducing) socket.destroy();
  }

  #accept(socket: net.Socket): void {
    if (this.#introducers.has(canonicalAddress(socket.remoteAddress ?? ''))) this.#introduce(socket);
    else this.#secure(socket);
  }

  /** In front of TLS, so on the socket itself: what is read beyond the header is put back. */
  #introduce(socket: net.Socket): void {
    const { timers, limits, isStopping } = this.#service;
    if (isStopping || this.#introducing.size >= limits.clientConnections) {
      socket.destroy();
      return;
    }
    this.#introducing.add(socket);
    const timer = timers.after(limits.headTimeoutMs, () => socket.destroy());
    let received = Buffer.alloc(0);
    const settle = () => {
      timer.cancel();
      this.#introducing.delete(socket);
      for (const [event, listener] of Object.entries(listeners)) socket.off(event, listener);
    };
    const listeners = {
      readable: () => {
        received = Buffer.concat([received, ...readAll(socket)]);
        const header = readProxyHeader(received);
        if (header.kind === 'incomplete') return;
        settle();
        if (header.kind === 'malformed') {
          socket.on('error', () => {});
          socket.destroy();
          return;
        }
        const rest = received.subarray(header.bytes);
        if (rest.length > 0) socket.unshift(rest);
        this.#secure(socket, header.clientAddress ?? canonicalAddress(socket.remoteAddress ?? ''));
      },
      end: () => socket.destroy(),
      error: () => {},
      close: settle,
    };
    for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  }

  #secure(socket: net.Socket, clientAddress = canonicalAddress(socket.remoteAddress ?? '')): void {
    this.#listener.accept(new NetLeg(new SecureSocket(socket, this.#certificate.context)), clientAddress);
  }
}

function readAll(socket: net.Socket): Buffer[] {
  const pieces: Buffer[] = [];
  for (let piece: Buffer | null = socket.read(); piece !== null; piece = socket.read()) pieces.push(piece);
  return pieces;
}

/** The gateway's side of a TLS connection. A handshake that goes wrong closes it. */
class SecureSocket extends tls.TLSSocket {
  readonly #carrier: net.Socket;

  constructor(carrier: net.Socket, secureContext: tls.SecureContext) {
    super(carrier, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
    this.#carrier = carrier;
  }

  /** TLS has no reset of its own. */
  override resetAndDestroy(): this {
    this.#carrier.resetAndDestroy();
    return this;
  }
}
