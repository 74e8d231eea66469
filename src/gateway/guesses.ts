import { neighbourhoodOf } from './addresses.ts';
import { LetIn } from './let-in.ts';
import type { GatewayLimits } from './limits.ts';
import { Lru } from './lru.ts';
import type { Timers } from './timers.ts';

interface Failures {
  readonly count: number;
  readonly atMs: number;
}

/** What gateways of one process tell each other: else a guesser would have as many guesses at each of them. */
export interface GuessNews {
  readonly was: 'wrong' | 'right';
  readonly address: string;
  readonly name: string;
}

export interface Neighbours {
  tell(news: GuessNews): void;
  listen(hear: (news: GuessNews) => void): void;
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
  readonly #letIn: LetIn;
  readonly #neighbours: Neighbours | undefined;

  constructor(timers: Timers, limits: GatewayLimits, neighbours?: Neighbours) {
    this.#timers = timers;
    this.#limits = limits;
    this.#neighbours = neighbours;
    this.#failures = new Lru(limits.guessEntries);
    this.#letIn = new LetIn(limits.letInEntries);
    neighbours?.listen(({ was, address, name }) => {
      if (was === 'wrong') this.#countWrong(address, name);
      else this.#noteRight(address, name);
    });
  }

  mustWait(address: string, name: string): boolean {
    if (this.#failures.size === 0) return false;
    return this.#failuresOf(this.#keyOf(address, name)) + 1 > this.#limits.guessFailures;
  }

  wrong(address: string, name: string): void {
    this.#countWrong(address, name);
    this.#neighbours?.tell({ was: 'wrong', address, name });
  }

  right(address: string, name: string): void {
    if (this.#noteRight(address, name)) this.#neighbours?.tell({ was: 'right', address, name });
  }

  #countWrong(address: string, name: string): void {
    const key = this.#keyOf(address, name);
    this.#failures.set(key, { count: this.#failuresOf(key) + 1, atMs: this.#timers.nowMs() });
  }

  /** Answers whether it is new. */
  #noteRight(address: string, name: string): boolean {
    return this.#letIn.note(neighbourhoodOf(address), name.toLowerCase());
  }

  #keyOf(address: string, name: string): string {
    const neighbourhood = neighbourhoodOf(address);
    const sameName = name.toLowerCase();
    return this.#letIn.has(neighbourhood, sameName) ? `${neighbourhood} ${sameName}` : neighbourhood;
  }

  #failuresOf(key: string): number {
    const failures = this.#failures.get(key);
    if (failures === undefined) return 0;
    const { guessFailures, guessWindowMs } = this.#limits;
    const forgotten = ((this.#timers.nowMs() - failures.atMs) * guessFailures) / guessWindowMs;
    return Math.max(0, failures.count - forgotten);
  }
}
