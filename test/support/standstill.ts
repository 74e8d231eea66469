/** For what is promised only while the machine runs: gateways that stand still are taken for dead, and their leases lapse. */
import { LEASE_VALID_MS } from '../../src/core/leases/leases.ts';

const LOOK_EVERY_MS = 100;
const ATTEMPTS = 3;

/**
 * Runs `work`, with the number of the attempt. Where it fails and the machine stood still meanwhile, for longer than leases are good for,
 * it is run again; every other failure is one at once.
 */
export async function unlessStoodStill(work: (attempt: number) => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const watch = new StandstillWatch();
    try {
      return await work(attempt);
    } catch (error) {
      if (watch.longestMs < LEASE_VALID_MS || attempt === ATTEMPTS) throw error;
      console.warn(`the machine stood still for ${Math.round(watch.longestMs)} ms; once more, after:`, error);
    } finally {
      watch.end();
    }
  }
}

/** Notices by a timer of its own how late timers come, by the clock that sessions go by. */
class StandstillWatch {
  #seenAtMs = Date.now();
  #longestMs = 0;
  readonly #timer = setInterval(() => this.#look(), LOOK_EVERY_MS);

  get longestMs(): number {
    this.#look();
    return this.#longestMs;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const nowMs = Date.now();
    this.#longestMs = Math.max(this.#longestMs, nowMs - this.#seenAtMs - LOOK_EVERY_MS);
    this.#seenAtMs = nowMs;
  }
}
