/** Several clocks on one time line, and a network between processes that loses, delays and repeats. */
import type { CarriedEvent } from '../../../src/gateway/link/events.ts';
import type { Carrier, Question } from '../../../src/gateway/link/link.ts';
import type { Timer, Timers } from '../../../src/gateway/timers.ts';

interface Pending {
  readonly clock: ProcessClock;
  readonly dueMs: number;
  readonly order: number;
  readonly run: () => void;
}

/** Time passes when it is told to, and only after all that was under way in the real database has come back. */
export class World {
  nowMs = 0;
  /** Called when time moves on. */
  onTime: (ms: number) => void = () => {};
  readonly pending = new Set<Pending>();
  #order = 0;
  #underWay = 0;

  clock(): ProcessClock {
    return new ProcessClock(this);
  }

  add(clock: ProcessClock, dueMs: number, run: () => void): Timer {
    this.#order += 1;
    const entry = { clock, dueMs, order: this.#order, run };
    this.pending.add(entry);
    return { cancel: () => void this.pending.delete(entry) };
  }

  async real<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }

  async advance(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    for (;;) {
      await this.settle();
      const next = this.#next();
      if (next === undefined || this.#atMs(next) > untilMs) break;
      this.pending.delete(next);
      this.#moveTo(Math.max(this.nowMs, this.#atMs(next)));
      next.run();
    }
    this.#moveTo(untilMs);
    await this.settle();
  }

  /** Until promises, immediates and the database have nothing more to do at this moment. */
  async settle(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 6; quietTurns += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#underWay > 0) quietTurns = -1;
    }
  }

  #next(): Pending | undefined {
    let next: Pending | undefined;
    for (const entry of this.pending) {
      if (entry.clock.isStopped) continue;
      const difference = next === undefined ? -1 : this.#atMs(entry) - this.#atMs(next);
      if (difference < 0 || (difference === 0 && entry.order < next!.order)) next = entry;
    }
    return next;
  }

  #atMs({ clock, dueMs }: Pending): number {
    return dueMs - clock.aheadMs;
  }

  #moveTo(nowMs: number): void {
    this.onTime(nowMs - this.nowMs);
    this.nowMs = nowMs;
  }
}

/** A process's own. */
export class ProcessClock implements Timers {
  readonly #world: World;
  aheadMs = 0;
  /** The process is dead. */
  isStopped = false;

  constructor(world: World) {
    this.#world = world;
  }

  nowMs(): number {
    return this.#world.nowMs + this.aheadMs;
  }

  after(delayMs: number, run: () => void): Timer {
    return this.#world.add(this, this.nowMs() + delayMs, run);
  }

  /** The process stood still for so long. */
  skip(ms: number): void {
    this.aheadMs += ms;
  }
}

/** From a gateway that may be dead by the time of the answer. */
export class FaultyCarrier implements Carrier {
  readonly #world: World;
  readonly #network: ProcessClock;
  readonly #clock: ProcessClock;
  readonly #to: Carrier;
  readonly #random: () => number;

  constructor(
    world: World,
    network: ProcessClock,
    clock: ProcessClock,
    to: Carrier,
    /** From 0 to below 1. A question of 0.5 and more goes well. */
    random: () => number,
  ) {
    this.#world = world;
    this.#network = network;
    this.#clock = clock;
    this.#to = to;
    this.#random = random;
  }

  ask(question: Question): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (this.#clock.isStopped) return promise;
    const happen = (isAnswered: boolean) => {
      const done = this.#world.real(() => this.#to.ask(question));
      done.then(
        (answer) => isAnswered && !this.#clock.isStopped && resolve(answer),
        (error: unknown) => isAnswered && !this.#clock.isStopped && reject(error),
      );
    };
    const fate = this.#random();
    const later = (run: () => void) => this.#network.after(Math.floor(this.#random() * 8_000), run);
    if (fate >= 0.5) happen(true);
    else if (fate < 0.1) reject(new Error('the link is away'));
    else if (fate < 0.2) return promise;
    else if (fate < 0.3) happen(false);
    else if (fate < 0.4) later(() => happen(true));
    else {
      happen(true);
      later(() => happen(false));
    }
    return promise;
  }

  /** Nothing may depend on an event arriving. */
  onEvent(_listener: (event: CarriedEvent) => void): () => void {
    return () => {};
  }
}
