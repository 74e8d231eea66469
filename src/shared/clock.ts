/** The one source of time. Everything that asks "what time is it" asks a Clock, so that tests can turn it. */
export interface Clock {
  /** Now, in UTC. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is turned. For tests. */
export class ManualClock implements Clock {
  #nowMs: number;

  constructor(start: Date | string) {
    this.#nowMs = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  set(to: Date | string): void {
    this.#nowMs = new Date(to).getTime();
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }
}
