/**
 * client or target → net.Socket → consumer   memory of its own for every read
 * client or target ← net.Socket ← write      the socket's queue is empty, or the source waits
 *
 * The portable relay: public interfaces of Node only.
 */
import type net from 'node:net';
import { LegBase } from './leg-base.ts';

const KEEP_ALIVE_AFTER_MS = 30_000;

/** Options of every socket here: half-open so that one direction can end before the other; no delay for small packets. */
export const SOCKET_OPTIONS = {
  allowHalfOpen: true,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
} as const;

/** A leg on a public `net.Socket`. */
export class NetLeg extends LegBase {
  readonly #socket: net.Socket;
  #awaitingDrain = false;

  constructor(socket: net.Socket) {
    super();
    this.#socket = socket;
    socket.pause();
    socket.on('data', (bytes: Buffer) => {
      if (!this.deliver(bytes)) socket.pause();
    });
    socket.on('end', () => this.markEnded());
    socket.on('error', (error) => {
      this.error = error;
    });
    socket.on('close', () => this.markClosed());
  }

  get remoteAddress(): string {
    return this.#socket.remoteAddress ?? '';
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }

  get isDrained(): boolean {
    return this.#socket.writableLength === 0;
  }

  protected startReading(): void {
    this.#socket.resume();
  }

  protected stopReading(): void {
    this.#socket.pause();
  }

  write(bytes: Buffer): boolean {
    if (this.isClosed) return true;
    this.#socket.write(bytes, this.#written);
    // Nothing queued means that the kernel took it in the call: only then is the memory free again.
    if (this.#socket.writableLength === 0) return true;
    this.#awaitingDrain = true;
    return false;
  }

  finish(finished?: () => void): void {
    this.#socket.end(finished);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  reset(): void {
    this.#socket.resetAndDestroy();
  }

  readonly #written = (): void => {
    if (!this.#awaitingDrain || this.#socket.writableLength > 0 || this.isClosed) return;
    this.#awaitingDrain = false;
    this.onDrained?.();
  };
}
