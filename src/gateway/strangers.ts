import { neighbourhoodOf } from './addresses.ts';
import type { GatewayLimits } from './limits.ts';

/**
 * Counts the connections on which nobody was let in yet. Who holds many of them open, and says nothing or says it slowly, takes places from
 * others of the same address only; and all of them together leave room for those who are let in.
 */
export class Strangers {
  readonly #limits: Pick<GatewayLimits, 'handshakes' | 'handshakesPerAddress'>;
  readonly #byNeighbourhood = new Map<string, number>();
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
    this.#byNeighbourhood.set(neighbourhood, count + 1);
    this.#count += 1;
    return true;
  }

  leave(address: string): void {
    const neighbourhood = neighbourhoodOf(address);
    const count = this.#byNeighbourhood.get(neighbourhood)!;
    if (count > 1) this.#byNeighbourhood.set(neighbourhood, count - 1);
    else this.#byNeighbourhood.delete(neighbourhood);
    this.#count -= 1;
  }
}
