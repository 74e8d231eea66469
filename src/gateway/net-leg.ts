import net from 'node:net';
import type { Consumer, Leg } from './leg.ts';
import type { ReadBuffers } from './read-buffers.ts';

const KEEP_ALIVE_AFTER_MS = 30_000;

/** Options of every socket here: half-open so that one direction can end before the other; no delay for small packets. */
export const SOCKET_OPTIONS = {
  allowHalfOpen: true,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
} as const;

/** A leg on a public `net.Socket`. */
export class NetLeg implements Leg {
  readonly #socket: net.Socket;
  readonly #closeListeners = new Set<() => void>();
  #consumer: Consumer | undefined;
  /** Grows with every attach and detach: tells whether a consumer replaced itself while it was being called. */
  #attachments = 0;
  #flowing = false;
  #delivering = false;
  #held: Buffer | undefined;
  #ended = false;
  #endDelivered = false;
  #closed = false;
  #error: Error | undefined;
  #awaitingDrain = false;
  onDrained: (() => void) | undefined;

  /** A connection that a client has opened. */
  static accepted(socket: net.Socket): NetLeg {
    socket.pause();
    const leg = new NetLeg(socket);
    socket.on('data', (bytes: Buffer) => {
      if (!leg.#receive(bytes)) socket.pause();
    });
    return leg;
  }

  /**
   * A connection to a target. `connected` is called once it stands; when it cannot, the leg closes instead.
   * Targets send most of the bytes, so these are read into a buffer of ours: fewer, larger reads and no garbage.
   */
  static connecting(address: string, port: number, buffers: ReadBuffers, connected: () => void): NetLeg {
    const reading = buffers.forConnection();
    let leg: NetLeg | undefined;
    const socket = net.connect({
      ...SOCKET_OPTIONS,
      host: address,
      port,
      autoSelectFamily: false,
      onread: {
        buffer: () => reading.current(),
        callback: (length, memory) => {
          reading.moved(length);
          return leg!.#receive(Buffer.from(memory.buffer, memory.byteOffset, length));
        },
      },
    });
    socket.pause();
    leg = new NetLeg(socket);
    leg.whenClosed(() => reading.release());
    socket.once('connect', connected);
    return leg;
  }

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on('end', () => {
      this.#ended = true;
      this.#deliverEnd();
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => {
      this.#closed = true;
      this.#held = undefined;
      for (const listener of this.#closeListeners) listener();
      this.#consumer?.closed(this.#error);
    });
  }

  get remoteAddress(): string {
    return this.#socket.remoteAddress ?? '';
  }

  get isClosed(): boolean {
    return this.#closed || this.#socket.destroyed;
  }

  get hasEnded(): boolean {
    return this.#ended && this.#held === undefined;
  }

  get hasHeldBytes(): boolean {
    return this.#held !== undefined;
  }

  get isDrained(): boolean {
    return this.#socket.writableLength === 0;
  }

  get error(): Error | undefined {
    return this.#error;
  }

  attach(consumer: Consumer): void {
    this.#consumer = consumer;
    const attachment = ++this.#attachments;
    this.#endDelivered = false;
    if (this.#closed) {
      consumer.closed(this.#error);
      return;
    }
    this.#flowing = true;
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) this.#receive(held);
    if (this.#attachments !== attachment) return;
    this.#deliverEnd();
    if (this.#attachments === attachment && this.#flowing) this.#socket.resume();
  }

  detach(rest?: Buffer): void {
    this.#consumer = undefined;
    this.#attachments += 1;
    this.#flowing = false;
    if (rest !== undefined && rest.length > 0) this.#held = rest;
    if (!this.#delivering) this.#socket.pause();
  }

  watch(): void {
    if (this.#held !== undefined) return;
    this.attach({
      data: (bytes) => {
        this.detach(bytes);
        return false;
      },
      end: () => {},
      closed: () => {},
    });
  }

  resume(): void {
    if (this.#consumer === undefined || this.#flowing) return;
    this.#flowing = true;
    this.#socket.resume();
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

  whenClosed(run: () => void): () => void {
    if (this.#closed) run();
    else this.#closeListeners.add(run);
    return () => this.#closeListeners.delete(run);
  }

  readonly #written = (): void => {
    if (!this.#awaitingDrain || this.#socket.writableLength > 0 || this.isClosed) return;
    this.#awaitingDrain = false;
    this.onDrained?.();
  };

  /** Answers whether to go on reading. */
  #receive(bytes: Buffer): boolean {
    const consumer = this.#consumer;
    if (consumer === undefined) {
      // Only what was under way when reading stopped. It is copied: nobody vouches for the memory.
      this.#held = this.#held === undefined ? Buffer.from(bytes) : Buffer.concat([this.#held, bytes]);
      return false;
    }
    const attachment = this.#attachments;
    const outer = this.#delivering;
    this.#delivering = true;
    const goOn = consumer.data(bytes);
    this.#delivering = outer;
    if (attachment === this.#attachments) this.#flowing = goOn;
    return this.#flowing;
  }

  #deliverEnd(): void {
    if (!this.hasEnded || this.#endDelivered || this.#consumer === undefined) return;
    this.#endDelivered = true;
    this.#consumer.end();
  }
}
