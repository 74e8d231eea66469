import type { Admission, Holder, Member } from './holder.ts';
import { LEASE } from './journal/format.ts';
import type { Journal } from './journal/journal.ts';
import type { GatewayLimits } from './limits.ts';
import { type Direction, type EndReason, Meter, type Waiter } from './meter.ts';
import type { LeaseAnswer, LeaseRequest, SubuserIdentity } from './ports.ts';
import { Roster } from './roster.ts';
import { SessionOver } from './session-over.ts';
import { afterSilence, type Timer, type Timers } from './timers.ts';

/** A slice of quota, with its counters: what was granted, what was used, what the control side has acknowledged. */
export class Lease extends Meter {
  readonly sessionId: string;
  readonly leaseId: string;
  readonly #journal: Journal;
  #place: number | undefined;
  acknowledgedBytes = 0;

  constructor(sessionId: string, leaseId: string, journal: Journal) {
    super();
    this.sessionId = sessionId;
    this.leaseId = leaseId;
    this.#journal = journal;
  }

  /** What was taken is in the journal before it can be handed on. */
  override take(direction: Direction, wantedBytes: number): number {
    const takenBytes = super.take(direction, wantedBytes);
    if (takenBytes > 0) {
      this.#place ??= this.#journal.open(LEASE, this.sessionId, this.leaseId);
      this.#journal.write(this.#place, this.upBytes, this.downBytes);
    }
    return takenBytes;
  }

  /** All of it is acknowledged, and nothing more is taken. */
  forget(): void {
    if (this.#place !== undefined) this.#journal.free(this.#place);
    this.#place = undefined;
  }

  get hasNews(): boolean {
    return this.usedBytes !== this.acknowledgedBytes;
  }
}

/** What a holder needs of the session it lives in. */
export interface LeaseOffice {
  readonly timers: Timers;
  readonly limits: GatewayLimits;
  /** A session is open. */
  readonly isOpen: boolean;
  /** Until this moment leases of the session are good. */
  readonly validUntilMs: number;
  /** Of the open session. */
  readonly sessionId: string | undefined;
  /** They are at this one. */
  isValid(): boolean;
  readonly journal: Journal;
  request(request: LeaseRequest): Promise<LeaseAnswer>;
  /** Reports the lease for the last time; `returned` is called once that is acknowledged. */
  giveBack(lease: Lease, returned: () => void): void;
  sessionLost(): void;
}

const RETRY_AFTER_FAILURE_MS = 250;
const LEAST_RETRY_MS = 20;
const MOST_RETRY_MS = 5_000;
/** Speed is not judged over less: the first packets of a burst say little. */
const LEAST_SAMPLE_MS = 100;

/** The allowance of one subuser for one product in this process, shared by all its tunnels. */
export class LeaseHolder implements Holder {
  readonly identity: SubuserIdentity;
  /** Its office has no more to do with it, and makes another one for this identity. */
  isForgotten = false;
  readonly #office: LeaseOffice;
  readonly #members = new Roster<Member>();
  /** In order of arrival. */
  readonly #waiters = new Set<Waiter>();
  #lease: Lease | undefined;
  #returning: Lease | undefined;
  /** The request under way; an answer to another one is out of date. */
  #asking: object | undefined;
  #retry: Timer | undefined;
  #pause: Timer | undefined;
  /** What stands in the way of more allowance, should waiting come to its end. */
  #trouble: EndReason = 'away';
  /** The control side has nothing more: no use in asking before the rest is spent. */
  #isDry = false;
  /** Bandwidth was added since the question under way was asked: an answer that there is none is out of date. */
  #isToppedUp = false;
  #wantBytes: number;
  #bytesPerMs = 0;
  // Begun with a number, a time is written in place; otherwise each is an object, and there may be thousands of holders.
  #sampledAtMs = 0;
  #sampledBytes = 0;
  #totalBytes = 0;
  #trafficAtMs = 0;
  #memberLeftAtMs = 0;

  constructor(identity: SubuserIdentity, office: LeaseOffice) {
    this.identity = identity;
    this.#office = office;
    this.#wantBytes = office.limits.firstLeaseBytes;
    const nowMs = office.timers.nowMs();
    this.#sampledAtMs = nowMs;
    this.#trafficAtMs = nowMs;
    this.#memberLeftAtMs = nowMs;
  }

  get lease(): Lease | undefined {
    return this.#lease;
  }

  get waiting(): number {
    return this.#waiters.size;
  }

  /** Nothing hangs on this holder: it may be forgotten. */
  get isIdle(): boolean {
    const isBusy = this.#members.size > 0 || this.#waiters.size > 0;
    return !isBusy && !this.#lease && !this.#returning && !this.#asking;
  }

  join(member: Member): void {
    member.holderPlace = this.#members.join(member);
  }

  leave(member: Member): void {
    if (member.holderPlace?.leave()) this.#memberLeftAtMs = this.#office.timers.nowMs();
  }

