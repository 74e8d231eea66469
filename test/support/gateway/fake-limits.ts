import {
  type LimitSubject,
  RATE_UNITS,
  type ServiceLimits,
  type ShareAnswer,
  type ShareRequest,
} from '../../../src/gateway/ports.ts';

/** The control side's half of limits, in memory. */
export class FakeLimits {
  readonly #limits = new Map<LimitSubject, ServiceLimits>();
  readonly #held = new Map<string, number>();
  readonly requests: ShareRequest[] = [];
  /** What other gateways hold of every limit, and which part of it comes back when it is recalled. */
  elsewhere = 0;
  idleElsewhere = 0;

  set(subject: LimitSubject, limits: ServiceLimits | undefined): void {
    if (limits) this.#limits.set(subject, limits);
    else this.#limits.delete(subject);
  }

  of(subject: LimitSubject): ServiceLimits | undefined {
    return this.#limits.get(subject);
  }

  held(subject: LimitSubject, what: ShareRequest['what']): number {
    return this.#held.get(`${what} ${subject}`) ?? 0;
  }

  hold(request: ShareRequest): ShareAnswer {
    this.requests.push(request);
    const { subject, what, units: wanted } = request;
    const limits = this.#limits.get(subject);
    const { maxTunnels, tunnelsPerSecond, bytesPerSecond } = limits ?? {};
    const hasRate = tunnelsPerSecond !== undefined || bytesPerSecond !== undefined;
    const capacity = what === 'tunnels' ? maxTunnels : hasRate ? RATE_UNITS : undefined;
    if (capacity === undefined) return { kind: 'unlimited' };
    const units = Math.max(0, Math.min(wanted, capacity - this.elsewhere));
    this.#held.set(`${what} ${subject}`, units);
    const isRecalled = units < wanted && this.elsewhere > 0;
    if (isRecalled) {
      this.elsewhere -= this.idleElsewhere;
      this.idleElsewhere = 0;
    }
    return { kind: 'held', units, isRecalled };
  }

  endSession(): void {
    this.#held.clear();
  }
}
