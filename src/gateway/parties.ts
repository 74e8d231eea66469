import type { Acquaintance } from './acquaintance.ts';
import type { Leases } from './leases.ts';
import { Limiter, type LimiterOffice } from './limiter.ts';
import type { GatewayLimits } from './limits.ts';
import { callLink } from './link-call.ts';
import type { GatewayLog } from './log.ts';
import type {
  Account,
  ControlLink,
  Identity,
  LimitSubject,
  ServiceLimits,
  ShareAnswer,
  ShareRequest,
} from './ports.ts';
import { Roster } from './roster.ts';
import { type RuleBook, ruleBook } from './rules.ts';
import type { Seat } from './service.ts';
import type { Timer, Timers } from './timers.ts';

/** All that one subuser or subscription has open in this process. What is not limited has no limiter and no rules. */
export interface Party {
  readonly subject: LimitSubject;
  readonly account: Account;
  readonly seats: Roster<Seat>;
  readonly limiter: Limiter | undefined;
  readonly rules: RuleBook | undefined;
  /** It is not known here any more; who is served again has another one. */
  readonly isForgotten: boolean;
}

export class PartyRecord implements Party {
  readonly subject: LimitSubject;
  readonly account: Account;
  readonly seats = new Roster<Seat>();
  /** Since the last look at those who have nothing open. */
  wasJoined = false;
  isForgotten = false;
  limits: ServiceLimits | undefined;
  learntAtMs = Number.NEGATIVE_INFINITY;
  limiter: Limiter | undefined;
  rules: RuleBook | undefined;

  constructor(subject: LimitSubject, account: Account) {
    this.subject = subject;
    this.account = account;
  }
}

/** Subjects in one question. */
const MAX_QUESTION = 1_000;
/** Between looks at those who have nothing open: who opens one tunnel after the other is not forgotten and made anew with each of them. */
const SWEEP_MS = 10_000;

/** Who is served in this process at the moment, and which limits hold for them. */
export class Parties implements LimiterOffice {
  readonly timers: Timers;
  readonly limits: GatewayLimits;
  readonly #link: ControlLink;
  readonly #leases: Leases;
  readonly #log: GatewayLog;
  readonly #parties = new Map<LimitSubject, PartyRecord>();
  readonly #limited = new Set<PartyRecord>();
  /** Limits of these changed, and what they are now is not known yet. */
  readonly #outdated = new Set<LimitSubject>();
  #seatCount = 0;
  #refreshing: Promise<void> | undefined;
  #tick: Timer | undefined;
  #sweptAtMs: number;

  constructor(link: ControlLink, leases: Leases, timers: Timers, limits: GatewayLimits, log: GatewayLog) {
    this.#link = link;
    this.#leases = leases;
    this.timers = timers;
    this.limits = limits;
    this.#log = log;
    this.#sweptAtMs = timers.nowMs();
    leases.follow({
      sessionRenewed: () => {
        for (const { limiter } of this.#limited) limiter?.sessionRenewed();
      },
      sessionLost: () => {
        for (const { limiter } of this.#limited) limiter?.sessionLost();
      },
    });
  }

  start(): void {
    this.#tick = this.timers.after(this.limits.reportEveryMs, () => {
      this.start();
      for (const party of this.#limited) {
        party.limiter?.tick();
        if (party.seats.size === 0 && party.limiter?.isIdle !== false) this.#forget(party);
      }
      this.#sweep();
      // What could not be asked before.
      this.#refresh();
    });
  }

  #sweep(): void {
    const nowMs = this.timers.nowMs();
    if (nowMs - this.#sweptAtMs < SWEEP_MS) return;
    this.#sweptAtMs = nowMs;
    for (const party of this.#parties.values()) {
      if (!party.wasJoined && isEmpty(party)) this.#forget(party);
      party.wasJoined = false;
    }
  }

