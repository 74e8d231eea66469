import type { Lease } from '../lease.ts';
import type { GatewayLimits } from '../limits.ts';
import { callLink } from '../link-call.ts';
import type { GatewayLog } from '../log.ts';
import type { ControlLink, RecoveredUse, SubscriptionReport } from '../ports.ts';
import type { Timers } from '../timers.ts';
import type { JournalFolder, LeftBehind } from './folder.ts';
import { type JournalRecord, LEASE, SESSION, SUBSCRIPTION } from './format.ts';

/** In one question. */
const MOST_AT_ONCE = 5_000;

/**
 * Reports what sessions that are over have relayed: those of gateways that were killed, by the journals they left, and those this
 * gateway lost. All of it is cumulative, so a recovery that is cut off anywhere begins anew and counts nothing twice.
 */
export class Recovery {
  readonly #link: ControlLink;
  readonly #timers: Timers;
  readonly #limits: GatewayLimits;
  readonly #log: GatewayLog;
  readonly #folder: JournalFolder | undefined;
  /** Of sessions that this gateway lost. */
  #lost: Lease[] = [];
  #running: Promise<boolean> | undefined;
  #isFailing = false;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #dueSinceMs: number | undefined;

  constructor(
    link: ControlLink,
    timers: Timers,
    limits: GatewayLimits,
    log: GatewayLog,
    folder: JournalFolder | undefined,
  ) {
    this.#link = link;
    this.#timers = timers;
    this.#limits = limits;
    this.#log = log;
    this.#folder = folder;
  }

  /** Not reported yet. */
  get lost(): readonly Lease[] {
    return this.#lost;
  }

  /** Their figures do not change any more; they stay in the journal until they are reported. */
  add(leases: readonly Lease[]): void {
    this.#lost.push(...leases);
  }

  /** What is to be reported, is. Before a session is opened: that may return what the old one's leases have left, to be used again. */
  async mayOpen(): Promise<boolean> {
    if (await this.run()) return true;
    // What the control side takes in no form must not keep the gateway from its work for good.
    return this.#timers.nowMs() - this.#dueSinceMs! >= this.#limits.recoverFirstMs;
  }

  /** Gateways beside this one may have died, and a report may have failed. */
  tick(): void {
    const isTime = this.#timers.nowMs() - this.#lookedAtMs >= this.#limits.recoverEveryMs;
    if (this.#lost.length > 0 || (this.#folder !== undefined && isTime)) void this.run();
  }

  /** Answers whether all of it is reported. */
  run(): Promise<boolean> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<boolean> {
    this.#lookedAtMs = this.#timers.nowMs();
    try {
      await this.#reportLost();
      for (const journal of this.#folder?.leftBehind() ?? []) await this.#reportJournal(journal);
    } catch (error) {
      this.#dueSinceMs ??= this.#lookedAtMs;
      if (!this.#isFailing)
        this.#log.warn({ err: error }, 'what ended sessions relayed could not be reported; trying again');
      this.#isFailing = true;
      return false;
    }
    this.#dueSinceMs = undefined;
    this.#isFailing = false;
    return true;
  }

  async #reportLost(): Promise<void> {
    while (this.#lost.length > 0) {
      const leases = this.#lost.slice(0, MOST_AT_ONCE);
      await this.#reportLeases(
        leases.map(({ sessionId, leaseId, upBytes, downBytes }) => ({
          sessionId,
          leaseId,
          usedUpBytes: upBytes,
          usedDownBytes: downBytes,
        })),
      );
      for (const lease of leases) lease.forget();
      // More may have come meanwhile, behind them.
      this.#lost = this.#lost.slice(leases.length);
    }
  }

  async #reportJournal(journal: LeftBehind): Promise<void> {
    const { records, file, isDead } = journal;
    const of = (wanted: number) => records.filter(({ kind }) => kind === wanted);
    const [leases, subscriptions, sessions] = [of(LEASE), of(SUBSCRIPTION), of(SESSION)];
    for (const part of parts(leases)) await this.#reportLeases(part.map(useOf));
    for (const part of parts(subscriptions)) {
      const reports = part.map(subscriptionReportOf);
      await this.#call(() => this.#link.reportSubscriptions(reports));
    }
    // Last: whatever returns now may be given out again.
    if (isDead && sessions.length > 0) {
      const sessionIds = sessions.map(({ sessionId }) => sessionId);
      await this.#call(() => this.#link.endSessions(sessionIds));
    }
    this.#folder?.done(journal);
    this.#log.info(
      { file, leases: leases.length, subscriptions: subscriptions.length },
      'a journal that was left behind is reported',
    );
  }

  async #reportLeases(uses: RecoveredUse[]): Promise<void> {
    const { strangeSessionIds } = await this.#call(() => this.#link.recover(uses));
    if (strangeSessionIds.length > 0) {
      this.#log.warn(
        { sessions: strangeSessionIds },
        'sessions of another node were not reported: their leases lapse',
      );
    }
  }

  #call<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    return callLink(this.#timers, this.#limits.linkCallTimeoutMs, call);
  }
}

function* parts(records: JournalRecord[]): Generator<JournalRecord[]> {
  for (let at = 0; at < records.length; at += MOST_AT_ONCE) yield records.slice(at, at + MOST_AT_ONCE);
}

function useOf({ sessionId, id, first, second }: JournalRecord): RecoveredUse {
  return { sessionId, leaseId: id, usedUpBytes: first, usedDownBytes: second };
}

function subscriptionReportOf({ sessionId, id, first, second }: JournalRecord): SubscriptionReport {
  return { sessionId, subscriptionId: id, bytes: first, requests: second };
}
