import type { Admission, Holder, Member } from './holder.ts';
import type { GatewayLimits } from './limits.ts';
import type { Direction, EndReason, Waiter } from './meter.ts';
import type { SeatAnswer, SubscriptionTerms } from './ports.ts';
import { SessionOver } from './session-over.ts';
import type { Timer, Timers } from './timers.ts';

/** What a subscription's holder needs of the session it lives in. */
export interface SeatOffice {
  readonly timers: Timers;
  readonly limits: GatewayLimits;
  /** A session is open. */
  readonly isOpen: boolean;
  /** Seats of the session are good at this moment. */
  isValid(): boolean;
  holdSeats(subscriptionId: string, seats: number): Promise<SeatAnswer>;
  /** Asks soon how the subscriptions stand. */
  reportSoon(): void;
  sessionLost(): void;
}

/** The longest that a timer can take. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * The seats of one subscription in this process, one for each of its tunnels. None is taken ahead; one that becomes free is
 * kept for a moment, so that tunnels and requests that follow one another cost no question each, and goes back at once
 * when another gateway lacks it.
 */
export class SubscriptionHolder implements Holder {
  readonly subscriptionId: string;
  readonly #office: SeatOffice;
  readonly #members = new Set<Member>();
  /** Members with a seat, in the order in which they got it. */
  readonly #seated = new Set<Member>();
  /** Members that wait for a seat, in order of arrival. Undefined tells them that they have one. */
  readonly #newcomers = new Map<Member, (reason: EndReason | undefined) => void>();
  /** Tunnels that are paused because the control side is away. */
  readonly #waiters = new Set<Waiter>();
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
  #pause: Timer | undefined;
  #end: Timer | undefined;
  #learntAtMs = Number.NEGATIVE_INFINITY;
  #admitsUntilMs = 0;
  #servesUntilMs = 0;
  /** In this session. */
  bytes = 0;
  requests = 0;

  constructor(subscriptionId: string, office: SeatOffice) {
    this.subscriptionId = subscriptionId;
    this.#office = office;
  }

  get waiting(): number {
    return this.#waiters.size;
  }

  /** It has tunnels, or some that wait for a seat. */
  get isUsed(): boolean {
    return this.#members.size > 0;
  }

