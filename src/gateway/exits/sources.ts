import { type ChanceOf, ItemSeed, ranked } from './rank.ts';

interface Source {
  readonly address: string;
  readonly weight: 1;
  readonly seed: ItemSeed;
}

/** Local addresses to connect from. */
export class SourcePool {
  readonly #v4: Source[] = [];
  readonly #v6: Source[] = [];

  constructor(addresses: readonly string[]) {
    for (const address of addresses) {
      const sources = address.includes(':') ? this.#v6 : this.#v4;
      sources.push({ address, weight: 1, seed: new ItemSeed(address) });
    }
  }

  get isEmpty(): boolean {
    return this.#v4.length === 0 && this.#v6.length === 0;
  }

  canReach(address: string): boolean {
    return this.#familyOf(address).length > 0;
  }

  /** Those of the target's family, in the order to try them. */
  forTarget(address: string, chanceOf: ChanceOf): string[] {
    return ranked(this.#familyOf(address), chanceOf).map((source) => source.address);
  }

  #familyOf(address: string): readonly Source[] {
    return address.includes(':') ? this.#v6 : this.#v4;
  }
}
