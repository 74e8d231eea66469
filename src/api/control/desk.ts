/** What gateways ask, answered with the core. Every link ends here, whatever carried the question. */
import type { Core } from '../../core/core.ts';
import type { ExitWithSecrets } from '../../core/exits/exits.ts';
import { LEASE_VALID_MS, LeaseSessionOver } from '../../core/leases/leases.ts';
import type { LeaseReport } from '../../core/leases/settlement.ts';
import type { LimitSubject as CoreSubject, EffectiveLimits } from '../../core/limits/service-limits.ts';
import type { AdmittedSubscription } from '../../core/subscriptions/access.ts';
import type { Admitted } from '../../core/subusers/access.ts';
import type { CallName, Calls } from '../../gateway/link/calls.ts';
import type { Question } from '../../gateway/link/link.ts';
import type {
  AuthenticationAnswer,
  ExitReport,
  ExitSettings,
  LeaseAnswer,
  LeaseRequest,
  LimitSubject,
  RecoveredUse,
  RecoveryAnswer,
  ReportAnswer,
  SeatAnswer,
  SeatRequest,
  ServiceLimits,
  ShareAnswer,
  ShareRequest,
  SubscriptionReport,
  SubscriptionStanding,
  SubscriptionTerms,
  TunnelAnswer,
  UsageReport,
} from '../../gateway/ports.ts';
import { SessionOver } from '../../gateway/session-over.ts';

/** What a call is made under. */
interface Context {
  readonly sessionId: bigint | undefined;
  readonly sequence: number;
}

/** A gateway, as the desk knows it. */
export interface Visitor {
  /** Its name among all. */
  readonly name: string;
  /** No other live process bears the name: leases of an earlier session under it lapse when a new one opens. */
  readonly ownsName: boolean;
  /** The node it runs on; absent for one that has the database itself. */
  readonly nodeId?: bigint;
}

type Handlers = {
  readonly [Name in CallName]: (
    context: Context,
    ...args: Parameters<Calls[Name]>
  ) => ReturnType<Calls[Name]>;
};

/** Answers what a gateway asks, with the core. One desk serves one gateway. */
export class ControlDesk implements Handlers {
  readonly #core: Core;
  readonly #visitor: Visitor;

  constructor(core: Core, visitor: Visitor) {
    this.#core = core;
    this.#visitor = visitor;
  }

  /** The question has the form that the table of calls says. Rejects with SessionOver. */
  async answer({ call, sessionId: text, sequence, args }: Question): Promise<unknown> {
    const sessionId = text === undefined ? undefined : BigInt(text);
    // Another node's session is as unknown here as one that never was.
    if (sessionId !== undefined && !(await this.#own([sessionId])).has(sessionId)) throw new SessionOver();
    const handler = this[call] as (context: Context, ...args: readonly unknown[]) => Promise<unknown>;
    return handler.call(this, { sessionId, sequence }, ...args);
  }

  async #own(sessionIds: readonly bigint[]): Promise<ReadonlySet<bigint>> {
    const { nodeId } = this.#visitor;
    return nodeId === undefined ? new Set(sessionIds) : this.#core.nodes.ownSessions(nodeId, sessionIds);
  }

  async open(): Promise<{ sessionId: string; leaseValidForMs: number }> {
    const { name, ownsName, nodeId } = this.#visitor;
    const sessionId = await this.#core.leases.openSession(name, ownsName, nodeId);
    return { sessionId: String(sessionId), leaseValidForMs: LEASE_VALID_MS };
  }

  async authenticate(_context: Context, username: string, password: string): Promise<AuthenticationAnswer> {
    return this.#known(await this.#core.access.byPassword(username, password));
  }

  async identify(_context: Context, address: string): Promise<AuthenticationAnswer> {
    // No address is on both sides.
    const [subuser, subscription] = await Promise.all([
      this.#core.access.byAddress(address),
      this.#core.subscriptionAccess.byAddress(address),
    ]);
    if (!subscription) return this.#known(subuser);
    const subscriptionId = String(subscription.subscriptionId);
    return {
      kind: 'known',
      identity: {
        kind: 'subscription',
        subscriptionId,
        account: `account:${subscription.accountId}`,
        ...this.#termsOf(subscription),
        ...limitsIn(subscription),
      },
    };
  }

  #termsOf({ periodEnd, cutAt }: Pick<AdmittedSubscription, 'periodEnd' | 'cutAt'>): SubscriptionTerms {
    const nowMs = this.#core.clock.now().getTime();
    return { admitsForMs: periodEnd.getTime() - nowMs, servesForMs: cutAt.getTime() - nowMs };
  }

