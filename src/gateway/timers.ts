/** The gateway's time: monotonic, so that a turned wall clock neither prolongs a lease nor cuts a tunnel. */
export interface Timer {
  cancel(): void;
}

export interface Timers {
  /** Milliseconds since some fixed moment; never goes back. */
  nowMs(): number;
  after(delayMs: number, run: () => void): Timer;
}

export const systemTimers: Timers = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timeout = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(timeout) };
  },
};

/** Fires once nothing has been touched for a while. Touching costs a clock reading; no timer is moved per chunk. */
export class IdleTimer {
  readonly #timers: Timers;
  readonly #onIdle: () => void;
  #limitMs: number;
  #touchedMs: number;
  #timer: Timer | undefined;

  constructor(timers: Timers, limitMs: number, onIdle: () => void) {
    this.#timers = timers;
    this.#onIdle = onIdle;
    this.#limitMs = limitMs;
    this.#touchedMs = timers.nowMs();
    this.#arm(limitMs);
  }

  touch(): void {
    this.#touchedMs = this.#timers.nowMs();
  }

  setLimit(limitMs: number): void {
    if (this.#timer === undefined || limitMs === this.#limitMs) return;
    this.#limitMs = limitMs;
    this.#timer.cancel();
    this.#check();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #arm(delayMs: number): void {
    this.#timer = this.#timers.after(delayMs, () => this.#check());
  }

  #check(): void {
    const leftMs = this.#touchedMs + this.#limitMs - this.#timers.nowMs();
    if (leftMs > 0) {
      this.#arm(Math.ceil(leftMs));
      return;
    }
    this.#timer = undefined;
    this.#onIdle();
  }
}