  stop(): void {
    this.#tick?.cancel();
    this.#outdated.clear();
    for (const party of this.#limited) this.#forget(party);
  }

  /** Directions of tunnels that are paused by a limit. */
  get waiting(): number {
    let sum = 0;
    for (const { limiter } of this.#limited) sum += limiter?.waiting ?? 0;
    return sum;
  }

  /** `acquaintance`: of this identity and no other. */
  join(seat: Seat, identity: Identity, askedAtMs: number, acquaintance: Acquaintance): Party {
    let { party } = acquaintance;
    if (party === undefined || party.isForgotten) {
      party = this.#findOrMake(identity);
      acquaintance.party = party;
    }
    party.wasJoined = true;
    if (party.limits !== identity.limits && askedAtMs > party.learntAtMs) {
      party.learntAtMs = askedAtMs;
      // The same answer, given twice, is the usual case.
      if (JSON.stringify(party.limits) !== JSON.stringify(identity.limits))
        this.#apply(party, identity.limits);
    }
    seat.partyPlace = party.seats.join(seat);
    this.#seatCount += 1;
    return party;
  }

  #findOrMake(identity: Identity): PartyRecord {
    const subject = subjectOf(identity);
    let party = this.#parties.get(subject);
    if (party === undefined) {
      party = new PartyRecord(subject, identity.account);
      this.#parties.set(subject, party);
    }
    return party;
  }

  leave(seat: Seat): void {
    if (seat.partyPlace?.leave()) this.#seatCount -= 1;
    if (!seat.party.isForgotten) seat.party.limiter?.leave(seat);
  }

  partyOf(subject: LimitSubject): Party | undefined {
    return this.#parties.get(subject);
  }

  /** Tunnels and exchanges that are being served, or wait to be. */
  get seatCount(): number {
    return this.#seatCount;
  }

  /** All of them, or those of one account, in the order in which they came. */
  seats(account?: Account): Seat[] {
    const parties = [...this.#parties.values()].filter(
      (party) => account === undefined || party.account === account,
    );
    return parties.flatMap((party) => [...party.seats]).sort((a, b) => a.number - b.number);
  }

  /** Limits changed; of anybody, without a subject. The credentials are forgotten already. */
  changed(subject?: LimitSubject): void {
    if (subject === undefined) for (const party of this.#parties.values()) this.#outdate(party);
    else this.#outdate(this.#parties.get(subject));
    this.#refresh();
  }

  #outdate(party: PartyRecord | undefined): void {
    if (party === undefined) return;
    // Whoever comes next brings what holds then.
    if (isEmpty(party)) this.#forget(party);
    else this.#outdated.add(party.subject);
  }

  recalled(subject: LimitSubject, what: ShareRequest['what'], fairUnits: number): void {
    this.#parties.get(subject)?.limiter?.recalled(what, fairUnits);
  }

  get isOpen(): boolean {
    return this.#leases.isOpen;
  }

  isValid(): boolean {
    return this.#leases.isValid();
  }

  sessionLost(): void {
    this.#leases.sessionLost();
  }

  holdShare(request: ShareRequest): Promise<ShareAnswer> {
    return callLink(this.timers, this.limits.linkCallTimeoutMs, () => this.#link.holdShare(request));
  }

  #refresh(): void {
    if (this.#refreshing !== undefined || this.#outdated.size === 0) return;
    const subjects = [...this.#outdated].slice(0, MAX_QUESTION);
    // Those that change once more meanwhile are asked for once more.
    for (const subject of subjects) this.#outdated.delete(subject);
    const askedAtMs = this.timers.nowMs();
    this.#refreshing = callLink(this.timers, this.limits.linkCallTimeoutMs, () =>
      this.#link.limitsOf(subjects),
    )
      .then(
        (answers) => {
          subjects.forEach((subject, index) => {
            const party = this.#parties.get(subject);
            if (party === undefined || askedAtMs < party.learntAtMs) return;
            party.learntAtMs = askedAtMs;
            this.#apply(party, answers[index] ?? undefined);
          });
          return true;
        },
        (error: unknown) => {
          for (const subject of subjects) this.#outdated.add(subject);
          this.#log.warn({ err: error }, 'changed limits could not be asked for; trying again');
          return false;
        },
      )
      .then((isAnswered) => {
        this.#refreshing = undefined;
        if (isAnswered) this.#refresh();
      });
  }

  #apply(party: PartyRecord, limits: ServiceLimits | undefined): void {
    party.limits = limits;
    party.rules = ruleBook(limits?.rules);
    const { maxTunnels, tunnelsPerSecond, bytesPerSecond } = limits ?? {};
    if (maxTunnels ?? tunnelsPerSecond ?? bytesPerSecond) {
      this.#limited.add(party);
      party.limiter ??= new Limiter(party.subject, this, party.seats);
      party.limiter.apply(limits!);
    } else if (party.limiter !== undefined) {
      const { limiter } = party;
      this.#limited.delete(party);
      party.limiter = undefined;
      limiter.end();
    }
    if (party.rules === undefined) return;
    for (const seat of party.seats) if (seat.isProhibitedBy(party.rules)) seat.end('revoked');
  }

  #forget(party: PartyRecord): void {
    party.isForgotten = true;
    party.limiter?.forget();
    this.#limited.delete(party);
    this.#parties.delete(party.subject);
  }
}

/** One that holds parts of a limit is there until they are given back. */
function isEmpty(party: PartyRecord): boolean {
  return party.seats.size === 0 && party.limiter === undefined;
}

function subjectOf(identity: Identity): LimitSubject {
  return identity.kind === 'subuser'
    ? `subuser:${identity.subuserId}`
    : `subscription:${identity.subscriptionId}`;
}
