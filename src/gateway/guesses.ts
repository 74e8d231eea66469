import { neighbourhoodOf } from './addresses.ts';
import type { GatewayLimits } from './limits.ts';
import { Lru } from './lru.ts';
import type { Timers } from './timers.ts';

interface Failures {
  readonly count: number;
  readonly atMs: number;
}

/**
 * Slows those who guess credentials, and nobody else. An address may be wrong `guessFailures` times; each is forgotten after
 * its share of `guessWindowMs`. Until then credentials from there are refused unseen, right or wrong, so that nothing is learnt
 * from the answer. A name that was let in from an address has a count of its own there: its customer is not
 * locked out by neighbours, and guessing at it from next door is as slow as from anywhere.
 *
 * Addresses that are let in as such never come here.
 */
export class Guesses {
  readonly #timers: Timers;
  readonly #limits: GatewayLimits;
  readonly #failures: Lru<Failures>;
  readonly #letIn: Lru<true>;

  constructor(timers: Timers, limits: GatewayLimits) {
    this.#timers = timers;
    this.#limits = limits;
    this.#failures = new Lru(limits.guessEntries);
    this.#letIn = new Lru(limits.guessEntries);
  }

  mustWait(address: string, name: string): boolean {
    if (this.#failures.size === 0) return false;
    return this.#failuresOf(this.#keyOf(address, name)) + 1 > this.#limits.guessFailures;
  }

  wrong(address: string, name: string): void {
    const key = this.#keyOf(address, name);
    this.#failures.set(key, { count: this.#failuresOf(key) + 1, atMs: this.#timers.nowMs() });
  }

  right(address: string, name: string): void {
    const key = loginKey(neighbourhoodOf(address), name);
    if (!this.#letIn.get(key)) this.#letIn.set(key, true);
  }

  #keyOf(address: string, name: string): string {
    const neighbourhood = neighbourhoodOf(address);
    const key = loginKey(neighbourhood, name);
    return this.#letIn.get(key) ? key : neighbourhood;
  }

  #failuresOf(key: string): number {
    const failures = this.#failures.get(key);
    if (failures === undefined) return 0;
    const { guessFailures, guessWindowMs } = this.#limits;
    const forgotten = ((this.#timers.nowMs() - failures.atMs) * guessFailures) / guessWindowMs;
    return Math.max(0, failures.count - forgotten);
  }
}

function loginKey(neighbourhood: string, name: string): string {
  return `${neighbourhood} ${name.toLowerCase()}`;
}
