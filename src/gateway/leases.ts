import { Acquaintance } from './acquaintance.ts';
import type { GatewayCounters } from './counters.ts';
import type { JournalFolder } from './journal/folder.ts';
import { SESSION } from './journal/format.ts';
import { type Journal, noJournal } from './journal/journal.ts';
import { Recovery } from './journal/recovery.ts';
import { type Lease, LeaseHolder, type LeaseOffice } from './lease.ts';
import type { GatewayLimits } from './limits.ts';
import { callLink } from './link-call.ts';
import type { GatewayLog } from './log.ts';
import type {
  ControlLink,
  LeaseAnswer,
  LeaseRequest,
  ReportAnswer,
  SubuserIdentity,
  UsageReport,
} from './ports.ts';
import { SessionOver } from './session-over.ts';
import type { Timer, Timers } from './timers.ts';

const FIRST_REOPEN_MS = 100;
const LAST_REOPEN_MS = 2_000;
const CLOSE_ATTEMPTS = 3;

/** Lives in the same session, and is told what becomes of it. */
export interface SessionFollower {
  /** The session was opened, or its validity prolonged. */
  sessionRenewed(sessionId: string): void;
  sessionLost(): void;
}

interface Session {
  readonly sessionId: string;
  readonly leaseValidForMs: number;
  /** In the journal: who finds it there after our death ends the session. */
  readonly place: number;
  validUntilMs: number;
}

interface Returning {
  readonly lease: Lease;
  readonly returned: () => void;
}

/**
 * Every lease of this process: one session with the control side, one report a second that is also its heartbeat, one
 * holder for each subuser and product.
 */
export class Leases implements LeaseOffice {
  readonly timers: Timers;
  readonly limits: GatewayLimits;
  readonly #link: ControlLink;
  readonly #log: GatewayLog;
  readonly #counters: GatewayCounters;
  readonly #holders = new Map<string, LeaseHolder>();
  readonly #returning = new Map<string, Returning>();
  readonly #followers: SessionFollower[] = [];
  readonly journal: Journal;
  readonly #recovery: Recovery;
  #session: Session | undefined;
  #opening: Promise<void> | undefined;
  #reopenAfterMs = FIRST_REOPEN_MS;
  #isOpenFailing = false;
  #reporting: Promise<void> | undefined;
  #isReportDue = false;
  #isReportFailing = false;
  #tick: Timer | undefined;
  #reopen: Timer | undefined;
  #isStopped = false;

  constructor(
    link: ControlLink,
    timers: Timers,
    limits: GatewayLimits,
    log: GatewayLog,
    counters: GatewayCounters,
    journal: Journal = noJournal,
    journals?: JournalFolder,
  ) {
    this.#link = link;
    this.timers = timers;
    this.limits = limits;
    this.#log = log;
    this.#counters = counters;
    this.journal = journal;
    this.#recovery = new Recovery(link, timers, limits, log, journals);
  }

  /** Opens the session; when the link is away, it goes on trying in the background. */
  async start(): Promise<void> {
    this.#scheduleTick();
    await this.#open();
  }

  /** Ends the session with the exact totals. The tunnels are over by now. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#tick?.cancel();
    this.#reopen?.cancel();
    await this.#opening;
    await this.#reporting;
    if (this.#session === undefined) {
      if (this.#recovery.lost.length > 0) await this.#recovery.run();
      return;
    }
    const leases = this.#allLeases();
    const { place } = this.#session;
    let isClosed = false;
    let isOver = false;
    const reports = leases.map((lease) => usageReport(lease, true));
    for (let attempt = 1; attempt <= CLOSE_ATTEMPTS; attempt += 1) {
      try {
        await callLink(this.timers, this.limits.linkCallTimeoutMs, () => this.#link.close(reports));
        isClosed = true;
        isOver = true;
        break;
      } catch (error) {
        this.#log.warn({ err: error, attempt, reports }, 'the last usage report was not acknowledged');
        isOver = error instanceof SessionOver;
        if (isOver) break;
      }
    }
    if (isClosed) for (const lease of leases) lease.forget();
    else this.#setAside(leases);
    // Otherwise the next gateway of this folder ends it.
    if (isOver) this.journal.free(place);
    if (this.#recovery.lost.length > 0) await this.#recovery.run();
    this.#session = undefined;
    for (const [key, holder] of this.#holders) this.#forget(key, holder);
    this.#returning.clear();
  }

  follow(follower: SessionFollower): void {
    this.#followers.push(follower);
  }

  /** `acquaintance`: of this identity and no other. */
  holderOf(identity: SubuserIdentity, acquaintance = new Acquaintance()): LeaseHolder {
    const { holder } = acquaintance;
    if (holder !== undefined && !holder.isForgotten) return holder;
    acquaintance.holder = this.#findOrMake(identity);
    return acquaintance.holder;
  }

