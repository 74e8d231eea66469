import type {
  AuthenticationAnswer,
  ControlEvent,
  ControlLink,
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
  SubuserIdentity,
  TunnelAnswer,
  UsageReport,
} from '../../../src/gateway/ports.ts';
import { SessionOver } from '../../../src/gateway/session-over.ts';
import type { Product } from '../../../src/shared/products.ts';
import { FakeLimits } from './fake-limits.ts';
import { FakeSubscriptions } from './fake-subscriptions.ts';

interface FakeLease {
  readonly key: string;
  grantedBytes: number;
  upBytes: number;
  downBytes: number;
  isOpen: boolean;
}

interface FakeUser {
  identity: SubuserIdentity;
  password: string;
  readonly addresses: Set<string>;
}

/** A control side in memory, that keeps the books and finds every breach of the contract. */
export class FakeLink implements ControlLink {
  readonly #users = new Map<string, FakeUser>();
  readonly #balances = new Map<string, number>();
  readonly #leases = new Map<string, FakeLease>();
  readonly #usedUp = new Map<string, number>();
  readonly #usedDown = new Map<string, number>();
  #listener: (event: ControlEvent) => void = () => {};
  #nextId = 1;
  #session = 0;
  #isSessionOver = true;

  /** Breaches of the contract; a test ends with none. */
  readonly breaches: string[] = [];
  readonly leaseRequests: LeaseRequest[] = [];
  readonly reports: UsageReport[][] = [];
  readonly subscriptions = new FakeSubscriptions();
  readonly limits = new FakeLimits();
  readonly tunnelAnswers: TunnelAnswer[] = [];
  authentications = 0;
  identifications = 0;
  exitsAsked = 0;
  exitSettings: ExitSettings[] = [];
  readonly exitReports: ExitReport[][] = [];
  closed: UsageReport[] | undefined;
  readonly recovered: RecoveredUse[] = [];
  /** Sessions whose gateways were found dead. */
  readonly ended: string[] = [];

  leaseValidForMs = 10_000;
  /** Every call fails. */
  isAway = false;
  /** So many lease and report calls happen, but their answers are lost. */
  lostAnswers = 0;
  /** Bytes that other gateways hold: with an empty balance the answer is `wait`. */
  heldElsewhereBytes = 0;
  retryAfterMs = 50;
  /** Runs before each lease call. */
  beforeLease: () => Promise<void> = async () => {};

  addUser(
    username: string,
    balanceBytes: number,
    options: { password?: string; addresses?: string[]; limits?: ServiceLimits } = {},
  ): SubuserIdentity {
    const identity: SubuserIdentity = {
      kind: 'subuser',
      subuserId: `id-${username}`,
      account: 'account:1',
      username,
      product: 'residential',
    };
    const { password = 'secret', addresses = [], limits } = options;
    if (limits) {
      identity.limits = limits;
      this.limits.set(`subuser:${identity.subuserId}`, limits);
    }
    this.#users.set(username, { identity, password, addresses: new Set(addresses) });
    this.#balances.set(keyOf(identity), balanceBytes);
    return identity;
  }

  /** Undefined: nothing is limited. */
  setLimits(username: string, limits: ServiceLimits | undefined): void {
    const user = this.#users.get(username)!;
    const { limits: _, ...identity } = user.identity;
    user.identity = limits ? { ...identity, limits } : identity;
    const subject = `subuser:${identity.subuserId}` as const;
    this.limits.set(subject, limits);
    this.emit({ kind: 'limits-changed', subject });
  }

  setPassword(username: string, password: string): void {
    this.#users.get(username)!.password = password;
  }

  removeUser(username: string): void {
    this.#users.delete(username);
  }

  add(identity: SubuserIdentity, bytes: number, options: { silently?: boolean } = {}): void {
    this.#balances.set(keyOf(identity), this.balance(identity) + bytes);
    if (!options.silently) {
      this.emit({ kind: 'quota-added', subuserId: identity.subuserId, product: identity.product });
    }
  }

  balance(identity: SubuserIdentity): number {
    return this.#balances.get(keyOf(identity)) ?? 0;
  }

  /** What was reported, open leases included. */
  used(identity: SubuserIdentity): { up: number; down: number; total: number } {
    const key = keyOf(identity);
    const up = this.#usedUp.get(key) ?? 0;
    const down = this.#usedDown.get(key) ?? 0;
    return { up, down, total: up + down };
  }

