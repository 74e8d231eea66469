import { RATE_UNITS, type ShareAnswer } from './ports.ts';
import type { SessionView } from './seats.ts';
import { SessionOver } from './session-over.ts';
import type { Timer } from './timers.ts';

/** Whom a share belongs to. */
export interface ShareOwner {
  hold(units: number): Promise<ShareAnswer>;
  /** From now on so many thousandths of the rates are ours. */
  changed(units: number, before: number): void;
}

/** Ticks without traffic after which the share is given back. */
const QUIET_TICKS = 2;

/**
 * This process's part of the rates of one party. Alone it takes all; where others are active each has its part: who holds
 * more gives it up before another may use it, so that the sum is never above the limit. Nothing is held without traffic.
 */
export class RateShare {
  readonly #session: SessionView;
  readonly #owner: ShareOwner;
  #units = 0;
  #asking: object | undefined;
  #recall: Timer | undefined;
  #wasRecalled = false;
  /** What the others' need leaves us, where it came while a question was under way. */
  #fairUnits: number | undefined;
  #isActive = false;
  #quietTicks = 0;
  #ready: PromiseWithResolvers<void> | undefined;

  constructor(session: SessionView, owner: ShareOwner) {
    this.#session = session;
    this.#owner = owner;
  }

  get units(): number {
    return this.#units;
  }

  get isIdle(): boolean {
    return this.#units === 0 && !this.#asking && !this.#recall;
  }

  /** There is traffic. */
  touch(): void {
    this.#isActive = true;
    if (this.#units === 0) this.#ask(RATE_UNITS);
  }

  /** Until there is a part, or it is known that there is none at the moment. */
  async ready(): Promise<void> {
    this.touch();
    if (this.#units > 0 || (!this.#asking && !this.#recall)) return;
    this.#ready ??= Promise.withResolvers();
    await this.#ready.promise;
  }

  /** Once a second. `isBusy`: somebody waits. */
  tick(isBusy: boolean): void {
    const isActive = this.#isActive || isBusy;
    this.#isActive = false;
    this.#quietTicks = isActive ? 0 : this.#quietTicks + 1;
    if (isActive && this.#units < RATE_UNITS) this.#ask(RATE_UNITS);
    if (this.#quietTicks >= QUIET_TICKS && this.#units > 0) this.#ask(0);
  }

  /** Another gateway is active too. */
  recalled(fairUnits: number): void {
    if (this.#asking) this.#fairUnits = fairUnits;
    else if (this.#units > fairUnits) this.#ask(fairUnits);
  }

  /** The limits changed: what is known of the share may be out of date. */
  review(): void {
    this.#asking = undefined;
    this.#clearRecall();
    if (this.#units > 0) this.#ask(this.#units);
    this.#settle();
  }

  sessionRenewed(): void {
    if (this.#isActive && this.#units === 0) this.#ask(RATE_UNITS);
  }

  sessionLost(): void {
    this.#asking = undefined;
    this.#fairUnits = undefined;
    this.#clearRecall();
    this.#set(0);
    this.#settle();
  }

  /** Leaves no timer behind. */
  forget(): void {
    this.#asking = undefined;
    this.#clearRecall();
    this.#settle();
  }

  #ask(units: number): void {
    if (this.#asking || this.#recall || !this.#session.isOpen || !this.#session.isValid()) return;
    const ticket = {};
    this.#asking = ticket;
    // What is given back is not used from now on, whatever becomes of the question.
    if (units < this.#units) this.#set(units);
    this.#owner.hold(units).then(
      (answer) => {
        if (this.#asking !== ticket) return;
        this.#asking = undefined;
        this.#answered(answer);
      },
      (error: unknown) => {
        if (this.#asking !== ticket) return;
        this.#asking = undefined;
        this.#settle();
        // Otherwise the next tick asks again.
        if (error instanceof SessionOver) this.#session.sessionLost();
      },
    );
  }

  #answered(answer: ShareAnswer): void {
    // Lifted at this moment: the news are on their way.
    this.#set(answer.kind === 'held' ? answer.units : RATE_UNITS);
    const fairUnits = this.#fairUnits;
    this.#fairUnits = undefined;
    if (fairUnits !== undefined && this.#units > fairUnits) this.#ask(fairUnits);
    else if (answer.kind === 'held' && answer.isRecalled && !this.#wasRecalled) {
      this.#wasRecalled = true;
      this.#recall = this.#session.timers.after(this.#session.limits.seatRecallMs, () => {
        this.#recall = undefined;
        this.#ask(RATE_UNITS);
      });
    } else {
      this.#wasRecalled = false;
      this.#settle();
    }
  }

  #set(units: number): void {
    if (units === this.#units) return;
    const before = this.#units;
    this.#units = units;
    this.#owner.changed(units, before);
    if (units > 0) this.#settle();
  }

  #settle(): void {
    this.#ready?.resolve();
    this.#ready = undefined;
  }

  #clearRecall(): void {
    this.#recall?.cancel();
    this.#recall = undefined;
    this.#wasRecalled = false;
  }
}
