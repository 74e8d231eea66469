import { type ChanceOf, ItemSeed } from './rank.ts';

interface Source {
  readonly address: string;
  readonly seed: ItemSeed;
  /** Until then it is not tried again. */
  absentUntilMs: number;
}

/** How long an address is taken not to be this machine's, once it was found so. */
const ABSENT_MS = 30_000;

/** Local addresses to connect from. Other machines may have some of them. */
export class SourcePool {
  readonly #v4: Source[] = [];
  readonly #v6: Source[] = [];

  constructor(addresses: readonly string[]) {
    for (const address of addresses) {
      const sources = address.includes(':') ? this.#v6 : this.#v4;
      sources.push({ address, seed: new ItemSeed(address), absentUntilMs: 0 });
    }
  }

  get isEmpty(): boolean {
    return this.#v4.length === 0 && this.#v6.length === 0;
  }

  canReach(target: string): boolean {
    return this.#familyOf(target).length > 0;
  }

  /** The best one of the target's family. Undefined: none of them is this machine's. */
  forTarget(target: string, chanceOf: ChanceOf, nowMs: number): string | undefined {
    // As in rank.ts, where all weigh the same: the largest chance is best. There may be a thousand.
    let best: string | undefined;
    let bestChance = 0;
    for (const { address, seed, absentUntilMs } of this.#familyOf(target)) {
      if (absentUntilMs > nowMs) continue;
      const chance = chanceOf(seed);
      if (chance <= bestChance) continue;
      best = address;
      bestChance = chance;
    }
    return best;
  }

  /** It cannot be connected from. */
  markAbsent(address: string, nowMs: number): void {
    const source = this.#familyOf(address).find((candidate) => candidate.address === address);
    if (source !== undefined) source.absentUntilMs = nowMs + ABSENT_MS;
  }

  #familyOf(address: string): readonly Source[] {
    return address.includes(':') ? this.#v6 : this.#v4;
  }
}
