import type { Admission, Member } from './holder.ts';
import type { GatewayLimits } from './limits.ts';
import type { EndReason } from './meter.ts';
import type { SeatAnswer } from './ports.ts';
import { SessionOver } from './session-over.ts';
import { afterSilence, type Timer, type Timers } from './timers.ts';

/** What everything that lives in the session with the control side needs of it. */
export interface SessionView {
  readonly timers: Timers;
  readonly limits: GatewayLimits;
  /** A session is open. */
  readonly isOpen: boolean;
  /** What the session holds is good at this moment. */
  isValid(): boolean;
  sessionLost(): void;
}

/** Whom seats belong to. */
export interface SeatOwner {
  /** Asks the control side for so many in all. */
  hold(seats: number): Promise<SeatAnswer>;
  /** Why somebody has no seat where all are taken. */
  readonly crowdedReason: EndReason;
  /** There may be more seats than before. */
  seated(): void;
  /** The control side gives no seats at all. */
  over(): void;
}

/**
 * The seats of one party in this process, one for each of its tunnels. None is taken ahead; one that becomes free is
 * kept for a moment, so that tunnels and requests that follow one another cost no question each, and goes back at once
 * when another gateway lacks it.
 */
export class Seats {
  readonly #session: SessionView;
  readonly #owner: SeatOwner;
  /** Members with a seat, in the order in which they got it. */
  readonly #seated = new Set<Member>();
  /** Members that wait for a seat, in order of arrival. Undefined tells them that they have one. */
  readonly #newcomers = new Map<Member, (reason: EndReason | undefined) => void>();
  /** Seats that may be used at this moment. */
  #seats = 0;
  /** The most that were used since idle ones were last looked for. */
  #peakSeats = 0;
  /** The question under way; an answer to another one is out of date. */
  #asking: object | undefined;
  /** What the control side has of us may be more than we know of. */
  #isUncertain = false;
  #recall: Timer | undefined;
  #wasRecalled = false;
  #crowdedUntilMs = Number.NEGATIVE_INFINITY;
  #idle: Timer | undefined;

  constructor(session: SessionView, owner: SeatOwner) {
    this.#session = session;
    this.#owner = owner;
  }

  /** Whoever has been let in has a seat that is ours. */
  get isEnough(): boolean {
    return this.#seats >= this.#seated.size;
  }

  /** Nothing is held, and nobody sits or waits. */
  get isIdle(): boolean {
    return this.#seats === 0 && this.#seated.size === 0 && this.#newcomers.size === 0 && !this.#asking;
  }

