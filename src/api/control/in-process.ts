/** The gateway's link to the core when both run in one process. */
import type { Core } from '../../core/core.ts';
import { LEASE_VALID_MS, LeaseSessionOver } from '../../core/leases/leases.ts';
import type { LeaseReport } from '../../core/leases/settlement.ts';
import type { AdmittedSubscription } from '../../core/subscriptions/access.ts';
import type {
  AuthenticationAnswer,
  ControlEvent,
  ControlLink,
  LeaseAnswer,
  LeaseRequest,
  ReportAnswer,
  SeatAnswer,
  SeatRequest,
  SubscriptionReport,
  SubscriptionStanding,
  SubscriptionTerms,
  UsageReport,
} from '../../gateway/ports.ts';
import { SessionOver } from '../../gateway/session-over.ts';

export interface InProcessLinkOptions {
  core: Core;
  /** Name of this gateway among all. */
  name: string;
  /** No other live process bears the name: leases of an earlier session under it lapse when this one opens. */
  ownsName: boolean;
}

export class InProcessLink implements ControlLink {
  readonly #core: Core;
  readonly #name: string;
  readonly #ownsName: boolean;
  #sessionId: bigint | undefined;

  constructor({ core, name, ownsName }: InProcessLinkOptions) {
    this.#core = core;
    this.#name = name;
    this.#ownsName = ownsName;
  }

  async open(): Promise<{ sessionId: string; leaseValidForMs: number }> {
    this.#sessionId = await this.#core.leases.openSession(this.#name, this.#ownsName);
    return { sessionId: String(this.#sessionId), leaseValidForMs: LEASE_VALID_MS };
  }

  async authenticate(username: string, password: string): Promise<AuthenticationAnswer> {
    return this.#known(await this.#core.access.byPassword(username, password));
  }

  async identify(address: string): Promise<AuthenticationAnswer> {
    // No address is on both sides.
    const [subuser, subscription] = await Promise.all([
      this.#core.access.byAddress(address),
      this.#core.subscriptionAccess.byAddress(address),
    ]);
    if (!subscription) return this.#known(subuser);
    const subscriptionId = String(subscription.subscriptionId);
    return {
      kind: 'known',
      identity: { kind: 'subscription', subscriptionId, ...this.#termsOf(subscription) },
    };
  }

  #termsOf({ periodEnd, cutAt }: AdmittedSubscription): SubscriptionTerms {
    const nowMs = this.#core.clock.now().getTime();
    return { admitsForMs: periodEnd.getTime() - nowMs, servesForMs: cutAt.getTime() - nowMs };
  }

  #known(admitted: { subuserId: bigint; username: string } | undefined): AuthenticationAnswer {
    if (!admitted) return { kind: 'unknown' };
    const { subuserId, username } = admitted;
    return {
      kind: 'known',
      identity: { kind: 'subuser', subuserId: String(subuserId), username, product: 'residential' },
    };
  }

  async lease(request: LeaseRequest): Promise<LeaseAnswer> {
    const answer = await this.#core.leases.lease({
      sessionId: this.#session(),
      subuserId: BigInt(request.subuserId),
      product: request.product,
      leaseId: request.leaseId === undefined ? undefined : BigInt(request.leaseId),
      knownGrantedBytes: BigInt(request.knownGrantedBytes),
      usedUpBytes: BigInt(request.usedUpBytes),
      usedDownBytes: BigInt(request.usedDownBytes),
      wantBytes: BigInt(request.wantBytes),
    });
    if (answer.kind === 'session-over') throw new SessionOver();
    if (answer.kind !== 'granted') return answer;
    return { kind: 'granted', leaseId: String(answer.leaseId), grantedBytes: Number(answer.grantedBytes) };
  }

  async report(reports: UsageReport[]): Promise<ReportAnswer[]> {
    try {
      const answers = await this.#core.leases.report(this.#session(), reports.map(toCoreReport));
      return answers.map(({ leaseId, kind }) => ({ leaseId: String(leaseId), kind }));
    } catch (error) {
      throw error instanceof LeaseSessionOver ? new SessionOver(error.message) : error;
    }
  }

  async holdSeats({ subscriptionId, seats }: SeatRequest): Promise<SeatAnswer> {
    const answer = await this.#core.subscriptionAccess.holdSeats({
      sessionId: this.#session(),
      subscriptionId: BigInt(subscriptionId),
      seats,
    });
    if (answer.kind === 'session-over') throw new SessionOver();
    return answer;
  }

  async reportSubscriptions(reports: SubscriptionReport[]): Promise<SubscriptionStanding[]> {
    const access = this.#core.subscriptionAccess;
    await access.addConsumption(
      reports.map((report) => ({
        sessionId: BigInt(report.sessionId),
        subscriptionId: BigInt(report.subscriptionId),
        bytes: BigInt(report.bytes),
        requests: BigInt(report.requests),
      })),
    );
    const subscriptionIds = [...new Set(reports.map((report) => report.subscriptionId))];
    const serving = await access.serving(subscriptionIds.map(BigInt));
    const byId = new Map(serving.map((entry) => [String(entry.subscriptionId), entry]));
    return subscriptionIds.map((subscriptionId) => {
      const entry = byId.get(subscriptionId);
      return entry
        ? { kind: 'serving', subscriptionId, ...this.#termsOf(entry) }
        : { kind: 'over', subscriptionId };
    });
  }

  async close(reports: UsageReport[]): Promise<void> {
    await this.#core.leases.closeSession(this.#session(), reports.map(toCoreReport));
  }

  onEvent(listener: (event: ControlEvent) => void): void {
    this.#core.events.on((event) => {
      if (event.kind === 'keys-changed') return;
      // A gateway that asks for what others hold is not asked to hand back its own.
      if ('exceptSession' in event && event.exceptSession === String(this.#sessionId)) return;
      listener(event);
    });
  }

  #session(): bigint {
    if (this.#sessionId === undefined) throw new SessionOver('no session has been opened');
    return this.#sessionId;
  }
}

function toCoreReport(report: UsageReport): LeaseReport {
  return {
    leaseId: BigInt(report.leaseId),
    usedUpBytes: BigInt(report.usedUpBytes),
    usedDownBytes: BigInt(report.usedDownBytes),
    close: report.close,
  };
}
