import { neighbourhoodOf } from './addresses.ts';
import type { GatewayLimits } from './limits.ts';

const MOST_DESERTED = 1_000;

/**
 * Counts the connections on which nobody was let in yet. Who holds many of them open, and says nothing or says it slowly, takes places from
 * others of the same address only; and all of them together leave room for those who are let in.
 */
export class Strangers {
  readonly #limits: Pick<GatewayLimits, 'handshakes' | 'handshakesPerAddress'>;
  #byNeighbourhood = new Map<string, number>();
  /** Neighbourhoods of which nobody is here any more. They are swept out together: see Roster for what a Map costs otherwise. */
  #deserted = 0;
  #count = 0;

  constructor(limits: Pick<GatewayLimits, 'handshakes' | 'handshakesPerAddress'>) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#count;
  }

  /** False: there is no room for one more. Otherwise it has to leave. */
  enter(address: string): boolean {
    const neighbourhood = neighbourhoodOf(address);
    const count = this.#byNeighbourhood.get(neighbourhood) ?? 0;
    if (this.#count >= this.#limits.handshakes || count >= this.#limits.handshakesPerAddress) return false;
    if (count === 0 && this.#byNeighbourhood.has(neighbourhood)) this.#deserted -= 1;
    this.#byNeighbourhood.set(neighbourhood, count + 1);
    this.#count += 1;
    return true;
  }

  leave(address: string): void {
    const neighbourhood = neighbourhoodOf(address);
    const count = this.#byNeighbourhood.get(neighbourhood)! - 1;
    this.#byNeighbourhood.set(neighbourhood, count);
    this.#count -= 1;
    if (count > 0) return;
    this.#deserted += 1;
    if (this.#deserted >= MOST_DESERTED) this.#sweep();
  }

  #sweep(): void {
    this.#byNeighbourhood = new Map([...this.#byNeighbourhood].filter(([, count]) => count > 0));
    this.#deserted = 0;
  }
}
