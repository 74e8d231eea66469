/**
 * Large memory for connections that have shown to be bulk transfers: large reads halve the processor time per byte. There is so
 * much of it and no more, and who does not use it gives it back, so that many quiet tunnels stay cheap.
 */
import type { Timer, Timers } from './timers.ts';

const LARGE_BYTES = 512 * 1024;
const LARGE_BUFFERS = 256;
const KEPT_BUFFERS = 16;
const SWEEP_EVERY_MS = 1_000;

export interface BufferUser {
  /** Since the last call nothing was read, and the buffer can be given back. */
  readonly isBufferIdle: boolean;
  giveBufferBack(): void;
}

export class ReadBuffers {
  readonly #timers: Timers;
  readonly #users = new Set<BufferUser>();
  readonly #free: Buffer[] = [];
  #sweep: Timer | undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Undefined: all are in use. */
  take(user: BufferUser): Buffer | undefined {
    if (this.#users.size >= LARGE_BUFFERS) return undefined;
    this.#users.add(user);
    this.#scheduleSweep();
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(LARGE_BYTES);
  }

  /** `buffer` is absent when something, a write under way, may still refer to it: then nobody else may have it. */
  giveBack(user: BufferUser, buffer?: Buffer): void {
    if (!this.#users.delete(user)) return;
    if (buffer !== undefined && this.#free.length < KEPT_BUFFERS) this.#free.push(buffer);
    if (this.#users.size > 0) return;
    this.#sweep?.cancel();
    this.#sweep = undefined;
  }

  #scheduleSweep(): void {
    this.#sweep ??= this.#timers.after(SWEEP_EVERY_MS, () => {
      this.#sweep = undefined;
      for (const user of [...this.#users]) if (user.isBufferIdle) user.giveBufferBack();
      if (this.#users.size > 0) this.#scheduleSweep();
    });
  }
}