  #findOrMake(identity: SubuserIdentity): LeaseHolder {
    const key = `${identity.product} ${identity.subuserId}`;
    let holder = this.#holders.get(key);
    if (holder === undefined) {
      holder = new LeaseHolder(identity, this);
      this.#holders.set(key, holder);
    }
    return holder;
  }

  #forget(key: string, holder: LeaseHolder): void {
    holder.isForgotten = true;
    this.#holders.delete(key);
  }

  holdersOf(subuserId: string): LeaseHolder[] {
    return this.holders.filter((holder) => holder.identity.subuserId === subuserId);
  }

  get holders(): LeaseHolder[] {
    return [...this.#holders.values()];
  }

  get leaseCount(): number {
    return this.#allLeases().length;
  }

  get isOpen(): boolean {
    return this.#session !== undefined && !this.#isStopped;
  }

  get validUntilMs(): number {
    return this.#session === undefined ? Number.NEGATIVE_INFINITY : this.#session.validUntilMs;
  }

  isValid(): boolean {
    return this.timers.nowMs() < this.validUntilMs;
  }

  get sessionId(): string | undefined {
    return this.#session?.sessionId;
  }

  async request(request: LeaseRequest): Promise<LeaseAnswer> {
    const askedAtMs = this.timers.nowMs();
    try {
      return await callLink(this.timers, this.limits.linkCallTimeoutMs, () => this.#link.lease(request));
    } catch (error) {
      this.#counters.leaseRequestFailures += 1;
      throw error;
    } finally {
      this.#counters.leaseRequests.observe((this.timers.nowMs() - askedAtMs) / 1000);
    }
  }

  giveBack(lease: Lease, returned: () => void): void {
    this.#returning.set(lease.leaseId, { lease, returned });
    this.#report();
  }

  /**
   * Leases and counters of the lost session are dropped: under a new lease they would count twice. What it had not
   * acknowledged is reported late, before there is a new session.
   */
  sessionLost(): void {
    if (this.#session === undefined) return;
    let unreportedBytes = 0;
    const leases = this.#allLeases();
    for (const lease of leases) unreportedBytes += lease.usedBytes - lease.acknowledgedBytes;
    this.#setAside(leases);
    this.journal.free(this.#session.place);
    this.#log.warn({ unreportedBytes }, 'the control side has ended the session');
    this.#session = undefined;
    this.#returning.clear();
    for (const holder of this.#holders.values()) holder.sessionLost();
    for (const follower of this.#followers) follower.sessionLost();
    void this.#open();
  }

  /** Of a session that is over. */
  #setAside(leases: readonly Lease[]): void {
    for (const lease of leases) {
      if (lease.hasNews) this.#recovery.add([lease]);
      else lease.forget();
    }
  }

  #allLeases(): Lease[] {
    const leases = [...this.#returning.values()].map((entry) => entry.lease);
    for (const holder of this.#holders.values()) if (holder.lease) leases.push(holder.lease);
    return leases;
  }

  #open(): Promise<void> {
    this.#opening ??= this.#openOnce().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #openOnce(): Promise<void> {
    let askedAtMs = 0;
    try {
      if (!(await this.#recovery.mayOpen())) throw new Error('ended sessions are not reported yet');
      // Counted from before the question, so that the control side never thinks a lease over before we do.
      askedAtMs = this.timers.nowMs();
      const { sessionId, leaseValidForMs } = await callLink(this.timers, this.limits.linkCallTimeoutMs, () =>
        this.#link.open(),
      );
      const place = this.journal.open(SESSION, sessionId, '0');
      this.#session = { sessionId, leaseValidForMs, place, validUntilMs: askedAtMs + leaseValidForMs };
      this.#reopenAfterMs = FIRST_REOPEN_MS;
      if (this.#isOpenFailing) this.#log.info({}, 'there is a session with the control side again');
      this.#isOpenFailing = false;
      this.#renewed(sessionId);
    } catch (error) {
      if (this.#isStopped) return;
      if (!this.#isOpenFailing)
        this.#log.warn({ err: error }, 'no session with the control side; trying again');
      this.#isOpenFailing = true;
      this.#reopen = this.timers.after(this.#reopenAfterMs, () => void this.#open());
      this.#reopenAfterMs = Math.min(LAST_REOPEN_MS, this.#reopenAfterMs * 2);
    }
  }

  #renewed(sessionId: string): void {
    for (const holder of this.#holders.values()) holder.sessionRenewed();
    for (const follower of this.#followers) follower.sessionRenewed(sessionId);
  }

  #scheduleTick(): void {
    this.#tick = this.timers.after(this.limits.reportEveryMs, () => {
      this.#scheduleTick();
      const nowMs = this.timers.nowMs();
      for (const [key, holder] of this.#holders) {
        holder.tick(nowMs);
        if (holder.isIdle) this.#forget(key, holder);
      }
      if (this.#session !== undefined) this.#recovery.tick();
      this.#report();
    });
  }

  /** Reports now, or once more after the report under way. */
  #report(): void {
    if (this.#session === undefined || this.#isStopped) return;
    if (this.#reporting !== undefined) {
      this.#isReportDue = true;
      return;
    }
    this.#isReportDue = false;
    this.#reporting = this.#reportOnce(this.#session).finally(() => {
      this.#reporting = undefined;
      if (this.#isReportDue) this.#report();
    });
  }

  async #reportOnce(session: Session): Promise<void> {
    // After the events that are ready now: leases returned in the same turn of the loop leave together.
    await new Promise((resolve) => setImmediate(resolve));
    const reports: UsageReport[] = [];
    const reported: LeaseHolder[] = [];
    for (const holder of this.#holders.values()) {
      if (!holder.lease?.hasNews) continue;
      reported.push(holder);
      reports.push(usageReport(holder.lease, false));
    }
    for (const { lease } of this.#returning.values()) reports.push(usageReport(lease, true));
    const sentAtMs = this.timers.nowMs();
    try {
      const answers = await callLink(this.timers, this.limits.linkCallTimeoutMs, () =>
        this.#link.report(reports),
      );
      if (this.#session !== session) return;
      session.validUntilMs = sentAtMs + session.leaseValidForMs;
      if (this.#isReportFailing) this.#log.info({}, 'the control link is back');
      this.#isReportFailing = false;
      this.#acknowledged(reports, reported, answers);
      this.#renewed(session.sessionId);
    } catch (error) {
      if (this.#session !== session) return;
      if (error instanceof SessionOver) {
        this.sessionLost();
        return;
      }
      // Nothing is forgotten: counters are cumulative, and the next report carries them again.
      if (!this.#isReportFailing) this.#log.warn({ err: error }, 'the control link is away');
      this.#isReportFailing = true;
      this.#isReportDue = false;
    }
  }

  /** `reported`: whose leases the first of the reports are about. */
  #acknowledged(
    reports: readonly UsageReport[],
    reported: readonly LeaseHolder[],
    answers: readonly ReportAnswer[],
  ): void {
    const unusual = new Map(answers.map(({ leaseId, kind }) => [leaseId, kind]));
    reports.forEach((report, index) => {
      const { leaseId } = report;
      // Both are empty nearly always, and there may be thousands of reports.
      const kind = unusual.size === 0 ? undefined : unusual.get(leaseId);
      const returning = this.#returning.size === 0 ? undefined : this.#returning.get(leaseId);
      if (returning !== undefined) {
        // The answer may be to a report from before the lease was given up.
        if (kind === undefined) return;
        this.#returning.delete(leaseId);
        this.#ended(returning.lease, report);
        returning.returned();
        return;
      }
      const holder = reported[index];
      if (holder?.lease?.leaseId !== leaseId) return;
      if (kind === undefined) {
        holder.lease.acknowledgedBytes = report.usedUpBytes + report.usedDownBytes;
        return;
      }
      this.#ended(holder.lease, report);
      holder.leaseEnded(leaseId);
    });
  }

  /** `report` was the last that counted. More may have been relayed while it was on its way. */
  #ended(lease: Lease, report: UsageReport): void {
    if (lease.usedBytes === report.usedUpBytes + report.usedDownBytes) lease.forget();
    else this.#recovery.add([lease]);
  }
}

function usageReport(lease: Lease, close: boolean): UsageReport {
  return { leaseId: lease.leaseId, usedUpBytes: lease.upBytes, usedDownBytes: lease.downBytes, close };
}
