import type { Admission, Holder, Member } from './holder.ts';
import { SUBSCRIPTION } from './journal/format.ts';
import type { Journal } from './journal/journal.ts';
import type { Direction, EndReason, Waiter } from './meter.ts';
import type { SeatAnswer, SubscriptionTerms } from './ports.ts';
import { Roster } from './roster.ts';
import { Seats, type SessionView } from './seats.ts';
import { afterSilence, type Timer } from './timers.ts';

/** What a subscription's holder needs of the session it lives in. */
export interface SeatOffice extends SessionView {
  /** The session in which figures are counted. */
  readonly sessionId: string | undefined;
  readonly journal: Journal;
  holdSeats(subscriptionId: string, seats: number): Promise<SeatAnswer>;
  /** Asks soon how the subscriptions stand. */
  reportSoon(): void;
}

/** The longest that a timer can take. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The tunnels of one subscription in this process: their seats, and the time in which they are served. */
export class SubscriptionHolder implements Holder {
  readonly subscriptionId: string;
  readonly #office: SeatOffice;
  readonly #seats: Seats;
  readonly #members = new Roster<Member>();
  /** Tunnels that are paused because the control side is away. */
  readonly #waiters = new Set<Waiter>();
  #pause: Timer | undefined;
  #end: Timer | undefined;
  #learntAtMs = Number.NEGATIVE_INFINITY;
  #admitsUntilMs = 0;
  #servesUntilMs = 0;
  /** In this session. */
  bytes = 0;
  requests = 0;
  #place: number | undefined;

  constructor(subscriptionId: string, office: SeatOffice) {
    this.subscriptionId = subscriptionId;
    this.#office = office;
    this.#seats = new Seats(office, {
      hold: (seats) => office.holdSeats(subscriptionId, seats),
      crowdedReason: 'crowded',
      seated: () => this.#wake(),
      // Who is being served may have a moment left; the standing says.
      over: () => office.reportSoon(),
    });
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
    for (const member of this.#members) if (member.address === address) this.#endMember(member);
  }

  join(member: Member): void {
    member.holderPlace = this.#members.join(member);
    if (this.#end === undefined) this.#watchEnd();
  }

  leave(member: Member): void {
    member.holderPlace?.leave();
    this.#seats.leave(member);
    if (this.#members.size > 0) return;
    this.#end?.cancel();
    this.#end = undefined;
  }

  admit(member: Member): Admission {
    if (this.#office.timers.nowMs() >= this.#admitsUntilMs)
      return { answer: Promise.resolve('revoked'), abandon: () => {} };
    return this.#seats.admit(member);
  }

  countRequest(): void {
    this.requests += 1;
    this.#note();
  }

  take(_direction: Direction, wantedBytes: number): number {
    if (!this.#mayRelay()) return 0;
    this.bytes += wantedBytes;
    this.#note();
    return wantedBytes;
  }

  wait(waiter: Waiter): void {
    this.#waiters.add(waiter);
    this.#pause ??= afterSilence(this.#office.timers, this.#office.limits.pauseLimitMs, () => {
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
    this.#seats.sessionRenewed();
    this.#wake();
  }

  /** The session is over, and its seats are gone. Tunnels are paused until they have seats in a new one. */
  sessionLost(): void {
    this.#seats.sessionLost();
    this.bytes = 0;
    this.requests = 0;
  }

  /** Where this session's figures stand in the journal is the caller's from now on, to be freed. */
  leavePlace(): number | undefined {
    const place = this.#place;
    this.#place = undefined;
    return place;
  }

  /** Others lack seats. */
  giveBackIdle(): void {
    this.#seats.giveBackIdle();
  }

  /** There may be more seats than a while ago, or fewer. */
  reviewSeats(): void {
    this.#seats.review();
  }

  /** Leaves no timer behind. */
  forget(): void {
    this.#seats.forget();
    this.#clearPause();
    this.#end?.cancel();
  }

  #note(): void {
    const { sessionId, journal } = this.#office;
    // Between two sessions there is nothing.
    if (sessionId === undefined) return;
    this.#place ??= journal.open(SUBSCRIPTION, sessionId, this.subscriptionId);
    journal.write(this.#place, this.bytes, this.requests);
  }

  /** The clock is read on every take: nothing is relayed on seats that others may have by now. */
  #mayRelay(): boolean {
    const hasSeats = this.#seats.isEnough && this.#office.isValid();
    return hasSeats && this.#office.timers.nowMs() < this.#servesUntilMs;
  }

  #endMember(member: Member): void {
    this.#seats.refuse(member, 'revoked');
    member.end('revoked');
  }

  #endAll(reason: EndReason): void {
    this.#seats.refuseAll(reason);
    for (const member of this.#members) member.end(reason);
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
}
