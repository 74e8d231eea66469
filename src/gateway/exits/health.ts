import type { GatewayLimits } from '../limits.ts';

type HealthLimits = Pick<
  GatewayLimits,
  'exitFailures' | 'exitUnclearFailures' | 'exitEjectMs' | 'exitEjectMaxMs'
>;

/** Whether an exit may be used, from what became of the connections through it. Keeps no time: its owner lets it return. */
export class Health {
  readonly #limits: HealthLimits;
  /** One after the other. */
  #failures = 0;
  readonly #unclearHosts = new Set<string>();
  /** Since it last served. */
  #ejections = 0;
  isEjected = false;
  /** Ever. */
  failures = 0;

  constructor(limits: HealthLimits) {
    this.#limits = limits;
  }

  /** It served. Answers whether it had been ejected. */
  served(): boolean {
    const wasEjected = this.isEjected;
    this.#failures = 0;
    this.#unclearHosts.clear();
    this.#ejections = 0;
    this.isEjected = false;
    return wasEjected;
  }

  /** It failed, and it was to blame. Answers for how long it is ejected by this, if it is. */
  failed(): number | undefined {
    this.failures += 1;
    this.#failures += 1;
    return this.#failures >= this.#limits.exitFailures ? this.#eject() : undefined;
  }

  /**
   * It failed, and it or the destination may be to blame. Several destinations must have failed, one after the other: nobody
   * ejects an exit by asking again and again for a dead one.
   */
  failedFor(host: string): number | undefined {
    this.failures += 1;
    this.#unclearHosts.add(host);
    return this.#unclearHosts.size >= this.#limits.exitUnclearFailures ? this.#eject() : undefined;
  }

  /** A check of it failed. Answers as `failed`; one that is out already stays out, for longer. */
  checkFailed(): number | undefined {
    if (!this.isEjected) return this.failed();
    this.failures += 1;
    this.isEjected = false;
    return this.#eject();
  }

  /** It may be tried again. Unless it was proved to work, its next failure ejects it again. */
  returns(isProven: boolean): void {
    this.isEjected = false;
    this.#unclearHosts.clear();
    this.#failures = isProven ? 0 : this.#limits.exitFailures - 1;
  }

  #eject(): number | undefined {
    if (this.isEjected) return undefined;
    this.isEjected = true;
    const forMs = Math.min(this.#limits.exitEjectMaxMs, this.#limits.exitEjectMs * 2 ** this.#ejections);
    this.#ejections = Math.min(this.#ejections + 1, 30);
    return forMs;
  }
}
