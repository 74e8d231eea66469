import type {
  SeatAnswer,
  SeatRequest,
  ServiceLimits,
  SubscriptionIdentity,
  SubscriptionReport,
  SubscriptionStanding,
} from '../../../src/gateway/ports.ts';

export interface FakeSubscription {
  readonly subscriptionId: string;
  readonly addresses: Set<string>;
  connections: number;
  /** False: suspended, or over. */
  serves: boolean;
  /** From now, in the gateway's time, at whatever moment it is asked. */
  admitsForMs: number;
  servesForMs: number;
  /** What other gateways hold: idle seats of theirs come back when they are recalled. */
  seatsElsewhere: number;
  idleElsewhere: number;
  /** Beyond its seats. */
  limits?: ServiceLimits;
}

const LONG_MS = 400 * 24 * 3600_000;

/** The control side's half of subscriptions, in memory. */
export class FakeSubscriptions {
  readonly #subscriptions = new Map<string, FakeSubscription>();
  readonly #held = new Map<string, number>();
  /** By session and subscription. */
  readonly #counted = new Map<string, { bytes: number; requests: number }>();
  readonly seatRequests: SeatRequest[] = [];
  recalls = 0;

  add(
    subscriptionId: string,
    options: Partial<Omit<FakeSubscription, 'subscriptionId' | 'addresses'>> & { addresses?: string[] } = {},
  ): FakeSubscription {
    const { addresses = ['127.0.0.1'], ...rest } = options;
    const subscription: FakeSubscription = {
      subscriptionId,
      addresses: new Set(addresses),
      connections: 100,
      serves: true,
      admitsForMs: LONG_MS,
      servesForMs: LONG_MS,
      seatsElsewhere: 0,
      idleElsewhere: 0,
      ...rest,
    };
    this.#subscriptions.set(subscriptionId, subscription);
    return subscription;
  }

  held(subscriptionId: string): number {
    return this.#held.get(subscriptionId) ?? 0;
  }

  used(subscriptionId: string): { bytes: number; requests: number } {
    const sum = { bytes: 0, requests: 0 };
    for (const [key, { bytes, requests }] of this.#counted) {
      if (!key.endsWith(` ${subscriptionId}`)) continue;
      sum.bytes += bytes;
      sum.requests += requests;
    }
    return sum;
  }

  identify(address: string): SubscriptionIdentity | undefined {
    const found = [...this.#subscriptions.values()].find(
      ({ addresses, serves, admitsForMs }) => serves && admitsForMs > 0 && addresses.has(address),
    );
    if (found === undefined) return undefined;
    const { subscriptionId, admitsForMs, servesForMs, limits } = found;
    return {
      kind: 'subscription',
      subscriptionId,
      account: 'account:1',
      admitsForMs,
      servesForMs,
      ...(limits && { limits }),
    };
  }

  holdSeats(request: SeatRequest): SeatAnswer {
    this.seatRequests.push(request);
    const { subscriptionId } = request;
    const subscription = this.#subscriptions.get(subscriptionId);
    const before = this.held(subscriptionId);
    if (!subscription?.serves || subscription.admitsForMs <= 0) {
      this.#held.set(subscriptionId, Math.min(before, request.seats));
      return { kind: 'over' };
    }
    const free = subscription.connections - subscription.seatsElsewhere - before;
    const seats = Math.max(0, Math.min(request.seats, before + free));
    this.#held.set(subscriptionId, seats);
    const isRecalled = seats < request.seats && subscription.seatsElsewhere > 0;
    if (isRecalled) {
      this.recalls += 1;
      subscription.seatsElsewhere -= subscription.idleElsewhere;
      subscription.idleElsewhere = 0;
    }
    return { kind: 'held', seats, isRecalled };
  }

  report(reports: SubscriptionReport[]): SubscriptionStanding[] {
    for (const { sessionId, subscriptionId, bytes, requests } of reports) {
      const key = `${sessionId} ${subscriptionId}`;
      const counted = this.#counted.get(key) ?? { bytes: 0, requests: 0 };
      this.#counted.set(key, {
        bytes: Math.max(counted.bytes, bytes),
        requests: Math.max(counted.requests, requests),
      });
    }
    return [...new Set(reports.map((report) => report.subscriptionId))].map((subscriptionId) => {
      const found = this.#subscriptions.get(subscriptionId);
      if (!found?.serves || found.servesForMs <= 0) return { kind: 'over', subscriptionId };
      const { admitsForMs, servesForMs } = found;
      return { kind: 'serving', subscriptionId, admitsForMs, servesForMs };
    });
  }

  endSession(): void {
    this.#held.clear();
  }
}