  admit(member: Member): Admission {
    const { timers, limits } = this.#session;
    const { promise, resolve } = Promise.withResolvers<EndReason | undefined>();
    const settle = (reason: EndReason | undefined) => {
      if (!this.#newcomers.delete(member)) return;
      timer.cancel();
      resolve(reason);
    };
    const patienceMs = this.#session.isValid() ? limits.admissionLimitMs : limits.awayLimitMs;
    const timer = afterSilence(timers, patienceMs, () => settle('away'));
    this.#newcomers.set(member, settle);
    this.#seatNewcomers();
    if (timers.nowMs() < this.#crowdedUntilMs) settle(this.#owner.crowdedReason);
    if (this.#newcomers.size > 0) this.#ask();
    return { answer: promise, abandon: () => settle('away') };
  }

  /** Those who are served already: they sit, and those beyond the seats that there are will be ended. */
  adopt(members: Iterable<Member>): void {
    for (const member of members) this.#seated.add(member);
    if (this.#seated.size > 0) this.#ask();
  }

  leave(member: Member): void {
    this.#newcomers.get(member)?.('away');
    if (!this.#seated.delete(member)) return;
    this.#seatNewcomers();
    this.#watchIdle();
  }

  /** Tells one who waits. */
  refuse(member: Member, reason: EndReason): void {
    this.#newcomers.get(member)?.(reason);
  }

  /** Tells all who wait. */
  refuseAll(reason: EndReason): void {
    for (const settle of [...this.#newcomers.values()]) settle(reason);
  }

  /** No seat is needed any more: all who wait are let in. */
  release(): void {
    for (const settle of [...this.#newcomers.values()]) settle(undefined);
    this.forget();
  }

  /** The session was renewed or opened. */
  sessionRenewed(): void {
    if (this.#isUncertain || this.#seated.size + this.#newcomers.size > this.#seats) this.#ask();
  }

  /** The session is over, and its seats are gone. Tunnels are paused until they have seats in a new one. */
  sessionLost(): void {
    this.#seats = 0;
    this.#asking = undefined;
    this.#isUncertain = false;
    this.#clearRecall();
  }

  /** Others lack seats. */
  giveBackIdle(): void {
    if (this.#seats > this.#seated.size) this.#ask();
  }

  /** There may be more seats than a while ago, or fewer. */
  review(): void {
    this.#crowdedUntilMs = Number.NEGATIVE_INFINITY;
    this.#clearRecall();
    // A question under way may have been answered before the change.
    this.#asking = undefined;
    if (this.#seats > 0 || this.#seated.size > 0 || this.#newcomers.size > 0) this.#ask();
  }

  /** Leaves no timer behind. */
  forget(): void {
    this.#asking = undefined;
    this.#clearRecall();
    this.#idle?.cancel();
    this.#idle = undefined;
  }

  #ask(seats = this.#seated.size + this.#newcomers.size): void {
    if (this.#asking || this.#recall || !this.#session.isOpen || !this.#session.isValid()) return;
    const ticket = {};
    this.#asking = ticket;
    // What is given back is not used from now on, whatever becomes of the question.
    if (seats < this.#seats) {
      this.#seats = seats;
      this.#crowdedUntilMs = Number.NEGATIVE_INFINITY;
    }
    this.#owner.hold(seats).then(
      (answer) => {
        if (this.#asking !== ticket) return;
        this.#asking = undefined;
        this.#isUncertain = false;
        this.#answered(answer, seats);
      },
      (error: unknown) => {
        if (this.#asking !== ticket) return;
        this.#asking = undefined;
        this.#isUncertain = true;
        if (error instanceof SessionOver) this.#session.sessionLost();
        else this.refuseAll('away');
      },
    );
  }

  #answered(answer: SeatAnswer, wantedSeats: number): void {
    if (answer.kind === 'over') {
      this.refuseAll('revoked');
      this.#owner.over();
      return;
    }
    this.#seats = answer.seats;
    this.#endBeyondSeats();
    this.#seatNewcomers();
    this.#watchIdle();
    this.#owner.seated();
    const isShort = answer.seats < wantedSeats;
    if (this.#newcomers.size === 0) this.#wasRecalled = false;
    // They came while the question was under way.
    else if (!isShort) this.#ask();
    else if (answer.isRecalled && !this.#wasRecalled) this.#askAfterRecall();
    else {
      this.#wasRecalled = false;
      // All seats are ours: until we give one back, there is nothing to ask for.
      if (!answer.isRecalled)
        this.#crowdedUntilMs = this.#session.timers.nowMs() + this.#session.limits.seatRefusalMs;
      this.refuseAll(this.#owner.crowdedReason);
    }
  }

  /** Once: seats that lie idle elsewhere are on their way back now. */
  #askAfterRecall(): void {
    this.#wasRecalled = true;
    this.#recall = this.#session.timers.after(this.#session.limits.seatRecallMs, () => {
      this.#recall = undefined;
      if (this.#newcomers.size > 0) this.#ask();
      else this.#wasRecalled = false;
    });
  }

  #seatNewcomers(): void {
    if (!this.#session.isValid()) return;
    for (const [member, settle] of this.#newcomers) {
      if (this.#seated.size >= this.#seats) return;
      this.#seated.add(member);
      this.#peakSeats = Math.max(this.#peakSeats, this.#seated.size);
      settle(undefined);
    }
  }

  #endBeyondSeats(): void {
    for (const member of [...this.#seated].reverse()) {
      if (this.#seated.size <= this.#seats) return;
      this.#seated.delete(member);
      member.end(this.#owner.crowdedReason);
    }
  }

  /** Gives back, after a while, what was not used in the meantime. */
  #watchIdle(): void {
    if (this.#idle !== undefined || this.#seats <= this.#seated.size) return;
    this.#peakSeats = this.#seated.size;
    this.#idle = this.#session.timers.after(this.#session.limits.seatIdleMs, () => {
      this.#idle = undefined;
      if (this.#peakSeats < this.#seats && this.#newcomers.size === 0) this.#ask(this.#peakSeats);
      this.#watchIdle();
    });
  }

  #clearRecall(): void {
    this.#recall?.cancel();
    this.#recall = undefined;
    this.#wasRecalled = false;
  }
}
