import { callLink } from '../link-call.ts';
import type { ControlLink, ExitReport } from '../ports.ts';
import type { Timer } from '../timers.ts';
import type { ExitDialler } from './dial-exit.ts';

/** Says every few seconds how the exits do, as long as there are any. What is not heard is said again. */
export class ExitReports {
  readonly #link: Pick<ControlLink, 'reportExits'>;
  readonly #dialler: Pick<ExitDialler, 'timers' | 'limits'>;
  readonly #seen: () => ExitReport[];
  #next: Timer | undefined;

  constructor(
    link: Pick<ControlLink, 'reportExits'>,
    dialler: Pick<ExitDialler, 'timers' | 'limits'>,
    seen: () => ExitReport[],
  ) {
    this.#link = link;
    this.#dialler = dialler;
    this.#seen = seen;
  }

  start(): void {
    this.#next ??= this.#later();
  }

  stop(): void {
    this.#next?.cancel();
    this.#next = undefined;
  }

  #later(): Timer {
    const { timers, limits } = this.#dialler;
    return timers.after(limits.exitReportMs, () => {
      this.#next = this.#later();
      callLink(timers, limits.linkCallTimeoutMs, () => this.#link.reportExits(this.#seen())).catch(() => {});
    });
  }
}
