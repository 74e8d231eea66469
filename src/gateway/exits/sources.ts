import { type ChanceOf, ItemSeed } from './rank.ts';

interface Source {
  readonly address: string;
  readonly seed: ItemSeed;
  /** Until then it is not tried again. */
  absentUntilMs: number;
  /** One after the other. */
  failedChecks: number;
}

/** How long an address is taken not to be this machine's, once it was found so. */
const ABSENT_MS = 30_000;
/** From so many on, it is out until one passes. */
const CHECKS_UNTIL_OUT = 3;

/** Local addresses to connect from. Other machines may have some of them. */
export class SourcePool {
  readonly #v4: Source[] = [];
  readonly #v6: Source[] = [];

  constructor(addresses: readonly string[]) {
    for (const address of addresses) {
      const sources = address.includes(':') ? this.#v6 : this.#v4;
      sources.push({ address, seed: new ItemSeed(address), absentUntilMs: 0, failedChecks: 0 });
    }
  }

  get isEmpty(): boolean {
    return this.#v4.length === 0 && this.#v6.length === 0;
  }

  get addresses(): string[] {
    return [...this.#v4, ...this.#v6].map(({ address }) => address);
  }

  canReach(target: string): boolean {
    return this.#familyOf(target).length > 0;
  }

  /** The best one of the target's family, of those that are out only where there is no other. Undefined: none of them is this machine's. */
  forTarget(target: string, chanceOf: ChanceOf, nowMs: number): string | undefined {
    // As in rank.ts, where all weigh the same: the largest chance is best. There may be a thousand.
    let best: string | undefined;
    let bestChance = 0;
    let isBestSound = false;
    for (const { address, seed, absentUntilMs, failedChecks } of this.#familyOf(target)) {
      if (absentUntilMs > nowMs) continue;
      const isSound = failedChecks < CHECKS_UNTIL_OUT;
      const chance = chanceOf(seed);
      if (isSound === isBestSound ? chance <= bestChance : isBestSound) continue;
      best = address;
      bestChance = chance;
      isBestSound = isSound;
    }
    return best;
  }

  /** It cannot be connected from. */
  markAbsent(address: string, nowMs: number): void {
    const source = this.#find(address);
    if (source !== undefined) source.absentUntilMs = nowMs + ABSENT_MS;
  }

  /** Whether the check target was reached from it. Answers what that changes. */
  checked(address: string, isReached: boolean): 'out' | 'back' | undefined {
    const source = this.#find(address);
    if (source === undefined) return undefined;
    const wasOut = source.failedChecks >= CHECKS_UNTIL_OUT;
    source.failedChecks = isReached ? 0 : source.failedChecks + 1;
    const isOut = source.failedChecks >= CHECKS_UNTIL_OUT;
    if (isOut === wasOut) return undefined;
    return isOut ? 'out' : 'back';
  }

  #find(address: string): Source | undefined {
    return this.#familyOf(address).find((candidate) => candidate.address === address);
  }

  #familyOf(address: string): readonly Source[] {
    return address.includes(':') ? this.#v6 : this.#v4;
  }
}