  admit(): Admission | undefined {
    if (this.#availableBytes() > 0) return undefined;
    const { promise, resolve } = Promise.withResolvers<EndReason | undefined>();
    const settle = (reason: EndReason | undefined) => {
      timer.cancel();
      resolve(reason);
    };
    const waiter: Waiter = { isNewcomer: true, wake: () => settle(undefined), giveUp: settle };
    const abandon = () => {
      this.stopWaiting(waiter);
      settle(this.#trouble);
    };
    const { admissionLimitMs, awayLimitMs } = this.#office.limits;
    const limitMs = this.#office.isValid() ? admissionLimitMs : awayLimitMs;
    const timer = afterSilence(this.#office.timers, limitMs, abandon);
    this.wait(waiter);
    return { answer: promise, abandon };
  }

  /** Bandwidth is sold by the byte. */
  countRequest(): void {}

  take(direction: Direction, wantedBytes: number): number {
    const lease = this.#lease;
    if (lease === undefined) return 0;
    // The clock is read on every take: a lease that has run out by a millisecond relays nothing more.
    const nowMs = this.#office.timers.nowMs();
    if (nowMs >= this.#office.validUntilMs) return 0;
    const takenBytes = lease.take(direction, wantedBytes);
    if (takenBytes > 0) {
      this.#totalBytes += takenBytes;
      this.#trafficAtMs = nowMs;
    }
    if (!this.#isDry && lease.leftBytes < this.#wantBytes / 2) this.#ask();
    return takenBytes;
  }

  wait(waiter: Waiter): void {
    this.#waiters.add(waiter);
    this.#startPause();
    this.#ask();
  }

  stopWaiting(waiter: Waiter): void {
    this.#waiters.delete(waiter);
    if (this.#waiters.size === 0) this.#clearPause();
  }

  /** Ends every tunnel, and everyone who waits. */
  end(reason: EndReason): void {
    this.#giveUp(reason);
    for (const member of this.#members) member.end(reason);
  }

  /** The session was renewed or opened: what stood in the way may be gone. */
  sessionRenewed(): void {
    if (this.#waiters.size === 0) return;
    this.#wake();
    if (this.#waiters.size > 0) this.#ask();
  }

  /** The session is over, and every lease with it. Tunnels are paused until there is a new one. */
  sessionLost(): void {
    this.#lease = undefined;
    this.#returning = undefined;
    this.#asking = undefined;
    this.#isDry = false;
    this.#trouble = 'away';
    this.#clearRetry();
  }

  /** A refusal for lack of quota is out of date. */
  quotaAdded(): void {
    this.#isDry = false;
    this.#isToppedUp = true;
    this.#clearRetry();
    if (this.#waiters.size > 0) this.#ask();
  }

  /** The control side has ended this lease: nothing more is relayed on it. */
  leaseEnded(leaseId: string): void {
    if (this.#lease?.leaseId !== leaseId) return;
    this.#lease = undefined;
    this.end('revoked');
  }

  /** Freezes the allowance and returns it. Who still has something to send waits for a new lease. */
  giveBack(): void {
    const lease = this.#lease;
    if (lease === undefined) return;
    this.#lease = undefined;
    this.#returning = lease;
    this.#isDry = false;
    this.#office.giveBack(lease, () => {
      if (this.#returning !== lease) return;
      this.#returning = undefined;
      if (this.#waiters.size > 0) this.#ask();
    });
  }

  /** Once a second: measures the speed, and returns a lease that lies unused. */
  tick(nowMs: number): void {
    this.#sample(nowMs);
    if (this.#lease === undefined || this.#asking || this.#waiters.size > 0) return;
    const { leaseUnusedMs, leaseQuietMs } = this.#office.limits;
    const isUnused = this.#members.size === 0 && nowMs - this.#memberLeftAtMs >= leaseUnusedMs;
    if (isUnused || nowMs - this.#trafficAtMs >= leaseQuietMs) this.giveBack();
  }

  #availableBytes(): number {
    return this.#lease !== undefined && this.#office.isValid() ? this.#lease.leftBytes : 0;
  }

  #ask(): void {
    if (this.#asking || this.#retry || this.#returning || !this.#office.isOpen) return;
    // What is left cannot be spent before the session is renewed; more of it would not help.
    if (!this.#office.isValid()) return;
    const ticket = {};
    this.#asking = ticket;
    this.#isToppedUp = false;
    this.#wantBytes = this.#usefulBytes();
    this.#trafficAtMs = this.#office.timers.nowMs();
    const lease = this.#lease;
    const request: LeaseRequest = {
      subuserId: this.identity.subuserId,
      product: this.identity.product,
      knownGrantedBytes: lease?.grantedBytes ?? 0,
      usedUpBytes: lease?.upBytes ?? 0,
      usedDownBytes: lease?.downBytes ?? 0,
      wantBytes: this.#wantBytes,
    };
    if (lease !== undefined) request.leaseId = lease.leaseId;
    this.#office.request(request).then(
      (answer) => {
        if (this.#asking !== ticket) return;
        this.#asking = undefined;
        this.#answered(answer);
      },
      (error: unknown) => {
        if (this.#asking !== ticket) return;
        this.#asking = undefined;
        this.#trouble = 'away';
        if (error instanceof SessionOver) {
          this.#office.sessionLost();
          return;
        }
        // Who is new is told at once; who is being served is worth a pause.
        this.#giveUp('away', (waiter) => waiter.isNewcomer === true);
        this.#askAgainAfter(RETRY_AFTER_FAILURE_MS);
      },
    );
  }

  #answered(answer: LeaseAnswer): void {
    switch (answer.kind) {
      case 'granted':
        this.#granted(answer.leaseId, answer.grantedBytes);
        return;
      case 'wait':
        this.#trouble = 'held-elsewhere';
        this.#askAgainAfter(Math.min(MOST_RETRY_MS, Math.max(LEAST_RETRY_MS, answer.retryAfterMs)));
        return;
      case 'exhausted':
        // What this gateway is just returning comes back to the balance: then it is worth asking again.
        if (this.#returning) return;
        if (this.#isToppedUp) {
          if (this.#waiters.size > 0) this.#ask();
          return;
        }
        if ((this.#lease?.leftBytes ?? 0) === 0) this.end('exhausted');
        else this.#isDry = true;
        return;
      case 'revoked':
        this.giveBack();
        this.end('revoked');
        return;
    }
  }

  #granted(leaseId: string, grantedBytes: number): void {
    this.#trouble = 'away';
    const { sessionId } = this.#office;
    if (sessionId === undefined) return;
    if (this.#returning?.leaseId === leaseId) {
      // Recalled while the question was under way: what was added returns with the rest.
      this.#returning.grantedBytes = Math.max(this.#returning.grantedBytes, grantedBytes);
      return;
    }
    if (this.#lease !== undefined && this.#lease.leaseId !== leaseId)
      this.#office.giveBack(this.#lease, () => {});
    if (this.#lease?.leaseId !== leaseId) this.#lease = new Lease(sessionId, leaseId, this.#office.journal);
    const lease = this.#lease;
    lease.grantedBytes = Math.max(lease.grantedBytes, grantedBytes);
    this.#wake();
    // A grant of nothing, against the contract, must not become a storm of questions.
    if (lease.leftBytes === 0 && this.#waiters.size > 0) this.#askAgainAfter(RETRY_AFTER_FAILURE_MS);
  }

  #wake(): void {
    const hasProgress = this.#availableBytes() > 0;
    for (const waiter of this.#waiters) {
      if (this.#availableBytes() === 0) break;
      this.#waiters.delete(waiter);
      waiter.wake();
    }
    // Progress, even for some only, starts the pause of the others anew.
    if (hasProgress || this.#waiters.size === 0) this.#clearPause();
    if (this.#waiters.size > 0) this.#startPause();
  }

  #giveUp(reason: EndReason, isMeant: (waiter: Waiter) => boolean = () => true): void {
    const waiters = [...this.#waiters].filter(isMeant);
    for (const waiter of waiters) this.stopWaiting(waiter);
    for (const waiter of waiters) waiter.giveUp(reason);
  }

  #askAgainAfter(delayMs: number): void {
    this.#retry ??= this.#office.timers.after(delayMs, () => {
      this.#retry = undefined;
      if (this.#waiters.size > 0) this.#ask();
    });
  }

  #clearRetry(): void {
    this.#retry?.cancel();
    this.#retry = undefined;
  }

  #clearPause(): void {
    this.#pause?.cancel();
    this.#pause = undefined;
  }

  #startPause(): void {
    this.#pause ??= afterSilence(this.#office.timers, this.#office.limits.pauseLimitMs, () => {
      this.#pause = undefined;
      this.#giveUp(this.#trouble);
    });
  }

  #sample(nowMs: number): void {
    const elapsedMs = nowMs - this.#sampledAtMs;
    if (elapsedMs < LEAST_SAMPLE_MS) return;
    const bytesPerMs = (this.#totalBytes - this.#sampledBytes) / elapsedMs;
    // Up at once, down slowly: a lease too small pauses tunnels, one too large only returns a little later.
    this.#bytesPerMs = Math.max(bytesPerMs, (this.#bytesPerMs + bytesPerMs) / 2);
    this.#sampledAtMs = nowMs;
    this.#sampledBytes = this.#totalBytes;
  }

  #usefulBytes(): number {
    const { firstLeaseBytes, leaseFloorBytes, leaseCeilingBytes, leaseSeconds } = this.#office.limits;
    this.#sample(this.#office.timers.nowMs());
    const burstBytesPerMs = (this.#totalBytes - this.#sampledBytes) / LEAST_SAMPLE_MS;
    const bytes = Math.ceil(Math.max(this.#bytesPerMs, burstBytesPerMs) * leaseSeconds * 1000);
    const floorBytes = this.#totalBytes === 0 ? firstLeaseBytes : leaseFloorBytes;
    return Math.min(leaseCeilingBytes, Math.max(floorBytes, bytes));
  }
}