  get openLeases(): number {
    return [...this.#leases.values()].filter((lease) => lease.isOpen).length;
  }

  emit(event: ControlEvent): void {
    this.#listener(event);
  }

  /** What the control side does when a heartbeat is missed: what was reported stays consumed, the rest returns. */
  endSession(): void {
    this.#isSessionOver = true;
    for (const id of this.#leases.keys()) this.#closeLease(id);
    this.subscriptions.endSession();
    this.limits.endSession();
  }

  endLeases(): void {
    for (const id of this.#leases.keys()) this.#closeLease(id);
  }

  async open(): Promise<{ sessionId: string; leaseValidForMs: number }> {
    this.#answer();
    this.#session += 1;
    this.#isSessionOver = false;
    return { sessionId: String(this.#session), leaseValidForMs: this.leaseValidForMs };
  }

  async authenticate(username: string, password: string): Promise<AuthenticationAnswer> {
    this.authentications += 1;
    this.#answer();
    const user = this.#users.get(username);
    return user?.password === password ? { kind: 'known', identity: user.identity } : { kind: 'unknown' };
  }

  async identify(address: string): Promise<AuthenticationAnswer> {
    this.identifications += 1;
    this.#answer();
    const user = [...this.#users.values()].find((candidate) => candidate.addresses.has(address));
    const identity = user?.identity ?? this.subscriptions.identify(address);
    return identity ? { kind: 'known', identity } : { kind: 'unknown' };
  }

  async holdSeats(request: SeatRequest): Promise<SeatAnswer> {
    this.#answer();
    if (this.#isSessionOver) throw new SessionOver();
    const answer = this.subscriptions.holdSeats(request);
    this.#maybeLose();
    return answer;
  }

  async reportSubscriptions(reports: SubscriptionReport[]): Promise<SubscriptionStanding[]> {
    this.#answer();
    const standings = this.subscriptions.report(reports);
    this.#maybeLose();
    return standings;
  }

  async exits(): Promise<ExitSettings[]> {
    this.exitsAsked += 1;
    this.#answer();
    // As over a network: a copy, and plain data.
    return JSON.parse(JSON.stringify(this.exitSettings)) as ExitSettings[];
  }

  async reportExits(reports: ExitReport[]): Promise<void> {
    this.#answer();
    this.exitReports.push(reports);
  }

  /** The owner has set up other exits. */
  setExits(settings: ExitSettings[]): void {
    this.exitSettings = settings;
    this.emit({ kind: 'exits-changed' });
  }

  async limitsOf(subjects: LimitSubject[]): Promise<(ServiceLimits | null)[]> {
    this.#answer();
    return subjects.map((subject) => this.limits.of(subject) ?? null);
  }

  async holdShare(request: ShareRequest): Promise<ShareAnswer> {
    this.#answer();
    if (this.#isSessionOver) throw new SessionOver();
    const answer = this.limits.hold(request);
    this.#maybeLose();
    return answer;
  }

  async answerTunnels(answer: TunnelAnswer): Promise<void> {
    this.#answer();
    this.tunnelAnswers.push(answer);
  }

  async lease(request: LeaseRequest): Promise<LeaseAnswer> {
    this.leaseRequests.push(request);
    await this.beforeLease();
    this.#answer();
    if (this.#isSessionOver) throw new SessionOver();
    const answer = this.#lease(request);
    this.#maybeLose();
    return answer;
  }

  #lease(request: LeaseRequest): LeaseAnswer {
    const key = `${request.subuserId} ${request.product}`;
    if (![...this.#users.values()].some((user) => user.identity.subuserId === request.subuserId)) {
      return { kind: 'revoked' };
    }
    let id = request.leaseId ?? [...this.#leases].find(([, lease]) => lease.key === key && lease.isOpen)?.[0];
    if (id !== undefined) this.#use(id, request.usedUpBytes, request.usedDownBytes);
    const lease = id === undefined ? undefined : this.#leases.get(id);
    if (id !== undefined && lease?.isOpen && lease.grantedBytes > request.knownGrantedBytes) {
      return { kind: 'granted', leaseId: id, grantedBytes: lease.grantedBytes };
    }
    const balance = this.#balances.get(key) ?? 0;
    const grant = Math.min(balance, request.wantBytes);
    if (grant === 0) {
      return this.heldElsewhereBytes > 0
        ? { kind: 'wait', retryAfterMs: this.retryAfterMs }
        : { kind: 'exhausted' };
    }
    this.#balances.set(key, balance - grant);
    if (id === undefined || !lease?.isOpen) {
      id = String(this.#nextId++);
      this.#leases.set(id, { key, grantedBytes: grant, upBytes: 0, downBytes: 0, isOpen: true });
      return { kind: 'granted', leaseId: id, grantedBytes: grant };
    }
    lease.grantedBytes += grant;
    return { kind: 'granted', leaseId: id, grantedBytes: lease.grantedBytes };
  }

  async report(reports: UsageReport[]): Promise<ReportAnswer[]> {
    this.#answer();
    if (this.#isSessionOver) throw new SessionOver();
    this.reports.push(reports);
    const answers = reports.flatMap((report) => this.#take(report) ?? []);
    this.#maybeLose();
    return answers;
  }

  async recover(uses: RecoveredUse[]): Promise<RecoveryAnswer> {
    this.#answer();
    this.recovered.push(...uses);
    for (const { leaseId, usedUpBytes, usedDownBytes } of uses) {
      const lease = this.#leases.get(leaseId);
      if (lease?.isOpen) this.#use(leaseId, usedUpBytes, usedDownBytes);
      else if (lease) this.#charge(lease, usedUpBytes, usedDownBytes);
    }
    this.#maybeLose();
    return { strangeSessionIds: [] };
  }

  async endSessions(sessionIds: string[]): Promise<void> {
    this.#answer();
    this.ended.push(...sessionIds);
    if (sessionIds.includes(String(this.#session)) && !this.#isSessionOver) this.endSession();
    this.#maybeLose();
  }

  async close(reports: UsageReport[]): Promise<void> {
    this.#answer();
    if (this.#isSessionOver) throw new SessionOver();
    this.closed = reports;
    for (const report of reports) this.#take({ ...report, close: true });
    this.endSession();
  }

  onEvent(listener: (event: ControlEvent) => void): void {
    this.#listener = listener;
  }

  #take(report: UsageReport): ReportAnswer | undefined {
    const lease = this.#leases.get(report.leaseId);
    if (!lease) this.breaches.push(`a report on ${report.leaseId}, which was never given`);
    if (!lease?.isOpen) return { leaseId: report.leaseId, kind: report.close ? 'closed' : 'ended' };
    this.#use(report.leaseId, report.usedUpBytes, report.usedDownBytes);
    if (!report.close) return undefined;
    this.#closeLease(report.leaseId);
    return { leaseId: report.leaseId, kind: 'closed' };
  }

  #use(id: string, upBytes: number, downBytes: number): void {
    const lease = this.#leases.get(id);
    if (!lease?.isOpen) return;
    const up = Math.max(lease.upBytes, upBytes);
    const down = Math.max(lease.downBytes, downBytes);
    if (up + down > lease.grantedBytes) {
      this.breaches.push(`${id}: used ${up + down} of ${lease.grantedBytes}`);
    }
    this.#usedUp.set(lease.key, (this.#usedUp.get(lease.key) ?? 0) + up - lease.upBytes);
    this.#usedDown.set(lease.key, (this.#usedDown.get(lease.key) ?? 0) + down - lease.downBytes);
    lease.upBytes = up;
    lease.downBytes = down;
  }

  /** What was not used has returned to the balance, and is taken from there. */
  #charge(lease: FakeLease, upBytes: number, downBytes: number): void {
    const newUpBytes = Math.max(0, upBytes - lease.upBytes);
    const newDownBytes = Math.max(0, downBytes - lease.downBytes);
    this.#usedUp.set(lease.key, (this.#usedUp.get(lease.key) ?? 0) + newUpBytes);
    this.#usedDown.set(lease.key, (this.#usedDown.get(lease.key) ?? 0) + newDownBytes);
    const balance = this.#balances.get(lease.key) ?? 0;
    this.#balances.set(lease.key, Math.max(0, balance - newUpBytes - newDownBytes));
    lease.upBytes += newUpBytes;
    lease.downBytes += newDownBytes;
  }

  #closeLease(id: string): void {
    const lease = this.#leases.get(id)!;
    if (!lease.isOpen) return;
    lease.isOpen = false;
    const unused = lease.grantedBytes - lease.upBytes - lease.downBytes;
    this.#balances.set(lease.key, (this.#balances.get(lease.key) ?? 0) + unused);
  }

  #answer(): void {
    if (this.isAway) throw new Error('the control link is away');
  }

  #maybeLose(): void {
    if (this.lostAnswers === 0) return;
    this.lostAnswers -= 1;
    throw new Error('the answer was lost');
  }
}

function keyOf(identity: { subuserId: string; product: Product }): string {
  return `${identity.subuserId} ${identity.product}`;
}