  /** Of the clients of all members. */
  get addresses(): Set<string> {
    return new Set([...this.#members].map((member) => member.address));
  }

  /** What the control side said on a question that was sent at `askedAtMs`. Answers may overtake each other. */
  learn(terms: SubscriptionTerms, askedAtMs: number): void {
    if (askedAtMs < this.#learntAtMs) return;
    this.#learntAtMs = askedAtMs;
    this.#admitsUntilMs = askedAtMs + terms.admitsForMs;
    this.#servesUntilMs = askedAtMs + terms.servesForMs;
    this.#watchEnd();
  }

  /** The control side has said so, on a question that was sent at `askedAtMs`. */
  over(askedAtMs: number): void {
    if (askedAtMs >= this.#learntAtMs) this.#endAll('revoked');
  }

  endAddress(address: string): void {
    for (const member of [...this.#members]) if (member.address === address) this.#endMember(member);
  }

  join(member: Member): void {
    this.#members.add(member);
    if (this.#end === undefined) this.#watchEnd();
  }

  leave(member: Member): void {
    this.#newcomers.get(member)?.('away');
    this.#members.delete(member);
    if (this.#seated.delete(member)) {
      this.#seatNewcomers();
      this.#watchIdle();
    }
    if (this.#members.size > 0) return;
    this.#end?.cancel();
    this.#end = undefined;
  }

  admit(member: Member): Admission {
    const { timers, limits } = this.#office;
    const { promise, resolve } = Promise.withResolvers<EndReason | undefined>();
    const settle = (reason: EndReason | undefined) => {
      if (!this.#newcomers.delete(member)) return;
      timer.cancel();
      resolve(reason);
    };
    const patienceMs = this.#office.isValid() ? limits.admissionLimitMs : limits.awayLimitMs;
    const timer = timers.after(patienceMs, () => settle('away'));
    this.#newcomers.set(member, settle);
    if (timers.nowMs() >= this.#admitsUntilMs) settle('revoked');
    this.#seatNewcomers();
    if (timers.nowMs() < this.#crowdedUntilMs) settle('crowded');
    if (this.#newcomers.size > 0) this.#ask();
    return { answer: promise, abandon: () => settle('away') };
  }

  countRequest(): void {
    this.requests += 1;
  }

  take(_direction: Direction, wantedBytes: number): number {
    if (!this.#mayRelay()) return 0;
    this.bytes += wantedBytes;
    return wantedBytes;
  }

  wait(waiter: Waiter): void {
    this.#waiters.add(waiter);
    this.#pause ??= this.#office.timers.after(this.#office.limits.pauseLimitMs, () => {
      this.#pause = undefined;
      const waiters = [...this.#waiters];
      this.#waiters.clear();
      for (const paused of waiters) paused.giveUp('away');
    });
  }

  stopWaiting(waiter: Waiter): void {
    this.#waiters.delete(waiter);
    if (this.#waiters.size === 0) this.#clearPause();
  }

  /** The session was renewed or opened. */
  sessionRenewed(): void {
    if (this.#isUncertain || this.#seated.size + this.#newcomers.size > this.#seats) this.#ask();
    this.#wake();
  }

  /** The session is over, and its seats are gone. Tunnels are paused until they have seats in a new one. */
  sessionLost(): void {
    this.#seats = 0;
    this.#asking = undefined;
    this.#isUncertain = false;
    this.#clearRecall();
    this.bytes = 0;
    this.requests = 0;
  }

  /** Others lack seats. */
  giveBackIdle(): void {
    if (this.#seats > this.#seated.size) this.#ask();
  }

  /** There may be more seats than a while ago, or fewer. */
  reviewSeats(): void {
    this.#crowdedUntilMs = Number.NEGATIVE_INFINITY;
    this.#clearRecall();
    // A question under way may have been answered before the change.
    this.#asking = undefined;
    if (this.#seats > 0 || this.#newcomers.size > 0) this.#ask();
  }

  /** Leaves no timer behind. */
  forget(): void {
    this.#clearRecall();
    this.#clearPause();
    this.#idle?.cancel();
    this.#end?.cancel();
  }

  /** The clock is read on every take: nothing is relayed on seats that others may have by now. */
  #mayRelay(): boolean {
    const hasSeats = this.#seats >= this.#seated.size && this.#office.isValid();
    return hasSeats && this.#office.timers.nowMs() < this.#servesUntilMs;
  }

  #ask(seats = this.#seated.size + this.#newcomers.size): void {
    if (this.#asking || this.#recall || !this.#office.isOpen || !this.#office.isValid()) return;
    const ticket = {};
    this.#asking = ticket;
    // What is given back is not used from now on, whatever becomes of the question.
    if (seats < this.#seats) {
      this.#seats = seats;
      this.#crowdedUntilMs = Number.NEGATIVE_INFINITY;
    }
    this.#office.holdSeats(this.subscriptionId, seats).then(
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
        if (error instanceof SessionOver) this.#office.sessionLost();
        else this.#refuse('away');
      },
    );
  }

  #answered(answer: SeatAnswer, wantedSeats: number): void {
    if (answer.kind === 'over') {
      // Who is being served may have a moment left; the standing says.
      this.#refuse('revoked');
      this.#office.reportSoon();
      return;
    }
    this.#seats = answer.seats;
    this.#endBeyondSeats();
    this.#seatNewcomers();
    this.#watchIdle();
    this.#wake();
    const isShort = answer.seats < wantedSeats;
    if (this.#newcomers.size === 0) this.#wasRecalled = false;
    // They came while the question was under way.
    else if (!isShort) this.#ask();
    else if (answer.isRecalled && !this.#wasRecalled) this.#askAfterRecall();
    else {
      this.#wasRecalled = false;
      // All seats are ours: until we give one back, there is nothing to ask for.
      if (!answer.isRecalled)
        this.#crowdedUntilMs = this.#office.timers.nowMs() + this.#office.limits.seatRefusalMs;
      this.#refuse('crowded');
    }
  }

  /** Once: seats that lie idle elsewhere are on their way back now. */
  #askAfterRecall(): void {
    this.#wasRecalled = true;
    this.#recall = this.#office.timers.after(this.#office.limits.seatRecallMs, () => {
      this.#recall = undefined;
      if (this.#newcomers.size > 0) this.#ask();
      else this.#wasRecalled = false;
    });
  }

  #seatNewcomers(): void {
    if (!this.#office.isValid()) return;
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
      member.end('crowded');
    }
  }

  #refuse(reason: EndReason): void {
    for (const settle of [...this.#newcomers.values()]) settle(reason);
  }

  #endMember(member: Member): void {
    this.#newcomers.get(member)?.('revoked');
    member.end('revoked');
  }

  #endAll(reason: EndReason): void {
    this.#refuse(reason);
    for (const member of [...this.#members]) member.end(reason);
  }

  /** Gives back, after a while, what was not used in the meantime. */
  #watchIdle(): void {
    if (this.#idle !== undefined || this.#seats <= this.#seated.size) return;
    this.#peakSeats = this.#seated.size;
    this.#idle = this.#office.timers.after(this.#office.limits.seatIdleMs, () => {
      this.#idle = undefined;
      if (this.#peakSeats < this.#seats && this.#newcomers.size === 0) this.#ask(this.#peakSeats);
      this.#watchIdle();
    });
  }

  #watchEnd(): void {
    this.#end?.cancel();
    this.#end = undefined;
    if (this.#members.size === 0) return;
    const leftMs = this.#servesUntilMs - this.#office.timers.nowMs();
    if (leftMs <= 0) {
      this.#endAll('revoked');
      return;
    }
    this.#end = this.#office.timers.after(Math.min(Math.ceil(leftMs), MAX_TIMER_MS), () => this.#watchEnd());
  }

  #wake(): void {
    if (!this.#mayRelay()) return;
    this.#clearPause();
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter.wake();
  }

  #clearPause(): void {
    this.#pause?.cancel();
    this.#pause = undefined;
  }

  #clearRecall(): void {
    this.#recall?.cancel();
    this.#recall = undefined;
    this.#wasRecalled = false;
  }
}
