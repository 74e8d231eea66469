import type { Timer, Timers } from '../../../src/gateway/timers.ts';

/** Time that passes when it is told to. */
export class ManualTimers implements Timers {
  #nowMs = 0;
  readonly #pending = new Set<{ atMs: number; run: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#pending.size;
  }

  after(delayMs: number, run: () => void): Timer {
    const entry = { atMs: this.#nowMs + delayMs, run };
    this.#pending.add(entry);
    return { cancel: () => this.#pending.delete(entry) };
  }

  /** Lets time pass while nothing happens. */
  skip(ms: number): void {
    this.#nowMs += ms;
  }

  /** Lets time pass, and everything that falls due happen in its order. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      await quiet();
      const next = [...this.#pending].sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > untilMs) break;
      this.#pending.delete(next);
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = untilMs;
    await quiet();
  }
}

/** Until promises and immediates that follow from one another have run. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
