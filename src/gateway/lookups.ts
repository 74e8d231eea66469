import type { GatewayLimits } from './limits.ts';
import { afterSilence, type Timer, type Timers } from './timers.ts';

/** All addresses of a name, in the order to try them. Rejects when there are none. */
export type Resolver = (name: string) => Promise<string[]>;

export type Found = string[] | 'timeout' | 'failed';

interface Question {
  readonly name: string;
  readonly answer: (found: Found) => void;
  readonly timer: Timer;
}

/** Of one asker. */
interface Line {
  running: number;
  readonly waiting: Set<Question>;
}

/**
 * Names looked up for many askers. A name that nobody answers for holds its place in the resolver long after its asker has given up, and
 * the resolver has few. So all askers together have `lookupsAtOnce` of them, and once half of these are in use, no asker more than
 * `lookupsOfOne`: who asks for dead names waits for them alone, and among many names some dead ones hold up nothing. Askers whose questions
 * wait are served by turns.
 */
export class Lookups {
  readonly #resolver: Resolver;
  readonly #timers: Timers;
  readonly #limits: GatewayLimits;
  /** Under way, by name: many clients of one name wait for one answer. */
  readonly #running = new Map<string, Promise<string[]>>();
  /** Of those who have something running or waiting; the next to be served first. */
  readonly #lines = new Map<string, Line>();

  constructor(resolver: Resolver, timers: Timers, limits: GatewayLimits) {
    this.#resolver = resolver;
    this.#timers = timers;
    this.#limits = limits;
  }

  /** Answers within `dnsTimeoutMs`, waiting included. */
  find(name: string, asker: string): Promise<Found> {
    return new Promise((resolve) => {
      const line = this.#lineOf(asker);
      const question: Question = {
        name,
        answer: (found) => {
          question.timer.cancel();
          resolve(found);
        },
        timer: afterSilence(this.#timers, this.#limits.dnsTimeoutMs, () => {
          line.waiting.delete(question);
          this.#leaveIfEmpty(asker);
          resolve('timeout');
        }),
      };
      if (!this.#share(question) && !this.#begin(question, asker, line)) line.waiting.add(question);
      this.#leaveIfEmpty(asker);
    });
  }

  #lineOf(asker: string): Line {
    let line = this.#lines.get(asker);
    if (line === undefined) {
      line = { running: 0, waiting: new Set() };
      this.#lines.set(asker, line);
    }
    return line;
  }

  #leaveIfEmpty(asker: string): void {
    const line = this.#lines.get(asker);
    if (line?.running === 0 && line.waiting.size === 0) this.#lines.delete(asker);
  }

  /** Waits for what is being looked up already. */
  #share(question: Question): boolean {
    const running = this.#running.get(question.name);
    running?.then(question.answer, () => question.answer('failed'));
    return running !== undefined;
  }

  #begin(question: Question, asker: string, line: Line): boolean {
    const { lookupsAtOnce, lookupsOfOne } = this.#limits;
    const running = this.#running.size;
    if (running >= lookupsAtOnce || (line.running >= lookupsOfOne && running >= lookupsAtOnce / 2))
      return false;
    line.running += 1;
    const lookup = this.#resolver(question.name).finally(() => {
      this.#running.delete(question.name);
      line.running -= 1;
      this.#leaveIfEmpty(asker);
      this.#serveWaiting();
    });
    this.#running.set(question.name, lookup);
    lookup.then(question.answer, () => question.answer('failed'));
    return true;
  }

  #serveWaiting(): void {
    let left = this.#lines.size;
    for (const [asker, line] of this.#lines) {
      // Those that were served stand at the end, and are not come to again.
      if (left === 0 || this.#running.size >= this.#limits.lookupsAtOnce) return;
      left -= 1;
      const [question] = line.waiting;
      if (question === undefined) continue;
      if (!this.#share(question) && !this.#begin(question, asker, line)) continue;
      line.waiting.delete(question);
      // The others come first the next time.
      this.#lines.delete(asker);
      this.#lines.set(asker, line);
      this.#leaveIfEmpty(asker);
    }
  }
}
