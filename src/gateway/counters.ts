/** What the gateway counts, as plain numbers: adding costs nothing, and whoever wants to know reads them. */
import { Histogram } from '../shared/histogram.ts';
import type { RefusalCode } from './answers.ts';
import type { Identity, TunnelProtocol } from './ports.ts';

export interface Traffic {
  upBytes: number;
  downBytes: number;
}

/** What is relayed is counted by product; subscriptions are one. */
export type TrafficKind = 'residential' | 'mobile' | 'subscription';

/** In seconds. */
const CONNECT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LINK_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

export class GatewayCounters {
  /** Places taken, ever. */
  seats = 0;
  /** Tunnels and forwarded requests that reached their target. */
  readonly opened: Record<TunnelProtocol, number> = { connect: 0, http: 0, socks5: 0, socks4: 0 };
  readonly refusals: Partial<Record<RefusalCode, number>> = {};
  readonly traffic: Record<TrafficKind, Traffic> = {
    residential: { upBytes: 0, downBytes: 0 },
    mobile: { upBytes: 0, downBytes: 0 },
    subscription: { upBytes: 0, downBytes: 0 },
  };
  /** From a permitted destination to a connection, or to the certainty that there is none. */
  readonly dials = new Histogram(CONNECT_BUCKETS);
  readonly leaseRequests = new Histogram(LINK_BUCKETS);
  leaseRequestFailures = 0;

  trafficOf(identity: Identity): Traffic {
    return this.traffic[identity.kind === 'subuser' ? identity.product : 'subscription'];
  }

  refused(code: RefusalCode): void {
    this.refusals[code] = (this.refusals[code] ?? 0) + 1;
  }
}
