import type { Credentials } from './credentials.ts';
import { type Journal, noJournal } from './journal/journal.ts';
import type { Leases } from './leases.ts';
import type { GatewayLimits } from './limits.ts';
import { callLink } from './link-call.ts';
import type { GatewayLog } from './log.ts';
import type {
  ControlLink,
  Identity,
  SeatAnswer,
  SubscriptionIdentity,
  SubscriptionReport,
  SubscriptionStanding,
} from './ports.ts';
import { type SeatOffice, SubscriptionHolder } from './subscription.ts';
import type { Timer, Timers } from './timers.ts';

const CLOSE_ATTEMPTS = 3;

interface Entry {
  readonly holder: SubscriptionHolder;
  /** What the control side has counted, of this session. */
  acknowledgedBytes: number;
  acknowledgedRequests: number;
  /** A look at whom it still serves is due again: the last one found the control side away. */
  isUnchecked: boolean;
}

/** Of a session that ended before it was acknowledged. */
interface Overdue {
  readonly report: SubscriptionReport;
  /** In the journal. */
  readonly place: number | undefined;
}

/** The subscriptions that are used through this process: their seats, what they use, and whether they still serve. */
export class Subscriptions implements SeatOffice {
  readonly timers: Timers;
  readonly limits: GatewayLimits;
  readonly #link: ControlLink;
  readonly #leases: Leases;
  readonly #credentials: Credentials;
  readonly #log: GatewayLog;
  readonly journal: Journal;
  /** An idle one stays as long as the session: its figures are the session's. */
  readonly #entries = new Map<string, Entry>();
  #overdue: Overdue[] = [];
  #sessionId: string | undefined;
  #reporting: Promise<void> | undefined;
  #isReportDue = false;
  #isReportFailing = false;
  #tick: Timer | undefined;

  constructor(
    link: ControlLink,
    leases: Leases,
    credentials: Credentials,
    timers: Timers,
    limits: GatewayLimits,
    log: GatewayLog,
    journal: Journal = noJournal,
  ) {
    this.#link = link;
    this.#leases = leases;
    this.#credentials = credentials;
    this.timers = timers;
    this.limits = limits;
    this.#log = log;
    this.journal = journal;
    leases.follow({
      sessionRenewed: (sessionId) => this.#sessionRenewed(sessionId),
      sessionLost: () => this.#sessionLost(),
    });
  }