  #known(admitted: Admitted | undefined): AuthenticationAnswer {
    if (!admitted) return { kind: 'unknown' };
    const { subuserId, accountId, username } = admitted;
    return {
      kind: 'known',
      identity: {
        kind: 'subuser',
        subuserId: String(subuserId),
        account: `account:${accountId}`,
        username,
        product: 'residential',
        ...limitsIn(admitted),
      },
    };
  }

  async lease(context: Context, request: LeaseRequest): Promise<LeaseAnswer> {
    const answer = await this.#core.leases.lease({
      sessionId: sessionOf(context),
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

  async report(context: Context, reports: UsageReport[]): Promise<ReportAnswer[]> {
    try {
      const answers = await this.#core.leases.report(sessionOf(context), reports.map(toCoreReport));
      return answers.map(({ leaseId, kind }) => ({ leaseId: String(leaseId), kind }));
    } catch (error) {
      throw error instanceof LeaseSessionOver ? new SessionOver(error.message) : error;
    }
  }

  async recover(_context: Context, uses: RecoveredUse[]): Promise<RecoveryAnswer> {
    const bySession = Map.groupBy(uses, (use) => use.sessionId);
    const own = await this.#own([...bySession.keys()].map(BigInt));
    const strangeSessionIds: string[] = [];
    for (const [sessionId, used] of bySession) {
      if (own.has(BigInt(sessionId))) {
        const reports = used.map((use) => toCoreReport({ ...use, close: false }));
        await this.#core.leases.recover(BigInt(sessionId), reports);
      } else strangeSessionIds.push(sessionId);
    }
    return { strangeSessionIds };
  }

  async endSessions(_context: Context, sessionIds: string[]): Promise<void> {
    const own = await this.#own(sessionIds.map(BigInt));
    await this.#core.leases.endSessions([...own]);
  }

  async holdSeats(context: Context, { subscriptionId, seats }: SeatRequest): Promise<SeatAnswer> {
    const answer = await this.#core.subscriptionAccess.holdSeats({
      sessionId: sessionOf(context),
      subscriptionId: BigInt(subscriptionId),
      seats,
      sequence: context.sequence,
    });
    if (answer.kind === 'session-over') throw new SessionOver();
    return answer;
  }

  async reportSubscriptions(
    _context: Context,
    reports: SubscriptionReport[],
  ): Promise<SubscriptionStanding[]> {
    const access = this.#core.subscriptionAccess;
    const consumed = reports.map((report) => ({
      sessionId: BigInt(report.sessionId),
      subscriptionId: BigInt(report.subscriptionId),
      bytes: BigInt(report.bytes),
      requests: BigInt(report.requests),
    }));
    const own = await this.#own(consumed.map(({ sessionId }) => sessionId));
    await access.addConsumption(consumed.filter(({ sessionId }) => own.has(sessionId)));
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

  async exits(): Promise<ExitSettings[]> {
    return (await this.#core.exits.settings()).map(toGatewayExit);
  }

  async reportExits(context: Context, reports: ExitReport[]): Promise<void> {
    await this.#core.exitSightings.note(sessionOf(context), reports);
  }

  async limitsOf(_context: Context, subjects: LimitSubject[]): Promise<(ServiceLimits | null)[]> {
    const found = await this.#core.limits.effective(subjects as CoreSubject[]);
    return found.map((limits) => limits ?? null);
  }

  async holdShare(context: Context, { subject, what, units }: ShareRequest): Promise<ShareAnswer> {
    const answer = await this.#core.limitShares.hold({
      sessionId: sessionOf(context),
      subject: subject as CoreSubject,
      what,
      units,
      sequence: context.sequence,
    });
    if (answer.kind === 'session-over') throw new SessionOver();
    return answer;
  }

  async answerTunnels(context: Context, answer: TunnelAnswer): Promise<void> {
    const tunnels = answer.tunnels.map((tunnel) => ({ ...tunnel, subject: tunnel.subject as CoreSubject }));
    await this.#core.tunnels.answer({ ...answer, tunnels, sessionId: sessionOf(context) });
  }

  async close(context: Context, reports: UsageReport[]): Promise<void> {
    await this.#core.leases.closeSession(sessionOf(context), reports.map(toCoreReport));
  }
}

function sessionOf({ sessionId }: Context): bigint {
  if (sessionId === undefined) throw new SessionOver('no session has been opened');
  return sessionId;
}

function limitsIn({ limits }: { limits: EffectiveLimits | null }): { limits?: ServiceLimits } {
  return limits === null ? {} : { limits };
}

function toCoreReport(report: UsageReport): LeaseReport {
  return {
    leaseId: BigInt(report.leaseId),
    usedUpBytes: BigInt(report.usedUpBytes),
    usedDownBytes: BigInt(report.usedDownBytes),
    close: report.close,
  };
}

/** The same in the gateway's words: what an exit has not is absent. */
export function toGatewayExit({ kind, sourceAddresses, ...exit }: ExitWithSecrets): ExitSettings {
  const present = Object.fromEntries(Object.entries(exit).filter(([, value]) => value !== null));
  return { kind, ...present, ...(kind === 'direct' && { sourceAddresses }) } as ExitSettings;
}
