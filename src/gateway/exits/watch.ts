import type { GatewayLog } from '../log.ts';
import type { Timer } from '../timers.ts';
import { checkExit, isChecked, isUpstream } from './check.ts';
import type { ExitDialler } from './dial-exit.ts';
import type { Exit } from './exit.ts';
import { StandingCaller } from './standing-caller.ts';
import type { ExitFailure } from './verdict.ts';

/** What asks for a check does so at most this often. */
const CHECK_AGAIN_MS = 1_000;

/**
 * Ejects exits that fail, and lets them return: once a check has passed, or where none is made, after their time. Checks upstreams
 * from time to time, and direct exits with a check target.
 */
export class ExitWatch {
  readonly #dialler: ExitDialler;
  readonly #log: GatewayLog;
  readonly #caller = new StandingCaller();
  /** What is to happen next with each exit that is followed; absent while nothing is. */
  readonly #next = new Map<Exit, Timer | undefined>();
  readonly #checkedAtMs = new WeakMap<Exit, number>();

  constructor(dialler: ExitDialler, log: GatewayLog) {
    this.#dialler = dialler;
    this.#log = log;
  }

  follow(exit: Exit): void {
    this.#next.set(exit, undefined);
    this.#checkLater(exit);
  }

  unfollow(exit: Exit): void {
    this.#next.get(exit)?.cancel();
    this.#next.delete(exit);
  }

  stop(): void {
    for (const exit of [...this.#next.keys()]) this.unfollow(exit);
    this.#caller.close();
  }

  served(exit: Exit): void {
    if (!exit.health.served()) return;
    this.#log.info({ exit: exit.settings.name }, 'an exit is back');
    this.#checkLater(exit);
  }

  /** `host`: the destination. */
  failed(exit: Exit, failure: ExitFailure, host: string): void {
    switch (failure.blame) {
      case 'target':
      case 'unfit':
        return;
      case 'exit':
        this.#ejected(exit, exit.health.failed(), failure);
        return;
      case 'unclear':
        // A check tells for certain, where there is one that tells.
        if (isUpstream(exit) && exit.settings.checkTarget !== undefined) {
          exit.health.failures += 1;
          this.#checkSoon(exit);
        } else {
          this.#ejected(exit, exit.health.failedFor(host), failure);
        }
    }
  }

  #ejected(exit: Exit, forMs: number | undefined, { reason }: ExitFailure): void {
    if (forMs === undefined) return;
    this.#log.warn({ exit: exit.settings.name, reason, forMs }, 'an exit is out');
    this.#schedule(exit, forMs);
  }

  #checkLater(exit: Exit): void {
    if (isChecked(exit)) this.#schedule(exit, this.#dialler.limits.exitCheckEveryMs);
    else this.#cancel(exit);
  }

  #checkSoon(exit: Exit): void {
    const { timers } = this.#dialler;
    const isRecent = timers.nowMs() - (this.#checkedAtMs.get(exit) ?? -CHECK_AGAIN_MS) < CHECK_AGAIN_MS;
    if (!isRecent && !exit.health.isEjected) this.#schedule(exit, 0);
  }

  #schedule(exit: Exit, delayMs: number): void {
    if (!this.#next.has(exit)) return;
    this.#cancel(exit);
    this.#next.set(
      exit,
      this.#dialler.timers.after(delayMs, () => void this.#due(exit)),
    );
  }

  #cancel(exit: Exit): void {
    if (!this.#next.has(exit)) return;
    this.#next.get(exit)?.cancel();
    this.#next.set(exit, undefined);
  }

  async #due(exit: Exit): Promise<void> {
    this.#next.set(exit, undefined);
    if (!isChecked(exit)) {
      this.#return(exit, false);
      return;
    }
    this.#checkedAtMs.set(exit, this.#dialler.timers.nowMs());
    const failure = await checkExit(exit, this.#caller, this.#dialler, (sourceAddress, news) => {
      const fields = { exit: exit.settings.name, sourceAddress };
      if (news === 'out') this.#log.warn(fields, 'a source address is out');
      else this.#log.info(fields, 'a source address is back');
    });
    // Meanwhile it was given up, or something else decided about it.
    if (!this.#next.has(exit) || this.#next.get(exit) !== undefined) return;
    const isProven = failure === undefined && exit.settings.checkTarget !== undefined;
    if (failure !== undefined) {
      this.#checkLater(exit);
      this.#ejected(exit, exit.health.checkFailed(), failure);
    } else if (exit.health.isEjected) {
      this.#return(exit, isProven);
      this.#checkLater(exit);
    } else {
      if (isProven) exit.health.served();
      this.#checkLater(exit);
    }
  }

  #return(exit: Exit, isProven: boolean): void {
    if (!exit.health.isEjected) return;
    exit.health.returns(isProven);
    this.#log.info({ exit: exit.settings.name }, 'an exit is back');
  }
}
