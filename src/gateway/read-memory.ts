/**
 * The memory that all sockets of a thread are read into, one after the other. Who is through with the bytes before the next read, as nearly
 * everybody is, leaves it to the next one, so what is copied in and out of it is still in the processor's cache. Who is not keeps
 * it, and another one takes its place.
 */
import type { SocketCalls } from './socket-calls.ts';

/** Large reads take less processor time per byte: less of it is spent on waking peers. */
const BYTES = 1024 * 1024;
/** Kept by sockets at once: what a crowd of stalled clients may cost, and no more. */
export const MOST_KEPT = 128;
const MOST_SPARE = 8;

export class ReadMemory {
  readonly #calls: SocketCalls;
  readonly #spare: Buffer[] = [];
  #kept = 0;
  /** For the next read. */
  bytes!: Buffer;
  address!: number;

  constructor(calls: SocketCalls) {
    this.#calls = calls;
    this.#take();
  }

  /** Nobody else may keep any. */
  get isAllKept(): boolean {
    return this.#kept >= MOST_KEPT;
  }

  /** The one that was read into stays as it is until it comes back. */
  keep(): Buffer {
    const { bytes } = this;
    this.#kept += 1;
    this.#take();
    return bytes;
  }

  giveBack(bytes: Buffer): void {
    this.forget();
    if (this.#spare.length < MOST_SPARE) this.#spare.push(bytes);
  }

  /** Something, a write under way, may still refer to one that was kept: nobody else may have it. */
  forget(): void {
    this.#kept -= 1;
  }

  #take(): void {
    this.bytes = this.#spare.pop() ?? Buffer.allocUnsafeSlow(BYTES);
    this.address = this.#calls.addressOf(this.bytes);
  }
}