  start(): void {
    this.#tick = this.timers.after(this.limits.reportEveryMs, () => {
      this.start();
      for (const entry of this.#entries.values()) if (entry.isUnchecked) void this.#review(entry);
      this.reportSoon();
    });
  }

  /** Reports the exact totals. The tunnels are over by now; the seats end with the session. */
  async stop(): Promise<void> {
    this.#tick?.cancel();
    this.#isReportDue = false;
    await this.#reporting;
    for (const { holder } of this.#entries.values()) holder.forget();
    for (let attempt = 1; attempt <= CLOSE_ATTEMPTS && this.#reports(false).length > 0; attempt += 1) {
      await this.#reportOnce(this.#reports(false));
    }
    this.#leaveSession();
    this.#entries.clear();
  }

  holderOf(identity: SubscriptionIdentity, askedAtMs: number): SubscriptionHolder {
    const { subscriptionId } = identity;
    let entry = this.#entries.get(subscriptionId);
    if (entry === undefined) {
      const holder = new SubscriptionHolder(subscriptionId, this);
      entry = { holder, acknowledgedBytes: 0, acknowledgedRequests: 0, isUnchecked: false };
      this.#entries.set(subscriptionId, entry);
    }
    entry.holder.learn(identity, askedAtMs);
    return entry.holder;
  }

  /** Directions of tunnels that are paused. */
  get waiting(): number {
    return [...this.#entries.values()].reduce((sum, { holder }) => sum + holder.waiting, 0);
  }

  changed(subscriptionId: string): void {
    this.#credentials.forgetSubscription(subscriptionId);
    const entry = this.#entries.get(subscriptionId);
    if (entry !== undefined) void this.#review(entry);
  }

  recalled(subscriptionId: string): void {
    this.#entries.get(subscriptionId)?.holder.giveBackIdle();
  }

  /** Events were missed. The credentials are forgotten already. */
  resync(): void {
    for (const entry of this.#entries.values()) void this.#review(entry);
  }

  get isOpen(): boolean {
    return this.#leases.isOpen;
  }

  isValid(): boolean {
    return this.#leases.isValid();
  }

  get sessionId(): string | undefined {
    return this.#sessionId;
  }

  holdSeats(subscriptionId: string, seats: number): Promise<SeatAnswer> {
    return callLink(this.timers, this.limits.linkCallTimeoutMs, () =>
      this.#link.holdSeats({ subscriptionId, seats }),
    );
  }

  sessionLost(): void {
    this.#leases.sessionLost();
  }

  /** Reports now, or once more after the report under way. */
  reportSoon(): void {
    if (this.#reporting !== undefined) {
      this.#isReportDue = true;
      return;
    }
    this.#isReportDue = false;
    const reports = this.#reports(true);
    if (reports.length === 0) return;
    this.#reporting = this.#reportOnce(reports).finally(() => {
      this.#reporting = undefined;
      if (this.#isReportDue) this.reportSoon();
    });
  }

  #sessionRenewed(sessionId: string): void {
    this.#sessionId = sessionId;
    for (const { holder } of this.#entries.values()) holder.sessionRenewed();
  }

  #sessionLost(): void {
    this.#leaveSession();
    for (const [subscriptionId, entry] of this.#entries) {
      entry.acknowledgedBytes = 0;
      entry.acknowledgedRequests = 0;
      entry.holder.sessionLost();
      if (entry.holder.isUsed) continue;
      entry.holder.forget();
      this.#entries.delete(subscriptionId);
    }
  }

  /** What is not acknowledged of it becomes overdue. */
  #leaveSession(): void {
    const sessionId = this.#sessionId;
    if (sessionId === undefined) return;
    for (const entry of this.#entries.values()) {
      const place = entry.holder.leavePlace();
      const { subscriptionId, bytes, requests } = entry.holder;
      if (hasNews(entry))
        this.#overdue.push({ report: { sessionId, subscriptionId, bytes, requests }, place });
      else if (place !== undefined) this.journal.free(place);
    }
    this.#sessionId = undefined;
  }

  /** What is not acknowledged; with `isQuestion` also what is in use, for the sake of the answer. */
  #reports(isQuestion: boolean): SubscriptionReport[] {
    const sessionId = this.#sessionId;
    const overdue = this.#overdue.map(({ report }) => report);
    if (sessionId === undefined) return overdue;
    const current = [...this.#entries.values()].flatMap((entry) => {
      const { subscriptionId, bytes, requests, isUsed } = entry.holder;
      const isDue = hasNews(entry) || (isQuestion && isUsed);
      return isDue ? [{ sessionId, subscriptionId, bytes, requests }] : [];
    });
    return [...overdue, ...current];
  }

  async #reportOnce(reports: SubscriptionReport[]): Promise<void> {
    const sentAtMs = this.timers.nowMs();
    try {
      const standings = await callLink(this.timers, this.limits.linkCallTimeoutMs, () =>
        this.#link.reportSubscriptions(reports),
      );
      this.#isReportFailing = false;
      this.#acknowledged(reports);
      for (const standing of standings) this.#learn(standing, sentAtMs);
    } catch (error) {
      // Nothing is forgotten: figures are cumulative, and the next report carries them again.
      if (!this.#isReportFailing) this.#log.warn({ err: error, reports }, 'subscriptions were not reported');
      this.#isReportFailing = true;
      this.#isReportDue = false;
    }
  }

  #acknowledged(reports: SubscriptionReport[]): void {
    const isDone = ({ report }: Overdue) => reports.some((sent) => isIncluded(report, sent));
    for (const { place } of this.#overdue.filter(isDone)) if (place !== undefined) this.journal.free(place);
    this.#overdue = this.#overdue.filter((overdue) => !isDone(overdue));
    for (const report of reports) {
      const entry = this.#entries.get(report.subscriptionId);
      if (entry === undefined || report.sessionId !== this.#sessionId) continue;
      entry.acknowledgedBytes = Math.max(entry.acknowledgedBytes, report.bytes);
      entry.acknowledgedRequests = Math.max(entry.acknowledgedRequests, report.requests);
    }
  }

  #learn(standing: SubscriptionStanding, askedAtMs: number): void {
    const holder = this.#entries.get(standing.subscriptionId)?.holder;
    if (standing.kind === 'serving') {
      holder?.learn(standing, askedAtMs);
      return;
    }
    this.#credentials.forgetSubscription(standing.subscriptionId);
    holder?.over(askedAtMs);
  }

  /** Ends the tunnels of addresses that are not this subscription's any more, then looks how many there may be. */
  async #review(entry: Entry): Promise<void> {
    const { holder } = entry;
    entry.isUnchecked = false;
    await Promise.all(
      [...holder.addresses].map(async (address) => {
        const answer = await this.#credentials.byAddress(address);
        if (answer.kind === 'away') {
          entry.isUnchecked = true;
          return;
        }
        if (answer.kind === 'known' && isOf(answer.identity, holder.subscriptionId))
          holder.learn(answer.identity, answer.askedAtMs);
        else holder.endAddress(address);
      }),
    );
    holder.reviewSeats();
  }
}

function hasNews({ holder, acknowledgedBytes, acknowledgedRequests }: Entry): boolean {
  return holder.bytes !== acknowledgedBytes || holder.requests !== acknowledgedRequests;
}

function isIncluded(one: SubscriptionReport, other: SubscriptionReport): boolean {
  return (
    one.sessionId === other.sessionId &&
    one.subscriptionId === other.subscriptionId &&
    one.bytes <= other.bytes &&
    one.requests <= other.requests
  );
}

function isOf(identity: Identity, subscriptionId: string): identity is SubscriptionIdentity {
  return identity.kind === 'subscription' && identity.subscriptionId === subscriptionId;
}
